-- Episodes of the force's own that are not closed and have no return.
select
    episodes.viewer_force as force_code,
    episodes.missing_ref as episode_ref,
    {{ printed_ref('M', 'episodes.person_id') }} as person_ref,
    standing.age,
    {{ spoken_first("coalesce(episodes.missing_from_type, 'not_recorded')") }} as missing_from,
    episodes.hours,
    {{ spoken("coalesce(episodes.risk_current, 'not recorded')") }} as recorded_level,
    cast(case episodes.risk_current when 'high' then 1 when 'medium' then 2 when 'low' then 3 else 4 end as bigint)
        as level_order,
    cast(episodes.recorded_at as date) as level_on,
    list_filter([
        case when episodes.has_exploitation_sign then 'Signs of exploitation' end,
        case when episodes.has_dementia_marker then 'Dementia recorded' end,
        case when episodes.has_self_harm_marker then 'Self-harm recorded' end,
        case when people.n_90_days >= 3 then people.n_90_days || ' episodes in 90 days' end
    ], lambda signal: signal is not null) as signals,
    coalesce(episodes.risk_current not in ('high', 'medium') and (
        episodes.has_exploitation_sign or episodes.has_dementia_marker or episodes.has_self_harm_marker
    ), false) as is_higher,
    cast(null as bigint) as last_review_hours,
    cast(null as varchar) as owner,
    cast(null as boolean) as has_photo
from {{ ref('feat_missing__episodes') }} as episodes
inner join {{ ref('feat_people__standing') }} as standing
    on episodes.viewer_force = standing.viewer_force and episodes.person_id = standing.person_id
left join {{ ref('feat_missing__people') }} as people
    on episodes.viewer_force = people.viewer_force and episodes.person_id = people.person_id
where
    episodes.force_code = episodes.viewer_force and episodes.returned_at is null
    and episodes.status is distinct from 'closed' and not standing.is_deceased
