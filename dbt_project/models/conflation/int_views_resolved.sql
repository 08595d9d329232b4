-- The person of a mention in the view of one force, where what that force may not see makes a difference.
select
    viewer_force,
    mention_id,
    person_id
from {{ source('linked', 'views') }}
