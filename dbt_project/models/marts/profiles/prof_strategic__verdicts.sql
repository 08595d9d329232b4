select
    force_code,
    series_code,
    verdict,
    mean,
    lower,
    upper,
    base_from,
    base_to,
    n_base_months,
    latest_month,
    latest_value,
    months_in_state,
    longest_run_months
from {{ source('scored', 'verdicts') }}
