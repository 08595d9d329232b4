-- Only what was known before the night's as-of: a truncated past and a rebuilt past are the same thing.
select
    crimes.force_code,
    crimes.source_record_id,
    crimes.delivery_id,
    crimes.line_number,
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
    cast(crimes.month || '-01' as date) as month_date,
    crimes.reported_by,
    crimes.falls_within,
    {{ parse_number('crimes.longitude') }} as longitude,
    {{ parse_number('crimes.latitude') }} as latitude,
    crimes.location_name,
    crimes.lsoa_code,
    crimes.lsoa_name,
    crimes.crime_type,
    crimes.last_outcome
from {{ source('landed', 'street_crime') }} as crimes
inner join {{ source('landed', 'deliveries') }} as deliveries
    on crimes.delivery_id = deliveries.delivery_id
cross join {{ source('landed', 'night') }} as night
where deliveries.state = 'landed' and crimes.known_at < night.as_of_at
