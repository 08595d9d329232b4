-- Crimes against people as each force may see them: one row for each force, person in a role, other side and span of
-- time. `other_id` is the victim of a suspect and the suspect of a victim.
{% set sides = [('suspect', 'victim'), ('victim', 'suspect')] %}
{% for role, other in sides %}
    select
        own.viewer_force,
        own.person_id,
        '{{ role }}' as role,
        coalesce(others.person_id, harms.{{ other }}_id, harms.force_code || ':' || harms.{{ other }}_ref) as other_id,
        harms.force_code,
        harms.crime_ref,
        harms.force_code || ':' || harms.crime_ref as crime_key,
        harms.occurred_from,
        harms.known_from,
        harms.known_until,
        harms.team,
        harms.harm_days,
        harms.is_charged,
        harms.is_child_victim,
        harms.is_exploitation,
        harms.is_vawg
    from {{ ref('fct_harms_known') }} as harms
    inner join {{ ref('bridge_people_seen') }} as own
        on
            harms.force_code = own.force_code
            and own.feed = 'crime_party'
            and harms.{{ role }}_ref = own.source_record_id
    left join {{ ref('bridge_people_seen') }} as others
        on
            own.viewer_force = others.viewer_force
            and harms.force_code = others.force_code
            and others.feed = 'crime_party'
            and harms.{{ other }}_ref = others.source_record_id
    where {{ is_seen('own.viewer_force', 'harms', "'crime'") }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
