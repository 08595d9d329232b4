select
    feed,
    feed_title,
    not_held_sentence,
    freshness_days,
    contract_version
from {{ source('landed', 'feeds') }}
