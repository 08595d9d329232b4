-- Features of adults reported missing in a year; columns as profiles/definitions/missing_adult.yml names them.
select
    as_of_id,
    as_at,
    purpose,
    force_code,
    person_id,
    is_home,
    is_child,
    age_years,
    days_since_missing,
    n_missing_28,
    n_missing_90,
    n_missing_365,
    n_missing_decay_30,
    n_harm_episodes_365,
    hours_missing_365,
    n_missing_with_365,
    n_found_elsewhere_365,
    km_found_365,
    harm_as_victim_365,
    n_exploitation_signs_365,
    intel_weight_365,
    n_custody_365
from {{ ref('feat_missing') }}
where not is_child
