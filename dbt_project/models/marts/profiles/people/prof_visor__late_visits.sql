select
    nominals.viewer_force as force_code,
    {{ printed_ref('N', 'nominals.person_id') }} as person_ref,
    standing.full_name as name,
    late.kind,
    {{ spoken_first('nominals.arms_level') }} as level,
    cast(nominals.level_order as bigint) as level_order,
    late.last_done_on,
    late.due_on,
    late.days_late,
    case
        when late.days_late <= 7 then '1 to 7' when late.days_late <= 30 then '8 to 30'
        when late.days_late <= 90 then '31 to 90' else 'over 90'
    end as late_band,
    cast(case
        when late.days_late <= 7 then 1 when late.days_late <= 30 then 2
        when late.days_late <= 90 then 3 else 4
    end as bigint) as late_band_order,
    nominals.manager,
    cast(null as varchar) as reason,
    false as is_reactive
from {{ ref('feat_visor__nominals') }} as nominals
inner join {{ ref('feat_visor__late') }} as late
    on nominals.viewer_force = late.force_code and nominals.offender_ref = late.offender_ref
inner join {{ ref('feat_people__standing') }} as standing
    on nominals.viewer_force = standing.viewer_force and nominals.person_id = standing.person_id
where nominals.route = 'listed'
