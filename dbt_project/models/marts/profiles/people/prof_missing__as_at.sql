with due as (
    select
        episodes.viewer_force,
        count(*) as n_episodes,
        count(*) filter (where not coalesce(interviews.is_held, false)) as n_without
    from {{ ref('feat_missing__episodes') }} as episodes
    left join (
        select
            force_code,
            missing_ref,
            bool_or(held_at is not null) as is_held
        from {{ ref('stg_return_interviews') }}
        group by force_code, missing_ref
    ) as interviews
        on episodes.force_code = interviews.force_code and episodes.missing_ref = interviews.missing_ref
    where episodes.force_code = episodes.viewer_force and episodes.days_ago <= 90 and episodes.returned_at is not null
    group by episodes.viewer_force
)

select
    head.force_code,
    strftime(night.as_of_at, '%-d %B %Y, %H:%M') as as_at_text,
    count(open_now.episode_ref) as n_missing,
    count(open_now.episode_ref) filter (where open_now.age < 18) as n_children,
    count(open_now.episode_ref) filter (where open_now.is_higher) as n_higher,
    coalesce(max(due.n_without), 0) as n_interviews_without,
    coalesce(max(due.n_episodes), 0) as n_episodes
from {{ ref('prof_missing__head') }} as head
cross join {{ ref('stg_nights') }} as night
left join {{ ref('prof_missing__open_now') }} as open_now on head.force_code = open_now.force_code
left join due on head.force_code = due.viewer_force
group by head.force_code, night.as_of_at
