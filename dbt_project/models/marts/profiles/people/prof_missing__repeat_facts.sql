with interviews as (
    select
        force_code,
        missing_ref,
        bool_or(is_offered) as is_offered,
        bool_or(held_at is not null) as is_held
    from {{ ref('stg_return_interviews') }}
    group by force_code, missing_ref
),

weeks as (
    select
        episodes.viewer_force,
        episodes.person_id,
        episodes.days_ago // 7 as weeks_ago,
        count(*) as n
    from {{ ref('feat_missing__episodes') }} as episodes
    group by episodes.viewer_force, episodes.person_id, weeks_ago
),

summed as (
    select
        episodes.viewer_force,
        episodes.person_id,
        count(*) filter (where episodes.returned_at is not null) as n_due,
        count(*) filter (where interviews.is_offered) as n_offered,
        count(*) filter (where interviews.is_held) as n_held,
        list_sort(list(distinct {{ spoken('episodes.harm') }}) filter (where episodes.is_harm_recorded)) as harms
    from {{ ref('feat_missing__episodes') }} as episodes
    left join interviews
        on episodes.force_code = interviews.force_code and episodes.missing_ref = interviews.missing_ref
    where episodes.days_ago between 0 and 365
    group by episodes.viewer_force, episodes.person_id
)

select
    listed.force_code,
    listed.person_ref,
    people.n_90_days,
    people.n_365_days,
    (
        select {{ list_by('cast(coalesce(weeks.n, 0) as bigint)', 'slot.n desc') }}
        from (select unnest(range(26)) as n) as slot
        left join weeks
            on
                weeks.viewer_force = listed.force_code and weeks.person_id = listed.person_id
                and slot.n = weeks.weeks_ago
    ) as weekly,
    array_to_string(summed.harms, ', ') as harm_text,
    cast(null as date) as trigger_plan_on,
    cast(null as date) as strategy_meeting_on,
    summed.n_due as n_interviews_due,
    summed.n_offered as n_interviews_offered,
    summed.n_held as n_interviews_held,
    cast(null as varchar) as interview_summary,
    cast([] as varchar[]) as push_pull
from {{ ref('feat_people__listed') }} as listed
inner join {{ ref('feat_missing__people') }} as people
    on listed.force_code = people.viewer_force and listed.person_id = people.person_id
inner join summed on listed.force_code = summed.viewer_force and listed.person_id = summed.person_id
where listed.profile = 'missing'
