-- Who came onto a force's list or left it since a week ago, and why. Victims have no list and so no movers.
select
    head,
    force_code,
    person_id,
    is_entry,
    rank,
    why
from {{ source('scored', 'people_movers') }}
where head <> 'vawg_victim'
