-- Features of everybody reported missing in a year, at each as-of moment and for each force with such a report of its
-- own: the ground of feat_missing_child and feat_missing_adult, which never share a table.
with harmed as (
    select
        as_of_id,
        viewer_force,
        person_id,
        {{ in_window('sum(harm_days)', 365) }} as harm_as_victim_365,
        {{ in_window('count(*)', 365, 'is_exploitation') }} as n_signs_365
    from {{ ref('feat_crimes_at') }}
    where role = 'victim'
    group by as_of_id, viewer_force, person_id
)

select
    {{ whose('episodes', 'last_force') }},
    {{ age_at() }} as age_years,
    episodes.days_since_missing,
    episodes.n_missing_28,
    episodes.n_missing_90,
    episodes.n_missing_365,
    episodes.n_missing_decay_30,
    episodes.n_harm_episodes_365,
    episodes.hours_missing_365,
    episodes.n_missing_with_365,
    episodes.n_found_elsewhere_365,
    episodes.km_found_365,
    coalesce(harmed.harm_as_victim_365, 0) as harm_as_victim_365,
    episodes.n_signs_365 + coalesce(harmed.n_signs_365, 0) as n_exploitation_signs_365,
    coalesce(others.intel_any_weight_365, 0) as intel_weight_365,
    {{ or_nothing('others', ['n_custody_365', 'n_placements_365']) }}
from {{ ref('feat_episodes_at') }} as episodes
{{ with_whose('episodes') }}
left join harmed
    on {{ same_person('harmed', 'episodes') }}
left join {{ ref('feat_others_at') }} as others
    on {{ same_person('others', 'episodes') }}
where episodes.n_own > 0 and {{ is_in_cohort(0) }}
