-- Two people who share a key that few share: each pair once, with the kinds of key. A tie, not a joining.
with few as (
    select
        person_id,
        key_id,
        kind
    from {{ ref('bridge_people_to_keys') }}
    where n_people between 2 and 12
)

select
    a.person_id as person_a_id,
    b.person_id as person_b_id,
    count(*) as n_keys,
    count(distinct a.kind) as n_kinds,
    min(a.kind) as first_kind
from few as a
inner join few as b on a.key_id = b.key_id and a.person_id < b.person_id
group by a.person_id, b.person_id
