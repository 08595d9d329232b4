-- One row per record of the feed return_interview as it stands; older versions stay in the landed files.
select
    force_code,
    source_record_id,
    source_record_id as interview_ref,
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
    missing_ref,
    person_ref,
    is_offered,
    is_accepted,
    held_at,
    provider,
    disclosure_text
from {{ source('landed', 'return_interview') }}
where is_current and not is_closed and op = 'upsert'
