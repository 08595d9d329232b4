-- Who each mention is: one row a mention. Names of persons change only through the ledger of ids.
select
    mentions.mention_id,
    linked.person_id,
    mentions.force_code,
    mentions.feed,
    mentions.source_record_id,
    mentions.delivery_id,
    mentions.line_number,
    mentions.role,
    mentions.occurred_from,
    mentions.recorded_at,
    mentions.known_at,
    mentions.owner_force,
    mentions.handling,
    mentions.sensitivity,
    linked.concern
from {{ ref('int_mentions') }} as mentions
inner join {{ ref('int_people_linked') }} as linked on mentions.mention_id = linked.mention_id
