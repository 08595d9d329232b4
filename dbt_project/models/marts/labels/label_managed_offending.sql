-- Outcome of managed_offending: within 180 days a new crime as suspect that is sexual or violent, taken here as one
-- against women and girls or of 20 days of harm or more. Only for training.
select
    moments.as_of_id,
    harms.viewer_force as force_code,
    harms.person_id,
    count(*) > 0 as has_new_crime,
    cast(sum(harms.harm_days) as double) as harm_days
from {{ ref('fct_harms_seen') }} as harms
inner join {{ ref('stg_as_ofs') }} as moments on {{ after_moment('harms', 'harms.occurred_from', 180, 90) }}
where harms.role = 'suspect' and (harms.is_vawg or harms.harm_days >= 20)
group by moments.as_of_id, harms.viewer_force, harms.person_id
