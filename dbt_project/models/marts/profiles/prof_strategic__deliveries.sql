select
    force_code,
    force_code as source_force,
    feed,
    period_date as period,
    file_name,
    delivery_id,
    content_sha256,
    contract_version,
    state,
    reason,
    rows_in,
    rows_accepted,
    rows_refused,
    rows_loaded,
    rows_exact_duplicate,
    rows_superseded,
    volume_ratio,
    is_volume_suspect
from {{ ref('fct_deliveries') }}
where feed = 'street_crime' or state in ('refused', 'held', 'degraded', 'replayed')
