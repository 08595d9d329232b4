select
    force_code,
    authority,
    count(*) as n_due,
    cast(0 as bigint) as n_done,
    count(*) as n_late
from {{ ref('prof_missing__overdue') }}
group by force_code, authority
