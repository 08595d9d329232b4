-- One row per record of the feed code_list as it stands; older versions stay in the landed files.
select
    force_code,
    source_record_id,
    source_record_id as code_ref,
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
    list_name,
    code,
    label,
    valid_from,
    valid_to
from {{ source('landed', 'code_list') }}
where is_current and not is_closed and op = 'upsert'
