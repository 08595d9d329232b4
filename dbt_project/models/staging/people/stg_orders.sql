-- One row per record of the feed order as it stands; older versions stay in the landed files.
select
    force_code,
    source_record_id,
    source_record_id as order_ref,
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
    protected_person_ref,
    start_date,
    end_date,
    conditions_text,
    court,
    status,
    breached_at
from {{ source('landed', 'order') }}
where is_current and not is_closed and op = 'upsert'
