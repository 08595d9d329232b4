select
    viewer_force as force_code,
    count(*) as n_people,
    count(*) filter (where route = 'listed') as n_ranked,
    count(*) filter (where route = 'custody') as n_in_custody,
    count(*) filter (where route = 'child') as n_children,
    count(*) filter (where route = 'quiet') as n_quiet,
    cast(0 as bigint) as n_stale,
    cast(null as double) as base_rate,
    cast(90 as bigint) as horizon_days,
    'a further serious allegation' as outcome_text,
    false as is_model_used,
    'the harm weight of what is alleged in two years, half as much when older than a year' as rule_text,
    'Rules only: no model bundle stands for this list, so no chance is printed.' as why_no_model,
    cast(null as varchar) as model_version
from {{ ref('feat_vawg__suspects') }}
group by viewer_force
