-- Every mention that a force may see, with the person it is to that force: its own records, and those of others that an
-- agreement opens. Handling code C and restricted records of another force never come in here, so nothing counts them.
select
    audiences.viewer_force,
    coalesce(views.person_id, mentions.person_id) as person_id,
    mentions.mention_id,
    mentions.force_code,
    mentions.feed,
    mentions.source_record_id,
    mentions.delivery_id,
    mentions.role,
    cast(mentions.occurred_from as date) as occurred_on,
    cast(mentions.known_at as date) as known_on,
    mentions.handling,
    nullif(mentions.sensitivity, 'none') as sensitivity
from {{ ref('bridge_mentions_to_people') }} as mentions
inner join {{ ref('bridge_forces_to_kinds') }} as audiences
    on
        coalesce(mentions.owner_force, mentions.force_code) = audiences.owner_force
        and mentions.feed = audiences.feed
        and mentions.handling is not distinct from audiences.handling
        and mentions.sensitivity is not distinct from audiences.sensitivity
left join {{ ref('bridge_views_to_people') }} as views
    on audiences.viewer_force = views.viewer_force and mentions.mention_id = views.mention_id
