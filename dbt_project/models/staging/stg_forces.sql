select
    force_code,
    force_name,
    is_fictional,
    population,
    n_lsoas
from {{ source('landed', 'forces') }}
