-- The lines of the table of harm weights, each with when it counts as violence against women and girls.
select
    gravity.key_kind,
    upper(gravity.offence_key) as offence_key,
    coalesce(gravity.ho_class, '') as ho_class,
    upper(coalesce(gravity.rc_class, '')) as rc_class,
    coalesce(gravity.force_override, gravity.cchi_days, gravity.css, 0) as harm_days,
    vawg.vawg_rule
from {{ ref('offence_gravity') }} as gravity
left join {{ ref('offence_vawg_map') }} as vawg on upper(gravity.offence_key) = upper(vawg.cjs_code)
where gravity.key_kind <> 'default'
