-- Values that too many people share to say anything about one: struck before linkage, and listed here.
select
    column_name,
    value as said,
    n_mentions,
    n_people
from {{ source('linked', 'generic_values') }}
