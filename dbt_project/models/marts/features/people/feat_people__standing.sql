-- One row a person and viewing force: what most of the mentions it may see say, and where the person is now.
with said as (
    {% for kind, value in [
        ('surname', 'upper(mentions.surname)'), ('forename', 'mentions.forename'),
        ('birth_date', 'cast(mentions.birth_date as varchar)'), ('sex', 'mentions.sex'),
    ] %}
        select
            seen.viewer_force,
            seen.person_id,
            '{{ kind }}' as kind,
            {{ value }} as said,
            count(*) as n
        from {{ ref('bridge_forces_to_mentions') }} as seen
        inner join {{ ref('dim_mentions') }} as mentions on seen.mention_id = mentions.mention_id
        where {{ value }} is not null and seen.role <> 'former name'
        group by seen.viewer_force, seen.person_id, said
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

first_said as (
    select *
    from said
    qualify row_number() over (partition by viewer_force, person_id, kind order by n desc, length(said) desc, said) = 1
),

named as (
    select
        viewer_force,
        person_id,
        max(said) filter (where kind = 'surname') as surname,
        max(said) filter (where kind = 'forename') as forename,
        cast(max(said) filter (where kind = 'birth_date') as date) as born_on,
        max(said) filter (where kind = 'sex') as sex
    from first_said
    group by viewer_force, person_id
),

whereabouts as (
    select
        seen.viewer_force,
        seen.person_id,
        bool_or(nominals.status = 'deceased') as is_deceased,
        bool_or(nominals.status = 'in_custody') as is_in_custody
    from {{ ref('bridge_forces_to_mentions') }} as seen
    inner join {{ ref('stg_persons') }} as nominals
        on seen.force_code = nominals.force_code and seen.source_record_id = nominals.source_record_id
    where seen.feed = 'person'
    group by seen.viewer_force, seen.person_id
)

select
    named.viewer_force,
    named.person_id,
    named.surname,
    named.forename,
    coalesce(named.surname, '?') || coalesce(', ' || named.forename, '') as full_name,
    named.born_on,
    cast({{ years_between('named.born_on', 'night.as_of_date') }} as bigint) as age,
    named.sex,
    coalesce(whereabouts.is_deceased, false) as is_deceased,
    coalesce(whereabouts.is_in_custody, false) as is_in_custody
from named
cross join {{ ref('stg_nights') }} as night
left join whereabouts on named.viewer_force = whereabouts.viewer_force and named.person_id = whereabouts.person_id
