-- The cohort of the list, one row a viewing force and named suspect, with a plain harm score: the days of harm of what
-- is alleged in two years, each crime once for each person harmed, half as much when older than a year (so the sum is
-- held in half days). Rank: more harm, then more recent, then the id of the first record. Children, the dead, people in
-- custody, and people rejected with nothing new have no rank.
with summed as (
    select
        acts.viewer_force,
        acts.person_id,
        cast(sum(
            case when acts.occurred_on >= night.as_of_date - 365 then 2 else 1 end * acts.harm_days
        ) as bigint) as half_days,
        count(distinct acts.victim_id) as n_victims,
        count(distinct acts.force_code) as n_forces,
        count(distinct acts.force_code || acts.crime_ref) as n_crimes,
        count(distinct acts.force_code || acts.crime_ref)
        filter (where acts.occurred_on >= night.as_of_date - 365) as n_year,
        count(distinct acts.force_code || acts.crime_ref) filter (where acts.harm_days >= 365) as n_serious,
        bool_or(acts.is_domestic_abuse) as is_domestic,
        max(acts.occurred_on) as last_on,
        max(acts.known_on) as known_on,
        max_by(acts.offence, struct_pack(acts.harm_days, acts.occurred_on, acts.offence)) as gravest
    from {{ ref('feat_vawg__acts') }} as acts
    cross join {{ ref('stg_nights') }} as night
    group by acts.viewer_force, acts.person_id
),

own as (
    select
        viewer_force,
        person_id,
        min(mention_id) as first_mention
    from {{ ref('bridge_forces_to_mentions') }}
    where force_code = viewer_force
    group by viewer_force, person_id
),

cohort as (
    select
        summed.*,
        own.first_mention,
        standing.age,
        standing.is_deceased,
        standing.is_in_custody,
        reviewed.decision,
        reviewed.owner,
        case
            when standing.is_deceased then 'deceased'
            when standing.age < 18 then 'child'
            when standing.is_in_custody then 'custody'
            when reviewed.decision = 'reject' and summed.known_on <= reviewed.decided_on then 'quiet'
            else 'listed'
        end as route
    from summed
    inner join own on summed.viewer_force = own.viewer_force and summed.person_id = own.person_id
    inner join {{ ref('feat_people__standing') }} as standing
        on summed.viewer_force = standing.viewer_force and summed.person_id = standing.person_id
    left join {{ ref('feat_people__reviewed') }} as reviewed
        on {{ printed_ref('S', 'summed.person_id') }} = reviewed.person_ref and reviewed.profile = 'vawg'
)

select
    cohort.*,
    {{ days_between('cohort.last_on', 'night.as_of_date') }} as recency_days,
    100 * percent_rank() over (partition by viewer_force order by last_on) as recency_pct,
    100 * percent_rank() over (partition by viewer_force order by n_year) as frequency_pct,
    100 * percent_rank() over (partition by viewer_force order by half_days) as gravity_pct,
    dense_rank() over (partition by viewer_force, route order by half_days desc) as rank_group,
    row_number()
        over (partition by viewer_force, route order by half_days desc, last_on desc, first_mention asc)
        as rank
from cohort
cross join {{ ref('stg_nights') }} as night
