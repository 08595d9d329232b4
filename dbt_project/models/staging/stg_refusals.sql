select
    delivery_id,
    reason_code,
    reason,
    n_rows,
    first_line
from {{ source('landed', 'refusals') }}
