-- How records were joined, for each profile and force: counts of people, and of the joins behind who is listed.
with people as (
    select
        viewer_force as force_code,
        count(distinct person_id) as n_people,
        count(distinct person_id) filter (where n_forces > 1) as n_in_many_forces
    from (
        select
            viewer_force,
            person_id,
            count(distinct force_code) as n_forces
        from {{ ref('bridge_forces_to_mentions') }}
        group by viewer_force, person_id
    )
    group by viewer_force
),

joined as (
    select
        profile,
        force_code,
        count(*) as n_top
    from {{ ref('feat_people__identities') }}
    where identity_no > 1
    group by profile, force_code
)

select
    heads.profile,
    people.force_code,
    cast(people.n_people as bigint) as n_people,
    cast(people.n_in_many_forces as bigint) as n_in_many_forces,
    cast(null as bigint) as n_checked,
    cast(null as bigint) as n_wrong,
    cast(null as double) as wrong_lower,
    cast(null as double) as wrong_upper,
    cast(null as bigint) as n_missed,
    cast(null as double) as missed_lower,
    cast(null as double) as missed_upper,
    cast(coalesce(joined.n_top, 0) as bigint) as n_top,
    cast(0 as bigint) as n_top_checked,
    'Records are joined on PNC ID where held, else on name, birth date, phone and address, each weighed by how rare it '
    || 'is. Nobody has checked the joins of this pack by hand; docs/linkage-quality.md says how often such joins fail.'
        as method_text
from people
cross join (
    select distinct profile from {{ ref('profile_feeds') }}
    where profile <> 'strategic'
) as heads
left join joined on heads.profile = joined.profile and people.force_code = joined.force_code
