-- Visits, reviews and notifications of managed offenders that are late, from the plan as recorded, never from the
-- level.
with visits as (
    select
        visits.force_code,
        visits.offender_ref,
        'Visit' as kind,
        max(visits.done_date) filter (where visits.outcome in ('seen', 'concern')) as last_done_on,
        min(visits.planned_date) filter (where visits.done_date is null and visits.planned_date < night.as_of_date)
            as due_on
    from {{ ref('stg_managed_visits') }} as visits
    cross join {{ ref('stg_nights') }} as night
    group by visits.force_code, visits.offender_ref
),

due as (
    select * from visits
    union all
    select
        force_code,
        offender_ref,
        'Risk management plan' as kind,
        plan_date as last_done_on,
        plan_review_due_date as due_on
    from {{ ref('stg_managed_offenders') }}
    union all
    select
        force_code,
        offender_ref,
        'Annual notification' as kind,
        last_notified_date as last_done_on,
        annual_due_date as due_on
    from {{ ref('stg_managed_offenders') }}
)

select
    due.force_code,
    due.offender_ref,
    due.kind,
    due.last_done_on,
    due.due_on,
    cast({{ days_between('due.due_on', 'night.as_of_date') }} as bigint) as days_late
from due
cross join {{ ref('stg_nights') }} as night
where due.due_on < night.as_of_date and coalesce(due.last_done_on < due.due_on, true)
