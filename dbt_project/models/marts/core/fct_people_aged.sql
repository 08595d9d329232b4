-- Birth and death of each person as far as they are known: who belongs in a cohort, never what a score is made of.
with died as (
    select
        people.person_id,
        min(persons.known_from) as died_known_from
    from {{ ref('stg_persons_known') }} as persons
    inner join {{ ref('bridge_mentions_to_people') }} as people
        on
            persons.force_code = people.force_code
            and people.feed = 'person'
            and people.role = 'nominal'
            and persons.source_record_id = people.source_record_id
    where persons.status = 'deceased'
    group by people.person_id
)

select
    people.person_id,
    try_cast(people.birth_date_text as date) as birth_date,
    died.died_known_from
from {{ ref('dim_people') }} as people
left join died on people.person_id = died.person_id
