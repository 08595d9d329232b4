-- Records by force and LSOA. Coordinates are summed as whole millionths of a degree, so that the mean does not
-- depend on the order in which threads add.
select
    force_code,
    lsoa_code,
    count(*) as n_records,
    count(longitude) as n_located,
    sum(cast(round(longitude * 1000000) as bigint)) as longitude_millionths,
    sum(cast(round(latitude * 1000000) as bigint)) as latitude_millionths
from {{ ref('stg_street_crimes') }}
where lsoa_code is not null
group by force_code, lsoa_code
