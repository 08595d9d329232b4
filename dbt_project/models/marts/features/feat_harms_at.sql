-- Every crime of a person that counts at each as-of moment, once for each other side of it: known before the moment, in
-- the two years before it.
select
    moments.as_of_id,
    harms.viewer_force,
    harms.person_id,
    harms.role,
    harms.other_id,
    harms.crime_key,
    min(harms.force_code) as force_code,
    min(harms.crime_ref) as crime_ref,
    min(harms.occurred_from) as occurred_from,
    min(harms.team) as team,
    max(harms.harm_days) as harm_days,
    bool_or(harms.is_charged) as is_charged,
    bool_or(harms.is_child_victim) as is_child_victim,
    bool_or(harms.is_exploitation) as is_exploitation,
    bool_or(harms.is_vawg) as is_vawg,
    min({{ days_ago('harms.occurred_from', 'moments.as_at') }}) as days_ago
from {{ ref('fct_harms_seen') }} as harms
inner join {{ ref('stg_as_ofs') }} as moments
    on
        harms.occurred_from < moments.occurred_before
        and harms.occurred_from >= moments.as_at - interval '730' day
        and harms.known_from < moments.known_before
        and harms.known_until >= moments.known_before
group by
    moments.as_of_id, harms.viewer_force, harms.person_id, harms.role, harms.other_id, harms.crime_key
