select
    force_code,
    series_code,
    series_name,
    series_group,
    unit,
    cast(series_order as bigint) as series_order,
    month_date as month,
    value,
    month_status
from {{ ref('feat_people__monthly_series') }}
where profile = 'visor'
