-- Return interviews not recorded as offered within three days of the return, of the last 90 days.
with late as (
    select
        episodes.viewer_force,
        episodes.person_id,
        episodes.missing_ref,
        coalesce(episodes.host_authority, episodes.placing_authority, 'Authority not recorded') as authority,
        cast(episodes.returned_at as date) + 3 as due_on,
        episodes.occurred_on
    from {{ ref('feat_missing__episodes') }} as episodes
    cross join {{ ref('stg_nights') }} as night
    left join (
        select
            force_code,
            missing_ref,
            bool_or(is_offered) as is_offered
        from {{ ref('stg_return_interviews') }}
        group by force_code, missing_ref
    ) as interviews
        on episodes.force_code = interviews.force_code and episodes.missing_ref = interviews.missing_ref
    inner join {{ ref('feat_people__standing') }} as standing
        on episodes.viewer_force = standing.viewer_force and episodes.person_id = standing.person_id
    where
        episodes.force_code = episodes.viewer_force and episodes.days_ago <= 90 and standing.age < 18
        and not coalesce(interviews.is_offered, false)
        and cast(episodes.returned_at as date) + 3 < night.as_of_date
)

select
    late.viewer_force as force_code,
    row_number() over (partition by late.viewer_force order by late.due_on, late.missing_ref) as overdue_no,
    {{ printed_ref('M', 'late.person_id') }} as person_ref,
    'Return interview' as kind,
    late.authority,
    late.due_on,
    {{ days_between('late.due_on', 'night.as_of_date') }} as days_late,
    late.occurred_on as last_episode_on
from late
cross join {{ ref('stg_nights') }} as night
