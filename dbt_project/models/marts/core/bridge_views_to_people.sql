-- Who each mention is in the view of a force that may see only part of what surrounds it. A mention here is that person
-- to that force; any other mention that the force may see is whom bridge_mentions_to_people says.
select
    viewer_force,
    mention_id,
    person_id
from {{ ref('int_views_resolved') }}
