-- Crimes of a person in a role at each as-of moment, each once: the harm it did to all its victims, and how long ago.
select
    as_of_id,
    viewer_force,
    person_id,
    role,
    crime_key,
    min(force_code) as force_code,
    min(team) as team,
    min(days_ago) as days_ago,
    bool_or(is_vawg) as is_vawg,
    bool_or(is_exploitation) as is_exploitation,
    sum(harm_days) as harm_days,
    coalesce(sum(harm_days) filter (where is_vawg), 0) as vawg_days,
    max(harm_days) as gravest_days,
    coalesce(max(harm_days) filter (where is_vawg), 0) as gravest_vawg_days
from {{ ref('feat_harms_at') }}
group by as_of_id, viewer_force, person_id, role, crime_key
