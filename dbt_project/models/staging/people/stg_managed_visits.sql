-- One row per record of the feed managed_visit as it stands; older versions stay in the landed files.
select
    force_code,
    source_record_id,
    source_record_id as visit_ref,
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
    planned_date,
    done_date,
    visit_type,
    outcome,
    manager_ref,
    note_text
from {{ source('landed', 'managed_visit') }}
where is_current and not is_closed and op = 'upsert'
