-- One row per force and feed a pack can use, held or not: what is missing is printed, never left out.
-- Which feeds the profile could use and which it rests on is data (profile_feeds).
with delivered as (
    select
        force_code,
        feed,
        max(period_date) filter (where state = 'landed') as newest_month,
        max(delivery_date) filter (where state = 'landed') as newest_date,
        count(*) as n_deliveries,
        count(*) filter (where state = 'refused') as n_deliveries_refused,
        count(*) filter (where not is_verified) as n_deliveries_unverified,
        sum(rows_in) as rows_in,
        sum(rows_accepted) as rows_accepted,
        sum(rows_refused) as rows_refused,
        sum(rows_loaded) as rows_loaded,
        sum(rows_exact_duplicate) as rows_exact_duplicate,
        sum(rows_superseded) as rows_superseded,
        sum(n_notes + rows_refused) as n_checks_failed,
        {{ newest('is_volume_suspect', 'period_date') }} filter (where state = 'landed') as is_newest_suspect
    from {{ ref('fct_deliveries') }}
    group by force_code, feed
),

joined as (
    select
        forces.force_code,
        feeds.feed,
        feeds.feed_title,
        coalesce(delivered.rows_loaded, 0) > 0 as is_held,
        wanted.is_used,
        feeds.not_held_sentence,
        delivered.newest_month,
        delivered.newest_date as last_used_date,
        {{ days_between('delivered.newest_date', 'night.as_of_date') }} as age_days,
        feeds.freshness_days,
        feeds.contract_version,
        delivered.* exclude (force_code, feed, newest_month, newest_date)
    from {{ ref('dim_forces') }} as forces
    cross join {{ ref('stg_feeds') }} as feeds
    inner join {{ ref('profile_feeds') }} as wanted
        on feeds.feed = wanted.feed and wanted.profile = 'strategic'
    cross join {{ ref('stg_nights') }} as night
    left join delivered
        on forces.force_code = delivered.force_code and feeds.feed = delivered.feed
)

select
    force_code,
    feed,
    feed_title,
    is_held,
    is_used,
    not_held_sentence,
    newest_month,
    last_used_date,
    cast(age_days as integer) as age_days,
    cast(freshness_days as integer) as freshness_days,
    coalesce(age_days > freshness_days, false) as is_stale,
    cast(coalesce(n_deliveries, 0) as integer) as n_deliveries,
    cast(coalesce(n_deliveries_refused, 0) as integer) as n_deliveries_refused,
    cast(coalesce(n_deliveries_unverified, 0) as integer) as n_deliveries_unverified,
    cast(coalesce(rows_in, 0) as bigint) as rows_in,
    cast(coalesce(rows_accepted, 0) as bigint) as rows_accepted,
    cast(coalesce(rows_refused, 0) as bigint) as rows_refused,
    cast(coalesce(rows_loaded, 0) as bigint) as rows_loaded,
    cast(coalesce(rows_exact_duplicate, 0) as bigint) as rows_exact_duplicate,
    cast(coalesce(rows_superseded, 0) as bigint) as rows_superseded,
    cast(coalesce(n_checks_failed, 0) as integer) as n_checks_failed,
    contract_version,
    case
        when not is_held then 'not_held'
        when age_days > freshness_days then 'stale'
        when n_deliveries_refused > 0 or is_newest_suspect or rows_refused > 0.02 * rows_in then 'degraded'
        else 'current'
    end as state
from joined
