select
    force_code,
    series_code,
    series_name,
    series_group,
    unit,
    cast(series_order as integer) as series_order,
    month_date as month,
    cast(value as double) as value,
    month_status
from {{ ref('feat_strategic__monthly_series') }}
