-- One row per record of the feed intel_report as it stands; older versions stay in the landed files.
select
    force_code,
    source_record_id,
    source_record_id as intel_ref,
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
    text,
    source_grade,
    assessment_grade,
    handling_conditions,
    origin,
    gsc,
    is_sanitised,
    legacy_grading
from {{ source('landed', 'intel_report') }}
where is_current and not is_closed and op = 'upsert'
