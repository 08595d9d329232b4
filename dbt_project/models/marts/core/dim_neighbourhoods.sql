-- One row per neighbourhood (MSOA): its district, home force, LSOAs seen, and the mean place of its records.
with lsoas as (
    select
        resolved.neighbourhood_name,
        min(resolved.district_name) as district_name,
        count(distinct resolved.lsoa_code) as n_lsoas
    from {{ ref('int_lsoas_resolved') }} as resolved
    group by resolved.neighbourhood_name
),

places as (
    select
        resolved.neighbourhood_name,
        sum(counts.n_located) as n_located,
        sum(counts.longitude_millionths) as longitude_millionths,
        sum(counts.latitude_millionths) as latitude_millionths
    from {{ ref('int_lsoas_counted') }} as counts
    inner join {{ ref('int_lsoas_resolved') }} as resolved
        on counts.lsoa_code = resolved.lsoa_code
    group by resolved.neighbourhood_name
)

select
    lsoas.neighbourhood_name,
    lsoas.district_name,
    homes.home_force_code,
    homes.n_forces,
    homes.n_forces > 1 as is_border,
    lsoas.n_lsoas,
    cast(places.longitude_millionths as double) / nullif(places.n_located, 0) / 1000000 as longitude,
    cast(places.latitude_millionths as double) / nullif(places.n_located, 0) / 1000000 as latitude
from lsoas
inner join {{ ref('int_neighbourhoods_homed') }} as homes
    on lsoas.neighbourhood_name = homes.neighbourhood_name
inner join places
    on lsoas.neighbourhood_name = places.neighbourhood_name
