-- One row per delivery dated before the night's as-of: states as rows, never only in a log.
select
    deliveries.delivery_id,
    deliveries.feed,
    deliveries.force_code,
    deliveries.period_date,
    deliveries.delivery_date,
    deliveries.file_name,
    deliveries.content_sha256,
    deliveries.contract_version,
    deliveries.state,
    deliveries.reason_code,
    deliveries.reason,
    deliveries.rows_in,
    deliveries.rows_accepted,
    deliveries.rows_refused,
    deliveries.rows_loaded,
    deliveries.rows_exact_duplicate,
    deliveries.rows_superseded,
    deliveries.volume_ratio,
    deliveries.is_volume_suspect,
    deliveries.n_notes,
    deliveries.mode,
    deliveries.reached,
    deliveries.is_verified,
    deliveries.is_released,
    deliveries.n_missing,
    deliveries.n_closed
from {{ ref('stg_deliveries') }} as deliveries
cross join {{ ref('stg_nights') }} as night
where deliveries.delivery_date < night.as_of_date
