with recent as (
    select
        force_code,
        month_date
    from {{ ref('feat_strategic__months') }}
    where month_status = 'delivered' and months_back <= 12
),

violence as (
    select
        crimes.force_code,
        count(*) as n_records,
        count(*) filter (where crimes.lsoa_code is null) as n_without_place,
        count(*) filter (where crimes.is_outside) as n_border_records,
        count(distinct crimes.neighbourhood_name) filter (where crimes.is_outside) as n_border_neighbourhoods
    from {{ ref('fct_street_crimes') }} as crimes
    inner join recent
        on crimes.force_code = recent.force_code and crimes.month_date = recent.month_date
    where crimes.series_code = 'violence_and_sexual_offences'
    group by crimes.force_code
),

compared as (
    select
        places.force_code,
        places.place_level,
        count(*) as n_compared,
        min(counts.window_from) as window_from,
        max(counts.window_to) as window_to,
        max(counts.n_months_held) as n_months_held,
        max(rates.rate_unit) as rate_unit,
        max(rates.force_rate) as force_rate,
        max(rates.interval_level) as interval_level
    from {{ ref('prof_strategic__places') }} as places
    inner join {{ source('scored', 'place_rates') }} as rates
        on
            places.force_code = rates.force_code
            and places.place_level = rates.place_level
            and places.place_name = rates.place_name
    inner join {{ ref('feat_strategic__place_counts') }} as counts
        on
            places.force_code = counts.force_code
            and places.place_level = counts.place_level
            and places.place_name = counts.place_name
    group by places.force_code, places.place_level
)

select
    compared.force_code,
    compared.place_level,
    compared.rate_unit,
    compared.force_rate,
    compared.interval_level,
    compared.window_from,
    compared.window_to,
    cast(compared.n_months_held as integer) as n_months_held,
    coalesce(violence.n_records, 0) as n_records,
    coalesce(violence.n_without_place, 0) as n_without_place,
    cast(coalesce(violence.n_border_neighbourhoods, 0) as integer) as n_border_neighbourhoods,
    coalesce(violence.n_border_records, 0) as n_border_records,
    cast(compared.n_compared as integer) as n_compared
from compared
left join violence
    on compared.force_code = violence.force_code
