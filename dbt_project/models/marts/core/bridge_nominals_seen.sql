-- Whom a force's own number for a person stands for, to each force that may see them: the nominal itself, or else the
-- person whom most records under that number are.
with counted as (
    select
        viewer_force,
        force_code,
        person_ref,
        person_id,
        max(case when role = 'nominal' then 1 else 0 end) as is_nominal,
        count(*) as n_mentions,
        min(mention_id) as first_mention_id
    from {{ ref('bridge_people_seen') }}
    where person_ref is not null
    group by viewer_force, force_code, person_ref, person_id
),

ranked as (
    select
        viewer_force,
        force_code,
        person_ref,
        person_id,
        row_number() over (
            partition by viewer_force, force_code, person_ref
            order by is_nominal desc, n_mentions desc, first_mention_id asc
        ) as place
    from counted
)

select
    viewer_force,
    force_code,
    person_ref,
    person_id
from ranked
where place = 1
