-- Features of people managed in the community, at each as-of moment and for the force that manages them; columns as
-- profiles/definitions/managed_offending.yml names them.
with crimes as (
    select
        as_of_id,
        viewer_force,
        person_id,
        min(days_ago) as days_since_crime,
        count(*) as n_crimes_730,
        sum(harm_days) as harm_730,
        count(distinct force_code) as n_forces_730
    from {{ ref('feat_crimes_at') }}
    where role = 'suspect'
    group by as_of_id, viewer_force, person_id
),

victims as (
    select
        as_of_id,
        viewer_force,
        person_id,
        count(distinct other_id) as n_victims_730
    from {{ ref('feat_harms_at') }}
    where role = 'suspect' and other_id is not null
    group by as_of_id, viewer_force, person_id
)

select
    {{ whose('managed', 'viewer_force') }},
    {{ age_at() }} as age_years,
    managed.days_since_release,
    coalesce(crimes.days_since_crime, 730) as days_since_crime,
    {{ or_nothing('crimes', ['n_crimes_730', 'harm_730', 'n_forces_730']) }},
    coalesce(victims.n_victims_730, 0) as n_victims_730,
    {{ or_nothing('others', ['intel_weight_365', 'n_custody_365']) }},
    coalesce(others.n_breaches_730, 0) + managed.n_late_notifications as n_breaches_730,
    managed.n_overdue_visits,
    coalesce(addresses.n_unnotified_addresses_730, 0) as n_unnotified_addresses_730
from {{ ref('feat_managed_at') }} as managed
{{ with_whose('managed') }}
left join crimes on {{ same_person('crimes', 'managed') }}
left join victims on {{ same_person('victims', 'managed') }}
left join {{ ref('feat_addresses_at') }} as addresses on {{ same_person('addresses', 'managed') }}
left join {{ ref('feat_others_at') }} as others on {{ same_person('others', 'managed') }}
where {{ is_in_cohort(10) }}
