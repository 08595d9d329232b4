select
    delivery_id,
    n_rows,
    n_expectations,
    reason_code,
    field,
    severity,
    n_unexpected
from {{ source('landed', 'validations') }}
