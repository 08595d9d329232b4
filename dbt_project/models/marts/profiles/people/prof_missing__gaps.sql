select
    head.force_code,
    gaps.gap_code,
    cast(gaps.gap_order as bigint) as gap_order,
    gaps.subject,
    gaps.text,
    gaps.page_id
from {{ ref('known_gaps') }} as gaps
cross join {{ ref('prof_missing__head') }} as head
where gaps.profile = 'missing'
