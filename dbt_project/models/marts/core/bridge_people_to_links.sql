-- The pairs of mentions that hold each person together best, with their weight in bits: the ground of "how".
select
    person_id,
    mention_a_id,
    mention_b_id,
    bits
from {{ ref('int_links_held') }}
