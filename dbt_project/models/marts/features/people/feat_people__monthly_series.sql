-- Series by month of every profile, from the force's own records by the month in which it happened: three years of
-- whole months before the as-of date. A force without records of the feed has no series.
with months as (
    select cast({{ month_series(
        months_before("date_trunc('month', night.as_of_date)", 36), months_before("date_trunc('month', night.as_of_date)", 1)
    ) }} as date) as month_date
    from {{ ref('stg_nights') }} as night
),

counted as (
    select * from {{ ref('feat_vawg__counts') }}
    union all
    select * from {{ ref('feat_missing__counts') }}
    union all
    select * from {{ ref('feat_visor__counts') }}
),

named as (
    select distinct
        profile,
        force_code,
        series_code,
        series_name,
        series_group,
        series_order
    from counted
)

select
    named.*,
    'records' as unit,
    months.month_date,
    'delivered' as month_status,
    cast(coalesce(counted.n, 0) as double) as value
from named
cross join months
left join counted
    on
        named.profile = counted.profile and named.force_code = counted.force_code
        and named.series_code = counted.series_code and months.month_date = counted.month_date
