-- Every missing episode that a force may see, with the person it is to that force.
select
    seen.viewer_force,
    seen.person_id,
    seen.mention_id,
    seen.known_on,
    seen.occurred_on,
    episodes.force_code,
    episodes.missing_ref,
    episodes.occurred_from,
    episodes.returned_at,
    episodes.recorded_at,
    episodes.missing_from_type,
    episodes.risk_current,
    episodes.status,
    episodes.host_authority,
    episodes.placing_authority,
    episodes.found_force,
    episodes.harm,
    episodes.has_cse_marker,
    episodes.has_cce_marker,
    episodes.has_dementia_marker,
    episodes.has_self_harm_marker,
    episodes.is_looked_after,
    coalesce(
        episodes.harm not in ('none', ''), false
    ) as is_harm_recorded,
    episodes.has_cse_marker or episodes.has_cce_marker or episodes.is_trafficking_referred as has_exploitation_sign,
    {{ days_between('seen.occurred_on', 'night.as_of_date') }} as days_ago,
    cast(coalesce(
        date_diff('hour', episodes.occurred_from, coalesce(episodes.returned_at, night.as_of_at)), 0
    ) as bigint) as hours
from {{ ref('bridge_forces_to_mentions') }} as seen
inner join {{ ref('stg_missing_episodes') }} as episodes
    on seen.force_code = episodes.force_code and seen.source_record_id = episodes.source_record_id
cross join {{ ref('stg_nights') }} as night
where seen.feed = 'missing_episode'
