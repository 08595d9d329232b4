-- What the rule score RFGV counts, for each list, person and as-of moment: an event is a crime against a victim, or a
-- domestic incident that is no crime. Lists of suspects and of victims stay apart by list_name.
with events as (
    {% for list_name, role, kind, condition in [
        ('vawg_suspect', 'suspect', 'da_incident', 'is_vawg'), ('vawg_victim', 'victim', 'da_incident_against', 'is_vawg'),
        ('visor', 'suspect', '', 'true'),
    ] %}
        select
            '{{ list_name }}' as list_name, as_of_id, viewer_force, person_id, other_id, days_ago, harm_days,
            is_charged, is_child_victim, true as is_crime
        from {{ ref('feat_harms_at') }}
        where role = '{{ role }}' and {{ condition }}
        union all
        select distinct
            '{{ list_name }}' as list_name, as_of_id, viewer_force, person_id,
            force_code || ':' || source_record_id as other_id, days_ago, 0 as harm_days,
            false as is_charged, false as is_child_victim, false as is_crime
        from {{ ref('feat_events_at') }}
        where kind = '{{ kind }}'
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

others as (
    select
        list_name,
        as_of_id,
        viewer_force,
        person_id,
        other_id,
        is_crime,
        count(*) as n_events,
        min(days_ago) as days_since,
        sum(harm_days) filter (where not is_charged) as alleged_days,
        sum(harm_days) filter (where is_charged) as charged_days,
        bool_or(is_child_victim) as has_child
    from events
    group by list_name, as_of_id, viewer_force, person_id, other_id, is_crime
)

select
    list_name,
    as_of_id,
    viewer_force,
    person_id,
    cast(min(days_since) as integer) as days_since,
    cast(coalesce(sum(n_events) filter (where is_crime), 0) as integer) as n_crimes,
    cast(coalesce(sum(n_events) filter (where not is_crime), 0) as integer) as n_incidents,
    cast(count(other_id) filter (where is_crime) as integer) as n_victims,
    cast(coalesce(sum(alleged_days), 0) as integer) as harm_alleged,
    cast(coalesce(sum(charged_days), 0) as integer) as harm_charged,
    coalesce(bool_or(has_child), false) as has_child,
    coalesce(bool_or(n_events >= 3) filter (where is_crime and other_id is not null), false) as is_same_again
from others
group by list_name, as_of_id, viewer_force, person_id
