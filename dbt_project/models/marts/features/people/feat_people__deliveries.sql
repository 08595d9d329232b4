-- What was delivered of each feed by each force, and how many rows a week of the last 26, oldest first.
with delivered as (
    select
        force_code,
        feed,
        max(delivery_date) filter (where state = 'landed') as newest_on,
        count(*) filter (where state = 'refused') as n_refused_files,
        sum(rows_in) as rows_in,
        sum(rows_refused) as rows_refused,
        sum(rows_loaded) as rows_loaded,
        sum(n_notes + rows_refused) as n_checks_failed,
        max(contract_version) as contract_version
    from {{ ref('fct_deliveries') }}
    group by force_code, feed
),

weeks as (
    select
        force_code,
        feed,
        {{ days_between('delivery_date', 'night.as_of_date') }} // 7 as weeks_ago,
        sum(rows_in) as n
    from {{ ref('fct_deliveries') }}
    cross join {{ ref('stg_nights') }} as night
    where state = 'landed' and delivery_date >= night.as_of_date - 182
    group by force_code, feed, weeks_ago
),

weekly as (
    select
        delivered.force_code,
        delivered.feed,
        {{ list_by('cast(coalesce(weeks.n, 0) as bigint)', 'slot.n desc') }} as weekly
    from delivered
    cross join (select unnest(range(26)) as n) as slot
    left join weeks
        on delivered.force_code = weeks.force_code and delivered.feed = weeks.feed and slot.n = weeks.weeks_ago
    group by delivered.force_code, delivered.feed
)

select
    delivered.*,
    weekly.weekly
from delivered
left join weekly on delivered.force_code = weekly.force_code and delivered.feed = weekly.feed
