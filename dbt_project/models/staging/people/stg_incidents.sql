-- One row per record of the feed incident as it stands; older versions stay in the landed files.
select
    force_code,
    source_record_id,
    source_record_id as incident_ref,
    delivery_id,
    line_number,
    occurred_from,
    occurred_to,
    recorded_at,
    known_at,
    record_version,
    owner_force,
    handling,
    sensitivity,
    retention_group,
    kind,
    victim_ref,
    subject_ref,
    relationship,
    is_domestic_abuse,
    address_line,
    postcode,
    lsoa_code,
    longitude,
    latitude,
    summary_text
from {{ source('landed', 'incident') }}
where is_current and not is_closed and op = 'upsert'
