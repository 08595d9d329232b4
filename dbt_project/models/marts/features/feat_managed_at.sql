-- Managed offenders in the community at each as-of moment, with what was overdue by then.
with managed as (
    select
        moments.as_of_id,
        moments.as_at,
        moments.known_before,
        offenders.viewer_force,
        offenders.person_id,
        offenders.force_code,
        offenders.offender_ref,
        {{ days_ago('offenders.release_date', 'moments.as_at') }} as days_since_release
    from {{ ref('fct_managed_known') }} as offenders
    inner join {{ ref('stg_as_ofs') }} as moments
        on offenders.known_from < moments.known_before and offenders.known_until >= moments.known_before
    where offenders.status in ('community', 'whereabouts_unknown', 'wanted')
),

overdue as (
    select
        managed.as_of_id,
        managed.viewer_force,
        managed.person_id,
        count(distinct events.source_record_id) filter (
            where events.kind = 'visit' and (events.done_date is null or events.done_date >= managed.as_at)
        ) as n_overdue_visits,
        count(distinct events.source_record_id) filter (
            where
            events.kind = 'notification'
            and (events.done_date is null or events.done_date > events.due_date)
            and events.due_date >= managed.as_at - interval '730' day
        ) as n_late_notifications
    from managed
    inner join {{ ref('fct_managed_events') }} as events
        on
            managed.force_code = events.force_code
            and managed.offender_ref = events.offender_ref
            and managed.as_at > events.due_date
            and managed.known_before > events.known_from
            and managed.known_before <= events.known_until
    group by managed.as_of_id, managed.viewer_force, managed.person_id
)

select
    managed.as_of_id,
    managed.viewer_force,
    managed.person_id,
    min(least(greatest(coalesce(managed.days_since_release, 3650), 1), 3650)) as days_since_release,
    coalesce(max(overdue.n_overdue_visits), 0) as n_overdue_visits,
    coalesce(max(overdue.n_late_notifications), 0) as n_late_notifications
from managed
left join overdue
    on {{ same_person('overdue', 'managed') }}
group by managed.as_of_id, managed.viewer_force, managed.person_id
