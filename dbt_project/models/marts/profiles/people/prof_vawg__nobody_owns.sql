-- People whose alleged offences of two years lie with at least three teams, or with two forces: no one of them owns
-- the person. Only people a force may act on: adults at liberty.
with held as (
    select
        acts.viewer_force,
        acts.person_id,
        acts.force_code,
        {{ short_force('forces.force_name') }} || ': ' || coalesce(acts.team, 'team not recorded') as team,
        acts.crime_ref,
        acts.occurred_on,
        acts.harm_days,
        acts.victim_id,
        acts.is_open
    from {{ ref('feat_vawg__acts') }} as acts
    inner join {{ ref('dim_forces') }} as forces on acts.force_code = forces.force_code
),

by_team as (
    select
        viewer_force,
        person_id,
        team,
        count(distinct crime_ref) as n
    from held
    group by viewer_force, person_id, team
),

teams as (
    select
        viewer_force,
        person_id,
        count(*) as n_teams,
        count(distinct coalesce(nullif(regexp_extract(team, '^[^,]+, (.*)$', 1), ''), team)) as n_divisions,
        list(team order by n desc, team asc) as teams
    from by_team
    group by viewer_force, person_id
),

summed as (
    select
        viewer_force,
        person_id,
        count(distinct force_code || crime_ref) as n_offences,
        count(distinct force_code || crime_ref) filter (where is_open) as n_open,
        count(distinct victim_id) as n_victims,
        count(distinct force_code) as n_forces,
        min(occurred_on) as first_on,
        max(occurred_on) as last_on,
        max_by(team, struct_pack(open := is_open, days := harm_days, name := team)) as suggested_owner
    from held
    group by viewer_force, person_id
)

select
    summed.viewer_force as force_code,
    {{ printed_ref('S', 'summed.person_id') }} as person_ref,
    standing.full_name as name,
    standing.age,
    listed.rank,
    summed.n_offences,
    summed.n_open,
    summed.n_victims,
    teams.n_teams,
    teams.n_divisions,
    summed.n_forces,
    teams.teams,
    summed.first_on,
    summed.last_on,
    summed.suggested_owner
from summed
inner join teams on summed.viewer_force = teams.viewer_force and summed.person_id = teams.person_id
inner join {{ ref('feat_vawg__suspects') }} as suspects
    on summed.viewer_force = suspects.viewer_force and summed.person_id = suspects.person_id
inner join {{ ref('feat_people__standing') }} as standing
    on summed.viewer_force = standing.viewer_force and summed.person_id = standing.person_id
left join {{ ref('feat_people__listed') }} as listed
    on summed.viewer_force = listed.force_code and summed.person_id = listed.person_id and listed.profile = 'vawg'
where
    suspects.route = 'listed' and summed.n_offences >= 3
    and (teams.n_teams >= 3 or summed.n_forces >= 2)
