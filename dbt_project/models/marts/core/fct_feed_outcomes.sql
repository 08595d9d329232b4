-- One row per force and feed that ever sent anything: its last delivery, whether that is used, and how old the feed is.
with delivered as (
    select
        force_code,
        feed,
        max(delivery_date) as last_delivery_date,
        max(delivery_date) filter (where state = 'landed') as last_landed_date,
        {{ newest('state', "delivery_date || file_name") }} as last_state,
        {{ newest('reason', "delivery_date || file_name") }} as last_reason,
        count(*) as n_deliveries,
        count(*) filter (where state = 'refused') as n_refused,
        count(*) filter (where state in ('held', 'degraded', 'replayed')) as n_set_aside,
        count(*) filter (where not is_verified) as n_unverified,
        sum(n_closed) as n_closed
    from {{ ref('fct_deliveries') }}
    group by force_code, feed
)

select
    delivered.force_code,
    delivered.feed,
    delivered.last_delivery_date,
    delivered.last_landed_date,
    delivered.last_state,
    delivered.last_reason,
    delivered.n_deliveries,
    delivered.n_refused,
    delivered.n_set_aside,
    delivered.n_unverified,
    delivered.n_closed,
    {{ days_between('delivered.last_landed_date', 'night.as_of_date') }} as age_days,
    feeds.freshness_days,
    coalesce(
        {{ days_between('delivered.last_landed_date', 'night.as_of_date') }} > feeds.freshness_days, true
    ) as is_stale,
    delivered.last_state in ('refused', 'held', 'degraded', 'replayed') as is_last_unused
from delivered
inner join {{ ref('stg_feeds') }} as feeds
    on delivered.feed = feeds.feed
cross join {{ ref('stg_nights') }} as night
