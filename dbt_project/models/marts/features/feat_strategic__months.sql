-- Every calendar month from a force's first delivered month to its last: delivered, missing, or suspect by volume.
with landed as (
    select
        force_code,
        period_date,
        is_volume_suspect
    from {{ ref('fct_deliveries') }}
    where feed = 'street_crime' and state = 'landed'
),

bounds as (
    select
        force_code,
        min(period_date) as first_month,
        max(period_date) as last_month
    from landed
    group by force_code
),

calendar as (
    select
        force_code,
        cast({{ month_series('first_month', 'last_month') }} as date) as month_date
    from bounds
)

select
    calendar.force_code,
    calendar.month_date,
    case
        when landed.period_date is null then 'missing'
        when landed.is_volume_suspect then 'volume_suspect'
        else 'delivered'
    end as month_status,
    row_number() over (
        partition by calendar.force_code, landed.period_date is not null and not landed.is_volume_suspect
        order by calendar.month_date desc
    ) as months_back
from calendar
left join landed
    on calendar.force_code = landed.force_code and calendar.month_date = landed.period_date
