-- One row per record of the feed notification as it stands; older versions stay in the landed files.
select
    force_code,
    source_record_id,
    source_record_id as notification_ref,
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
    offender_ref,
    kind,
    due_date,
    made_at,
    address_line,
    postcode,
    destination_country
from {{ source('landed', 'notification') }}
where is_current and not is_closed and op = 'upsert'
