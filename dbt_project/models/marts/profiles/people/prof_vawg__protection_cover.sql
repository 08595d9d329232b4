with steps as (
    select
        force_code,
        unnest([
            struct_pack(protection := 'Order or bail in force', place := 1, is_there := has_order),
            struct_pack(protection := 'Case at MARAC', place := 2, is_there := is_at_marac)
        ]) as step
    from {{ ref('feat_vawg__protected') }}
)

select
    force_code,
    step.protection,
    cast(step.place as bigint) as protection_order,
    count(*) filter (where step.is_there) as n_in_place,
    count(*) as n_due
from steps
group by force_code, step.protection, step.place
