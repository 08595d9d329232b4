-- What every list says beside a listed person: forces, flags, whether managed (a flag and the manager, no more),
-- whether also harmed in other records.
with around as (
    select
        listed.profile,
        listed.force_code,
        listed.person_id,
        listed.person_ref,
        listed.rank,
        list_distinct(list({{ short_force('forces.force_name') }})) as names,
        bool_or(seen.role = 'victim') as is_also_victim,
        bool_or(seen.feed = 'missing_episode') as is_missing_linked,
        count(*) as n_records
    from {{ ref('feat_people__listed') }} as listed
    inner join {{ ref('bridge_forces_to_mentions') }} as seen
        on listed.force_code = seen.viewer_force and listed.person_id = seen.person_id
    inner join {{ ref('dim_forces') }} as forces on seen.force_code = forces.force_code
    group by all
),

-- the one thing that any force may learn of another's register: that there is a record, and who manages
managed as (
    select
        listed.profile,
        listed.force_code,
        listed.person_id,
        min(
            {{ short_force('forces.force_name') }} || ', ' || coalesce(offenders.manager_ref, 'no manager recorded')
        ) as manager
    from {{ ref('feat_people__listed') }} as listed
    inner join {{ ref('bridge_mentions_to_people') }} as people on listed.person_id = people.person_id
    inner join {{ ref('stg_managed_offenders') }} as offenders
        on people.force_code = offenders.force_code and people.source_record_id = offenders.source_record_id
    inner join {{ ref('dim_forces') }} as forces on people.force_code = forces.force_code
    where people.feed = 'managed_offender' and offenders.status <> 'archived'
    group by listed.profile, listed.force_code, listed.person_id
),

held as (
    select
        profile,
        force_code,
        person_ref,
        bool_or(status = 'active' and kind = 'Police bail') as is_on_bail,
        bool_or(status in ('active', 'interim') and kind <> 'Police bail') as has_order,
        count(*) filter (where breached_on is not null) as n_breaches
    from {{ ref('feat_people__orders') }}
    group by profile, force_code, person_ref
)

select
    around.*,
    {{ short_force('forces.force_name') }} as own_name,
    list_sort(list_filter(around.names, lambda name: name <> {{ short_force('forces.force_name') }})) as other_names,
    managed.manager,
    coalesce(held.is_on_bail, false) as is_on_bail,
    coalesce(held.has_order, false) as has_order,
    coalesce(held.n_breaches, 0) as n_breaches
from around
inner join {{ ref('dim_forces') }} as forces on around.force_code = forces.force_code
left join managed
    on
        around.profile = managed.profile and around.force_code = managed.force_code
        and around.person_id = managed.person_id
left join held
    on around.profile = held.profile and around.force_code = held.force_code and around.person_ref = held.person_ref
