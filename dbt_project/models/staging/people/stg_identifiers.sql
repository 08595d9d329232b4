-- One row per record of the feed identifier as it stands; older versions stay in the landed files.
select
    force_code,
    source_record_id,
    source_record_id as identifier_ref,
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
    person_ref,
    kind,
    value,
    last_seen_date
from {{ source('landed', 'identifier') }}
where is_current and not is_closed and op = 'upsert'
