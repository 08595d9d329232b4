-- Records of violence and sexual offences by place over the newest twelve usable months of each force, at two
-- levels. Only places whose home is the force: records elsewhere are counted apart as border cases.
with recent as (
    select
        force_code,
        month_date,
        months_back
    from {{ ref('feat_strategic__months') }}
    where month_status = 'delivered' and months_back <= 12
),

homes as (
    select
        neighbourhoods.home_force_code as force_code,
        neighbourhoods.neighbourhood_name,
        neighbourhoods.district_name,
        neighbourhoods.n_lsoas,
        neighbourhoods.longitude,
        neighbourhoods.latitude
    from {{ ref('dim_neighbourhoods') }} as neighbourhoods
    where neighbourhoods.home_force_code is not null
),

counted as (
    select
        crimes.force_code,
        crimes.neighbourhood_name,
        crimes.month_date,
        count(*) as n_records
    from {{ ref('fct_street_crimes') }} as crimes
    where crimes.series_code = 'violence_and_sexual_offences'
    group by crimes.force_code, crimes.neighbourhood_name, crimes.month_date
),

neighbourhoods as (
    select
        homes.force_code,
        'neighbourhood' as place_level,
        homes.neighbourhood_name as place_name,
        homes.district_name,
        homes.n_lsoas,
        homes.longitude,
        homes.latitude,
        recent.month_date,
        coalesce(counted.n_records, 0) as n_records
    from homes
    inner join recent
        on homes.force_code = recent.force_code
    left join counted
        on
            homes.force_code = counted.force_code
            and homes.neighbourhood_name = counted.neighbourhood_name
            and recent.month_date = counted.month_date
),

districts as (
    select
        force_code,
        'district' as place_level,
        district_name as place_name,
        district_name,
        sum(n_lsoas) as n_lsoas,
        cast(sum(cast(round(longitude * 1000000) as bigint)) as double) / count(*) / 1000000 as longitude,
        cast(sum(cast(round(latitude * 1000000) as bigint)) as double) / count(*) / 1000000 as latitude,
        month_date,
        sum(n_records) as n_records
    from neighbourhoods
    group by force_code, district_name, month_date
),

both_levels as (
    select * from neighbourhoods
    union all
    select * from districts
)

select
    force_code,
    place_level,
    place_name,
    district_name,
    max(n_lsoas) as n_lsoas,
    max(longitude) as longitude,
    max(latitude) as latitude,
    sum(n_records) as n_records,
    {{ list_by('cast(n_records as integer)', 'month_date') }} as monthly,
    min(month_date) as window_from,
    max(month_date) as window_to,
    count(*) as n_months_held
from both_levels
group by force_code, place_level, place_name, district_name
