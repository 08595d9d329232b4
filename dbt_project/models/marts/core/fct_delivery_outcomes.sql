-- One row per delivery and state that it came to, in order: received, checked, accepted, and what it is now.
-- Accepted are those that are used, or were until a later one took their place.
with stations as (
    select
        listed.station,
        listed.state
    from (values (1, 'received'), (2, 'checked'), (3, 'accepted')) as listed (station, state)
),

passed as (
    select
        deliveries.delivery_id,
        stations.station,
        stations.state,
        '' as reason_code,
        '' as reason
    from {{ ref('fct_deliveries') }} as deliveries
    cross join stations
    where
        stations.station = 1
        or (stations.station = 2 and deliveries.reached <> 'received')
        or (stations.station = 3 and deliveries.state in ('landed', 'superseded'))
),

ended as (
    select
        delivery_id,
        4 as station,
        state,
        reason_code,
        reason
    from {{ ref('fct_deliveries') }}
)

select
    outcomes.delivery_id,
    deliveries.force_code,
    deliveries.feed,
    deliveries.delivery_date,
    deliveries.file_name,
    outcomes.station,
    outcomes.state,
    outcomes.station = 4 as is_last,
    outcomes.reason_code,
    outcomes.reason
from (
    select * from passed
    union all
    select * from ended
) as outcomes
inner join {{ ref('fct_deliveries') }} as deliveries
    on outcomes.delivery_id = deliveries.delivery_id
