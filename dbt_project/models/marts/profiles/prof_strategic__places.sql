-- Neighbourhoods where a page can show them; districts where a force has more than 150 neighbourhoods.
with chosen as (
    select
        force_code,
        case when count(*) filter (where place_level = 'neighbourhood') > 150 then 'district' else 'neighbourhood' end
            as place_level
    from {{ ref('feat_strategic__place_counts') }}
    group by force_code
)

select
    places.force_code,
    places.place_level,
    places.place_name,
    places.district_name,
    cast(places.n_lsoas as integer) as n_lsoas,
    rates.population_est,
    cast(places.n_records as bigint) as n_records,
    rates.rate,
    rates.rate_lower,
    rates.rate_upper,
    rates.position,
    places.longitude,
    places.latitude,
    places.monthly
from {{ ref('feat_strategic__place_counts') }} as places
inner join chosen
    on places.force_code = chosen.force_code and places.place_level = chosen.place_level
inner join {{ source('scored', 'place_rates') }} as rates
    on
        places.force_code = rates.force_code
        and places.place_level = rates.place_level
        and places.place_name = rates.place_name
