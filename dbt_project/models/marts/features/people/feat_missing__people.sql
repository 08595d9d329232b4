-- People who need a plan, one row a viewing force and person missing in the last year: those with three or more
-- episodes in 90 days are listed, by harm recorded, then by number, then by the year's number. No risk to others is
-- weighed here, and nobody is left out by age.
with summed as (
    select
        viewer_force,
        person_id,
        min(mention_id) as first_mention,
        count(*) filter (where days_ago <= 90) as n_90_days,
        count(*) as n_365_days,
        count(*) filter (where is_harm_recorded) as n_harm,
        count(*) filter (where has_exploitation_sign) as n_signs,
        count(*) filter (where found_force is not null and found_force <> viewer_force) as n_out,
        bool_or(is_looked_after) as is_looked_after,
        bool_or(has_dementia_marker) as has_dementia,
        bool_or(has_self_harm_marker) as has_self_harm,
        max(hours) as most_hours,
        max(occurred_on) as last_on,
        max(known_on) as known_on,
        count(distinct force_code) as n_forces,
        bool_or(force_code = viewer_force) as is_own
    from {{ ref('feat_missing__episodes') }}
    where days_ago between 0 and 365
    group by viewer_force, person_id
),

cohort as (
    select
        summed.*,
        standing.age,
        reviewed.decision,
        reviewed.owner,
        case
            when standing.is_deceased then 'deceased'
            when summed.n_90_days < 3 then 'few'
            when reviewed.decision = 'reject' and summed.known_on <= reviewed.decided_on then 'quiet'
            else 'listed'
        end as route
    from summed
    inner join {{ ref('feat_people__standing') }} as standing
        on summed.viewer_force = standing.viewer_force and summed.person_id = standing.person_id
    left join {{ ref('feat_people__reviewed') }} as reviewed
        on {{ printed_ref('M', 'summed.person_id') }} = reviewed.person_ref and reviewed.profile = 'missing'
    where summed.is_own
)

select
    *,
    100 * percent_rank() over (partition by viewer_force order by last_on) as recency_pct,
    100 * percent_rank() over (partition by viewer_force order by n_365_days) as frequency_pct,
    100 * percent_rank() over (partition by viewer_force order by n_harm) as gravity_pct,
    dense_rank() over (partition by viewer_force, route order by n_harm desc, n_90_days desc) as rank_group,
    row_number() over (
        partition by viewer_force, route order by n_harm desc, n_90_days desc, n_365_days desc, first_mention asc
    ) as rank
from cohort
