-- Each list of each force: who leads it (a rule or a model) and why, its length, outcome, horizon and the decision it
-- serves.
select
    head,
    force_code,
    as_of_date,
    n_people,
    list_length,
    led_by,
    why,
    bundle_digest,
    trained_on,
    expires_on,
    outcome,
    horizon_days,
    decision,
    changed_without_records,
    is_alarm,
    drifted
from {{ source('scored', 'people_lists') }}
