-- What is recorded of the management of an offender, in each span in which it was known: visits that were planned, and
-- notifications that were due, each with the day it was done.
select
    'visit' as kind,
    force_code,
    offender_ref,
    source_record_id,
    planned_date as due_date,
    done_date,
    known_from,
    known_until
from {{ ref('stg_managed_visits_known') }}
where planned_date is not null and coalesce(outcome, '') <> 'cancelled'
union all
select
    'notification' as kind,
    force_code,
    offender_ref,
    source_record_id,
    due_date,
    cast(made_at as date) as done_date,
    known_from,
    known_until
from {{ ref('stg_notifications_known') }}
where due_date is not null
