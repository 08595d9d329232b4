-- One row per LSOA: the name most records give it, and the neighbourhood and district that name belongs to.
with named as (
    select
        lsoa_code,
        lsoa_name,
        count(*) as n_records
    from {{ ref('stg_street_crimes') }}
    where lsoa_code is not null and lsoa_name is not null
    group by lsoa_code, lsoa_name
),

ranked as (
    select
        lsoa_code,
        lsoa_name,
        row_number() over (partition by lsoa_code order by n_records desc, lsoa_name asc) as name_rank,
        count(*) over (partition by lsoa_code) as n_names
    from named
)

select
    lsoa_code,
    lsoa_name,
    {{ neighbourhood_of('lsoa_name') }} as neighbourhood_name,
    {{ district_of('lsoa_name') }} as district_name,
    n_names
from ranked
where name_rank = 1
