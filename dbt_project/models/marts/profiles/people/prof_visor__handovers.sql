-- Releases, ends of licence and ends of orders in the next 60 days, as recorded.
with due as (
    {% for kind, column in [('Licence ends', 'licence_end_date'), ('Release', 'release_date')] %}
        select
            nominals.viewer_force,
            nominals.person_id,
            '{{ kind }}' as kind,
            offenders.{{ column }} as due_on,
            nominals.arms_level,
            nominals.manager
        from {{ ref('feat_visor__nominals') }} as nominals
        inner join {{ ref('stg_managed_offenders') }} as offenders
            on nominals.viewer_force = offenders.force_code and nominals.offender_ref = offenders.offender_ref
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    due.viewer_force as force_code,
    {{ printed_ref('N', 'due.person_id') }} as person_ref,
    standing.full_name as name,
    due.kind,
    due.due_on,
    {{ spoken_first('due.arms_level') }} as level,
    due.manager as from_team,
    cast(null as varchar) as to_team,
    cast(null as date) as plan_on,
    cast(null as date) as accepted_on
from due
inner join {{ ref('feat_people__standing') }} as standing
    on due.viewer_force = standing.viewer_force and due.person_id = standing.person_id
cross join {{ ref('stg_nights') }} as night
where due.due_on >= night.as_of_date and due.due_on < night.as_of_date + 60
