-- The person of each mention as the linkage found it, and a concern where a person should look.
select
    mention_id,
    person_id,
    concern
from {{ source('linked', 'people') }}
