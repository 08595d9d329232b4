-- Each person's joining: settled, in need of attention (and why) or overridden, and the bits of its weakest pair.
select
    person_id,
    state,
    reason,
    n_said,
    weakest_bits
from {{ source('linked', 'states') }}
