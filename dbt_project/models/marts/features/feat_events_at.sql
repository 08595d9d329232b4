-- Every event of a person that counts at each as-of moment: known before it, in the two years before it.
with events as (
    select * from {{ ref('fct_events_mentioned') }}
    union all
    select * from {{ ref('fct_events_named') }}
)

select
    moments.as_of_id,
    events.viewer_force,
    events.person_id,
    events.kind,
    events.feed,
    events.force_code,
    events.source_record_id,
    events.occurred_from,
    events.amount,
    {{ days_ago('events.occurred_from', 'moments.as_at') }} as days_ago
from events
inner join {{ ref('stg_as_ofs') }} as moments
    on
        events.occurred_from < moments.occurred_before
        and events.occurred_from >= moments.as_at - interval '730' day
        and events.known_from < moments.known_before
        and events.known_until >= moments.known_before
