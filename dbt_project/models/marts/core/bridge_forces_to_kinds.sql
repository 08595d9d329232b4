-- Which kinds of record (owner, feed, handling, sensitivity) each viewing force may see.
select
    viewer_force,
    owner_force,
    feed,
    handling,
    sensitivity
from {{ ref('int_audiences_opened') }}
