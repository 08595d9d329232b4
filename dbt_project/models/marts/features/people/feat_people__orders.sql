-- Orders and bail on a listed person, of the force's own records: no agreement shares them.
select distinct
    listed.profile,
    listed.force_code,
    listed.person_ref,
    orders.order_ref,
    case orders.kind when 'bail' then 'Police bail' else orders.kind end as kind,
    orders.start_date,
    orders.end_date,
    orders.status,
    orders.conditions_text,
    cast(orders.breached_at as date) as breached_on
from {{ ref('feat_people__listed') }} as listed
inner join {{ ref('bridge_forces_to_mentions') }} as seen
    on listed.force_code = seen.viewer_force and listed.person_id = seen.person_id
inner join {{ ref('stg_orders') }} as orders
    on seen.force_code = orders.force_code and seen.source_record_id = orders.person_ref
where seen.feed = 'person' and seen.force_code = listed.force_code
