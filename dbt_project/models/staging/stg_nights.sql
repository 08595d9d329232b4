select
    cast(as_of_date as date) as as_of_date,
    cast(as_of_at as timestamp) as as_of_at
from {{ source('landed', 'night') }}
