-- How often each person's mentions say each value: the ground of survivorship, and of telling conflicts.
with told as (
    select
        linked.person_id,
        standard.forename,
        standard.surname,
        standard.dob,
        standard.sex,
        standard.pnc_id,
        standard.cro,
        mentions.force_code,
        mentions.recorded_at
    from {{ ref('int_people_linked') }} as linked
    inner join {{ source('linked', 'standard') }} as standard on linked.mention_id = standard.mention_id
    inner join {{ ref('int_mentions') }} as mentions on linked.mention_id = mentions.mention_id
),

listed as (
    {% for column in ['forename', 'surname', 'dob', 'sex', 'pnc_id', 'cro'] %}
        select
            person_id,
            '{{ column }}' as kind,
            {{ column }} as said,
            recorded_at
        from told
        where {{ column }} is not null
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    person_id,
    kind,
    said,
    count(*) as n_mentions,
    max(recorded_at) as last_recorded_at,
    row_number() over (
        partition by person_id, kind
        order by count(*) desc, max(recorded_at) desc, said asc
    ) as place
from listed
group by person_id, kind, said
