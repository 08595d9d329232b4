-- Outcome of missing_repeat: three further episodes or more within 28 days. Only for training.
select
    moments.as_of_id,
    episodes.viewer_force as force_code,
    episodes.person_id,
    count(distinct episodes.force_code || ':' || episodes.missing_ref) >= 3 as has_many_episodes,
    cast(count(*) as double) as harm_days
from {{ ref('fct_episodes_known') }} as episodes
inner join {{ ref('stg_as_ofs') }} as moments on {{ after_moment('episodes', 'episodes.missing_from', 28, 7) }}
group by moments.as_of_id, episodes.viewer_force, episodes.person_id
