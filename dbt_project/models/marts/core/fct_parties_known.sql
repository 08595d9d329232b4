-- Victims and suspects of crimes in each version in which they were known; whoever was eliminated is left out from
-- then. Sex and age of a victim say what kind of crime it was, and nothing else here.
with held as (
    select
        linked.force_code,
        linked.source_record_id,
        people.person_id,
        people.sex,
        try_cast(people.birth_date_text as date) as birth_date
    from {{ ref('bridge_mentions_to_people') }} as linked
    inner join {{ ref('dim_people') }} as people on linked.person_id = people.person_id
    where linked.feed = 'crime_party'
)

select
    parties.force_code,
    parties.source_record_id as crime_party_ref,
    parties.crime_ref,
    parties.role,
    parties.known_from,
    parties.known_until,
    parties.suspect_status,
    held.person_id,
    parties.relationship in ('partner', 'ex_partner', 'parent', 'child', 'sibling', 'other_family') as is_family,
    coalesce(nullif(parties.sex, 'U'), held.sex, 'U') = 'F' as is_female,
    {{ years_between('coalesce(parties.birth_date, held.birth_date)', 'parties.occurred_from') }} < 18 as is_child
from {{ ref('stg_crime_parties_known') }} as parties
left join held
    on parties.force_code = held.force_code and parties.source_record_id = held.source_record_id
where parties.role in ('suspect', 'victim') and coalesce(parties.suspect_status, 'named') <> 'eliminated'
