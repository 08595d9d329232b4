-- Which force shows which feed to which other: the sharing agreements as pairs.
select
    viewer_force,
    owner_force,
    feed
from {{ source('landed', 'sharing') }}
