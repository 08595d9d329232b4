select
    deliveries.force_code,
    deliveries.feed,
    deliveries.period_date as period,
    deliveries.file_name,
    refusals.reason_code,
    refusals.reason,
    refusals.n_rows,
    refusals.first_line
from {{ ref('stg_refusals') }} as refusals
inner join {{ ref('fct_deliveries') }} as deliveries
    on refusals.delivery_id = deliveries.delivery_id
where deliveries.feed = 'street_crime'
