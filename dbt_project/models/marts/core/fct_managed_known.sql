-- Managed offenders as each force may see them, in each span in which they were known; no force sees another's.
select
    people.viewer_force,
    people.person_id,
    offenders.force_code,
    offenders.source_record_id as offender_ref,
    offenders.occurred_from,
    offenders.known_from,
    offenders.known_until,
    offenders.status,
    offenders.release_date,
    offenders.annual_due_date,
    offenders.last_notified_date
from {{ ref('stg_managed_offenders_known') }} as offenders
inner join {{ ref('bridge_people_seen') }} as people
    on
        offenders.force_code = people.force_code
        and people.feed = 'managed_offender'
        and offenders.source_record_id = people.source_record_id
