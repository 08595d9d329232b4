-- The people who get a page, of every profile: the first twelve of each force's list. All that lies behind one person
-- (records, events, links) is looked up for these only.
with ranked as (
    {% for profile, letter, cohort in [
        ('vawg', 'S', 'feat_vawg__suspects'), ('missing', 'M', 'feat_missing__people'),
        ('visor', 'N', 'feat_visor__nominals'),
    ] %}
        select
            '{{ profile }}' as profile,
            viewer_force as force_code,
            person_id,
            {{ printed_ref(letter, 'person_id') }} as person_ref,
            cast(rank as bigint) as rank
        from {{ ref(cohort) }}
        where route = 'listed' and rank <= 12
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from ranked
