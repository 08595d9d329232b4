-- Which person is tied to which place, phone, e-mail address, vehicle or handle, and how many people share it.
select
    person_id,
    key_id,
    kind,
    n_mentions,
    count(*) over (partition by key_id) as n_people
from {{ ref('int_contacts_shared') }}
