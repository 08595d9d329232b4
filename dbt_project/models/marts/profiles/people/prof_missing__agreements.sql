select distinct
    viewer_force as force_code,
    owner_force,
    feed,
    'missing' as purpose,
    cast('2000-01-01' as date) as from_on,
    cast(null as date) as to_on
from {{ ref('bridge_forces_to_kinds') }}
where viewer_force <> owner_force
