-- Features of everybody harmed by violence against women and girls in two years, at each as-of moment and for each
-- force with such a record of its own; columns as profiles/definitions/vawg_victim.yml names them. Victims are never
-- ranked in a pack: the score orders checks for gaps in protection.
with crimes as (
    select
        as_of_id,
        viewer_force,
        person_id,
        {{ vawg_counts([90, 365, 730], [180]) }},
        {{ harm_sums([365]) }},
        count(distinct force_code) as n_forces_730
    from {{ ref('feat_crimes_at') }}
    where role = 'victim'
    group by as_of_id, viewer_force, person_id
),

named as (
    select
        as_of_id,
        viewer_force,
        person_id,
        {{ in_window('count(distinct other_id)', 365) }} as n_people_named_365
    from {{ ref('feat_harms_at') }}
    where role = 'victim' and other_id is not null
    group by as_of_id, viewer_force, person_id
)

select
    {{ whose('crimes') }},
    crimes.* exclude (as_of_id, viewer_force, person_id, n_vawg_own, last_vawg_force),
    coalesce(named.n_people_named_365, 0) as n_people_named_365,
    {{ or_nothing('others', ['n_referrals_365', 'n_missing_365']) }},
    coalesce(others.n_da_incidents_against_365, 0) as n_da_incidents_365,
    coalesce(others.intel_any_weight_365, 0) as intel_weight_365,
    coalesce(others.n_breaches_against_365, 0) as n_breaches_against_365
from crimes
{{ with_whose('crimes') }}
left join named
    on {{ same_person('named', 'crimes') }}
left join {{ ref('feat_others_at') }} as others
    on {{ same_person('others', 'crimes') }}
where crimes.n_vawg_own > 0 and {{ is_in_cohort(0) }}
