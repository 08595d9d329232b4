-- One row per record of the open data, placed and named; the spine comes along so that any count can be opened.
select
    crimes.force_code,
    crimes.source_record_id,
    crimes.delivery_id,
    crimes.occurred_from,
    crimes.occurred_to,
    crimes.recorded_at,
    crimes.known_at,
    crimes.record_version,
    crimes.owner_force,
    crimes.handling,
    crimes.sensitivity,
    crimes.retention_group,
    crimes.crime_id,
    crimes.month_date,
    crimes.crime_type,
    types.series_code,
    coalesce(groups.outcome_group, 'unknown') as outcome_group,
    crimes.lsoa_code,
    lsoas.neighbourhood_name,
    neighbourhoods.district_name,
    neighbourhoods.home_force_code,
    lsoas.lsoa_code is not null and coalesce(neighbourhoods.home_force_code, '') <> crimes.force_code as is_outside,
    crimes.longitude,
    crimes.latitude
from {{ ref('stg_street_crimes') }} as crimes
left join {{ ref('crime_types') }} as types
    on crimes.crime_type = types.crime_type
left join {{ ref('outcome_groups') }} as groups
    on crimes.last_outcome = groups.last_outcome
left join {{ ref('int_lsoas_resolved') }} as lsoas
    on crimes.lsoa_code = lsoas.lsoa_code
left join {{ ref('dim_neighbourhoods') }} as neighbourhoods
    on lsoas.neighbourhood_name = neighbourhoods.neighbourhood_name
