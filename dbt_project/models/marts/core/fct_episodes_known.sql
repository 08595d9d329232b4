-- Missing episodes as each force may see them, in each span in which they were known: how long, how far, what harm.
select
    people.viewer_force,
    people.person_id,
    episodes.force_code,
    episodes.source_record_id as missing_ref,
    coalesce(episodes.reported_at, episodes.occurred_from) as missing_from,
    episodes.known_from,
    episodes.known_until,
    greatest(
        coalesce(
            {{ hours_between('coalesce(episodes.reported_at, episodes.occurred_from)', 'episodes.returned_at') }}, 0
        ),
        0
    )
        as hours_missing,
    coalesce(episodes.harm, 'none') in ('physical', 'sexual', 'exploitation', 'self_harm', 'fatal') as has_harm,
    coalesce(episodes.has_cse_marker, false) or coalesce(episodes.has_cce_marker, false)
    or coalesce(episodes.is_trafficking_referred, false) as has_exploitation_sign,
    coalesce(episodes.found_place = 'out_of_force', false)
    or coalesce(episodes.found_force <> episodes.force_code, false) as is_found_elsewhere,
    cast(coalesce(episodes.distance_km, 0) as decimal(12, 3)) as distance_km,
    episodes.co_missing_refs
from {{ ref('stg_missing_episodes_known') }} as episodes
inner join {{ ref('bridge_people_seen') }} as people
    on
        episodes.force_code = people.force_code
        and people.feed = 'missing_episode'
        and episodes.source_record_id = people.source_record_id
