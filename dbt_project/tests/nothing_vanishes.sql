-- Every row that a landed delivery claims as loaded stands in staging, and nothing stands there unclaimed.
with claimed as (
    select
        deliveries.delivery_id,
        deliveries.rows_loaded
    from {{ ref('fct_deliveries') }} as deliveries
    where deliveries.feed = 'street_crime' and deliveries.state = 'landed'
),

standing as (
    select
        crimes.delivery_id,
        count(*) as n_rows
    from {{ ref('stg_street_crimes') }} as crimes
    group by crimes.delivery_id
)

select
    coalesce(claimed.delivery_id, standing.delivery_id) as delivery_id,
    claimed.rows_loaded,
    standing.n_rows
from claimed
full outer join standing
    on claimed.delivery_id = standing.delivery_id
where coalesce(claimed.rows_loaded, -1) <> coalesce(standing.n_rows, -1)
