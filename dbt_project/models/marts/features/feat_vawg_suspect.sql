-- Features of everybody suspected of violence against women and girls in two years, at each as-of moment and for each
-- force with such a record of its own; columns as profiles/definitions/vawg_suspect.yml names them.
with crimes as (
    select
        as_of_id,
        viewer_force,
        person_id,
        {{ vawg_counts([30, 90, 365, 730]) }},
        {{ harm_sums([90, 365, 730]) }},
        {{ in_window('count(*)', 365) }} as n_crimes_365,
        min(days_ago) as days_since_crime,
        count(distinct force_code) as n_forces_730,
        {{ in_window("count(distinct force_code || ':' || team)", 365) }} as n_teams_365
    from {{ ref('feat_crimes_at') }}
    where role = 'suspect'
    group by as_of_id, viewer_force, person_id
),

victims as (
    select
        as_of_id,
        viewer_force,
        person_id,
        {{ in_window('count(distinct other_id)', 365) }} as n_victims_365,
        count(distinct other_id) as n_victims_730,
        count(distinct other_id) filter (where is_child_victim) as n_child_victims_730
    from {{ ref('feat_harms_at') }}
    where role = 'suspect' and other_id is not null
    group by as_of_id, viewer_force, person_id
)

select
    {{ whose('crimes') }},
    crimes.* exclude (as_of_id, viewer_force, person_id, n_vawg_own, last_vawg_force),
    coalesce(victims.n_victims_365, 0) as n_victims_365,
    coalesce(victims.n_victims_730, 0) as n_victims_730,
    coalesce(victims.n_child_victims_730, 0) as n_child_victims_730,
    {{ or_nothing('others', ['n_da_incidents_365', 'intel_weight_90', 'intel_weight_365']) }},
    {{ or_nothing('others', ['n_custody_365', 'n_breaches_365', 'n_missing_365']) }}
from crimes
{{ with_whose('crimes') }}
left join victims
    on {{ same_person('victims', 'crimes') }}
left join {{ ref('feat_others_at') }} as others
    on {{ same_person('others', 'crimes') }}
where crimes.n_vawg_own > 0 and {{ is_in_cohort(10) }}
