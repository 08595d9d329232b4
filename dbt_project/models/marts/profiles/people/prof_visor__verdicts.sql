select
    force_code,
    series_code,
    verdict,
    mean,
    lower,
    upper,
    base_from,
    base_to,
    cast(n_base_months as bigint) as n_base_months,
    latest_month,
    latest_value,
    cast(months_in_state as bigint) as months_in_state,
    cast(longest_run_months as bigint) as longest_run_months
from {{ source('scored', 'people_verdicts') }}
where profile = 'visor'
