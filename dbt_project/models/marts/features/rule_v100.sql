-- A line in the manner of the V100 list: suspects of two such crimes or more in the year before the as-of moment, with
-- their days of harm. profiles/scoring/rules/v100.py is the reference.
select
    as_of_id,
    viewer_force as force_code,
    person_id,
    cast(sum(harm_days) as integer) as harm_days,
    cast(count(distinct crime_key) as integer) as n_crimes,
    cast(count(distinct other_id) as integer) as n_victims,
    cast(min(days_ago) as integer) as days_since
from {{ ref('feat_harms_at') }}
where role = 'suspect' and is_vawg and days_ago <= 365
group by as_of_id, viewer_force, person_id
having count(distinct crime_key) >= 2
