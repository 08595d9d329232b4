-- Outcomes by crime type over the newest twelve usable months that are at least three months old.
-- Anti-social behaviour has no outcome and is left out.
with mature as (
    select
        months.force_code,
        months.month_date,
        row_number() over (partition by months.force_code order by months.month_date desc) as months_back
    from {{ ref('feat_strategic__months') }} as months
    cross join {{ ref('stg_nights') }} as night
    where
        months.month_status = 'delivered'
        and months.month_date < {{ months_before('night.as_of_date', 3) }}
),

bounds as (
    select
        force_code,
        min(month_date) as window_from,
        max(month_date) as window_to
    from mature
    where months_back <= 12
    group by force_code
),

counted as (
    select
        crimes.force_code,
        crimes.crime_type,
        crimes.outcome_group,
        count(*) as n
    from {{ ref('fct_street_crimes') }} as crimes
    inner join mature
        on crimes.force_code = mature.force_code and crimes.month_date = mature.month_date
    where mature.months_back <= 12 and crimes.series_code <> 'anti_social_behaviour'
    group by crimes.force_code, crimes.crime_type, crimes.outcome_group
)

select
    counted.force_code,
    counted.crime_type,
    counted.outcome_group,
    counted.n,
    sum(counted.n) over (partition by counted.force_code, counted.crime_type) as n_total,
    bounds.window_from,
    bounds.window_to
from counted
inner join bounds
    on counted.force_code = bounds.force_code
