with visited as (
    select
        visits.force_code,
        visits.offender_ref,
        max(visits.done_date) filter (where visits.outcome in ('seen', 'concern')) as last_on,
        min(visits.planned_date) filter (where visits.done_date is null and visits.planned_date >= night.as_of_date)
            as next_on
    from {{ ref('stg_managed_visits') }} as visits
    cross join {{ ref('stg_nights') }} as night
    group by visits.force_code, visits.offender_ref
),

owned as (
    select
        nominals.viewer_force,
        nominals.offender_ref,
        count(distinct held.value) filter (where held.kind not ilike '%vehicle%') as n_accounts,
        count(distinct held.value) filter (where held.kind ilike '%vehicle%') as n_vehicles
    from {{ ref('feat_visor__nominals') }} as nominals
    inner join {{ ref('stg_managed_offenders') }} as offenders
        on nominals.viewer_force = offenders.force_code and nominals.offender_ref = offenders.offender_ref
    left join {{ ref('stg_identifiers') }} as held
        on offenders.force_code = held.force_code and offenders.person_ref = held.person_ref
    group by nominals.viewer_force, nominals.offender_ref
)

select
    listed.force_code,
    listed.person_ref,
    'Category '
    || coalesce(offenders.mappa_category, '?')
    || ', level '
    || coalesce(offenders.mappa_level, '?') as mappa_text,
    {{ spoken_first('nominals.arms_level') }} as arms_level,
    nominals.arms_date as arms_on,
    nominals.manager,
    offenders.licence_end_date as licence_ends_on,
    offenders.annual_due_date as notification_due_on,
    offenders.last_notified_date as notified_on,
    visited.last_on as last_visit_on,
    visited.next_on as next_visit_on,
    'Not held by the feed' as household_text,
    case when owned.n_accounts = 0 then 'None recorded' else owned.n_accounts || ' phones or accounts recorded' end
        as devices_text,
    case when owned.n_vehicles = 0 then 'None recorded' else owned.n_vehicles || ' recorded' end as vehicles_text,
    coalesce(offenders.address_line, 'Not recorded') as addresses_text
from {{ ref('feat_people__listed') }} as listed
inner join {{ ref('feat_visor__nominals') }} as nominals
    on listed.force_code = nominals.viewer_force and listed.person_id = nominals.person_id
inner join {{ ref('stg_managed_offenders') }} as offenders
    on nominals.viewer_force = offenders.force_code and nominals.offender_ref = offenders.offender_ref
left join visited on nominals.viewer_force = visited.force_code and nominals.offender_ref = visited.offender_ref
left join owned on nominals.viewer_force = owned.viewer_force and nominals.offender_ref = owned.offender_ref
where listed.profile = 'visor'
