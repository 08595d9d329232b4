-- The moments that features are made for: seen from as_at, of what had occurred before one moment and was known before
-- another.
select
    cast(as_of_id as integer) as as_of_id,
    cast(as_at as timestamp) as as_at,
    cast(occurred_before as timestamp) as occurred_before,
    cast(known_before as timestamp) as known_before,
    purpose
from {{ source('landed', 'as_ofs') }}
