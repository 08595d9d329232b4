select
    viewer_force as force_code,
    count(*) as n_people,
    count(*) filter (where route = 'listed') as n_ranked,
    cast(0 as bigint) as n_in_custody,
    count(*) filter (where route = 'listed' and age < 18) as n_children,
    count(*) filter (where route = 'quiet') as n_quiet,
    cast(0 as bigint) as n_stale,
    cast(null as double) as base_rate,
    cast(28 as bigint) as horizon_days,
    'harm when missing' as outcome_text,
    false as is_model_used,
    'harm recorded when missing, then episodes in 90 days, then in a year' as rule_text,
    'Rules only: no model bundle stands for this list, so no chance is printed.' as why_no_model,
    cast(null as varchar) as model_version
from {{ ref('feat_missing__people') }}
group by viewer_force
