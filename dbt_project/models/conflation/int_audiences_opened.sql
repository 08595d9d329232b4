-- Which kinds of record each force may see: its own, and those that an agreement opens. The default is no.
select
    viewer_force,
    owner_force,
    feed,
    handling,
    sensitivity
from {{ source('linked', 'audiences') }}
