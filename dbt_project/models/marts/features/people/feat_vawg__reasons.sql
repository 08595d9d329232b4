-- The parts of the harm score of each listed suspect, by offence: they add up to it.
with parts as (
    select
        'vawg' as profile,
        listed.force_code,
        listed.person_ref,
        lower(acts.category) as group_code,
        acts.offence as lead_text,
        sum(case when acts.occurred_on >= night.as_of_date - 365 then 2 else 1 end * acts.harm_days) as weight,
        count(distinct acts.force_code || acts.crime_ref) as n_crimes,
        count(distinct acts.victim_id) as n_victims,
        max(acts.occurred_on) as last_on,
        list(distinct acts.force_code || acts.crime_ref) as crimes
    from {{ ref('feat_people__listed') }} as listed
    inner join {{ ref('feat_vawg__acts') }} as acts
        on listed.force_code = acts.viewer_force and listed.person_id = acts.person_id
    cross join {{ ref('stg_nights') }} as night
    where listed.profile = 'vawg'
    group by listed.force_code, listed.person_ref, acts.category, acts.offence
)

select
    parts.profile,
    parts.force_code,
    parts.person_ref,
    parts.group_code,
    cast(parts.weight as double)
    / sum(parts.weight) over (partition by parts.force_code, parts.person_ref) as push,
    parts.lead_text,
    'alleged ' || case when parts.n_crimes = 1 then 'once' else parts.n_crimes || ' times' end || ', by '
    || case when parts.n_victims = 1 then 'one person' else parts.n_victims || ' people' end
    || '; last on ' || strftime(parts.last_on, '%-d %b %Y') || '.' as rest_text,
    parts.crimes
from parts
