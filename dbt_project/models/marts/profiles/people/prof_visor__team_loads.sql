-- Nominals in the community by manager. The agreed number is the seed's: it is nobody's law.
select
    viewer_force as force_code,
    manager as team,
    count(*) as n_nominals,
    count(*) filter (where level_order <= 2) as n_very_high,
    cast(count(*) as double) as load,
    cast(50 as double) as agreed_load,
    count(*) > 50 as is_above
from {{ ref('feat_visor__nominals') }}
where route = 'listed'
group by viewer_force, manager
