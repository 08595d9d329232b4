-- Outcome of managed_breach: within 180 days a breach of an order, a notification that came late, or whereabouts
-- unknown. Only for training.
with breaches as (
    select
        viewer_force,
        person_id,
        occurred_from as happened,
        known_from,
        known_until
    from {{ ref('fct_events_named') }}
    where kind = 'breach'
    union all
    select
        offenders.viewer_force,
        offenders.person_id,
        cast(events.due_date as timestamp) as happened,
        events.known_from,
        events.known_until
    from {{ ref('fct_managed_events') }} as events
    inner join {{ ref('fct_managed_known') }} as offenders
        on events.force_code = offenders.force_code and events.offender_ref = offenders.offender_ref
    where events.kind = 'notification' and events.done_date > events.due_date
    union all
    select
        viewer_force,
        person_id,
        known_from as happened,
        known_from,
        known_until
    from {{ ref('fct_managed_known') }}
    where status = 'whereabouts_unknown'
)

select
    moments.as_of_id,
    breaches.viewer_force as force_code,
    breaches.person_id,
    count(*) > 0 as has_breach,
    cast(count(*) as double) as harm_days
from breaches
inner join {{ ref('stg_as_ofs') }} as moments on {{ after_moment('breaches', 'breaches.happened', 180, 30) }}
group by moments.as_of_id, breaches.viewer_force, breaches.person_id
