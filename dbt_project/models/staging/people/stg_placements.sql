-- One row per record of the feed placement as it stands; older versions stay in the landed files.
select
    force_code,
    source_record_id,
    source_record_id as placement_ref,
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
    home_ref,
    home_type,
    placing_authority,
    host_authority,
    ended_at,
    holds_philomena
from {{ source('landed', 'placement') }}
where is_current and not is_closed and op = 'upsert'
