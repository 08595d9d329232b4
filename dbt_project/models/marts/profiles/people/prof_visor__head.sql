select
    viewer_force as force_code,
    count(*) as n_people,
    count(*) filter (where route = 'listed') as n_ranked,
    count(*) filter (where route = 'custody') as n_in_custody,
    cast(0 as bigint) as n_children,
    cast(0 as bigint) as n_quiet,
    cast(0 as bigint) as n_stale,
    cast(null as double) as base_rate,
    cast(90 as bigint) as horizon_days,
    'a recorded breach or further allegation' as outcome_text,
    false as is_model_used,
    'the assessed level, then what is latest' as rule_text,
    'Rules only: no model bundle stands for this list, so no chance is printed.' as why_no_model,
    cast(null as varchar) as model_version
from {{ ref('feat_visor__nominals') }}
group by viewer_force
