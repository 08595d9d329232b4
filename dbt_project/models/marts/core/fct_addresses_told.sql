-- Postcodes that people gave in custody and as suspects, and those that managed offenders notified: compared, never
-- read.
select
    'told' as kind,
    people.viewer_force,
    people.person_id,
    mentions.postcode,
    mentions.occurred_from,
    mentions.known_at as known_from
from {{ ref('bridge_people_seen') }} as people
inner join {{ ref('int_mentions') }} as mentions on people.mention_id = mentions.mention_id
where mentions.postcode is not null and (people.feed = 'custody' or people.role = 'suspect')
union all
select
    'notified' as kind,
    managed.viewer_force,
    managed.person_id,
    notified.postcode,
    notified.occurred_from,
    notified.known_from
from {{ ref('stg_notifications_known') }} as notified
inner join {{ ref('fct_managed_known') }} as managed
    on notified.force_code = managed.force_code and notified.offender_ref = managed.offender_ref
where notified.postcode is not null
