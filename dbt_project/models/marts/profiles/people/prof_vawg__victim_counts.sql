-- No feed says who lives with whom, so children are 0 here and the page says that a child may live there unrecorded.
select
    head.force_code,
    count(protected.person_id) as n_high_risk,
    cast(null as bigint) as n_high_risk_prev,
    count(*) filter (where protected.is_at_marac and protected.has_order) as n_protected,
    count(*) filter (
        where protected.is_other_at_liberty and not (protected.is_at_marac and protected.has_order)
    ) as n_gap,
    cast(0 as bigint) as n_children,
    cast(0 as bigint) as n_children_known,
    cast(0 as bigint) as n_children_unreferred,
    cast(0 as bigint) as n_access,
    cast(0 as bigint) as n_homes_unreferred
from {{ ref('prof_vawg__head') }} as head
left join {{ ref('feat_vawg__protected') }} as protected on head.force_code = protected.force_code
group by head.force_code
