-- One row per record of the feed safeguarding as it stands; older versions stay in the landed files.
select
    force_code,
    source_record_id,
    source_record_id as safeguarding_ref,
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
    person_ref,
    other_person_ref,
    crime_ref,
    risk_level,
    score,
    meeting_date,
    outcome_text
from {{ source('landed', 'safeguarding') }}
where is_current and not is_closed and op = 'upsert'
