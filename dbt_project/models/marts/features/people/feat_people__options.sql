-- Tactical options of the seed tactical_options, each with what in the records proposed it. Only triggers that the
-- records can show are here; an option without one is never proposed.
{% set rules = [
    ('vawg', 'PUR05', "'domestic abuse alleged, no order held'", 'suspects.is_domestic and not context.has_order'),
    ('vawg', 'PUR06', "context.n_breaches || ' recorded as broken'", 'context.n_breaches > 0'),
    ('vawg', 'PUR02', "suspects.n_crimes || ' crimes in ' || suspects.n_forces || ' forces'", 'suspects.n_forces > 1'),
    ('vawg', 'PRT08', "'several people report harm'", 'suspects.n_victims > 1'),
    ('vawg', 'PRV01', "'first ten by the rule'", 'context.rank <= 10'),
    ('vawg', 'PRE03', "'on the list'", 'true'),
    ('missing', 'PRT05', "'signs recorded in ' || people.n_signs || ' episodes'", 'people.n_signs > 0'),
    ('missing', 'PRT04', "people.n_harm || ' episodes with harm'", 'people.n_harm > 0 and people.age < 18'),
    ('missing', 'PRT07', "people.n_90_days || ' episodes in 90 days'", 'people.is_looked_after or people.has_dementia'),
    ('visor', 'PUR08', "'visit late'", "nominals.latest_kind = 'Visit'"),
    ('visor', 'PUR06', "context.n_breaches || ' recorded as broken'", 'context.n_breaches > 0'),
] %}
{% set cohorts = {
    'vawg': ('feat_vawg__suspects', 'suspects'),
    'missing': ('feat_missing__people', 'people'),
    'visor': ('feat_visor__nominals', 'nominals'),
} %}
with triggers as (
    {% for profile, code, words, condition in rules %}
        {% set cohort, alias = cohorts[profile] %}
        select
            context.profile,
            context.force_code,
            context.person_ref,
            '{{ code }}' as code,
            {{ words }} as trigger_text
        from {{ ref('feat_people__context') }} as context
        inner join {{ ref(cohort) }} as {{ alias }}
            on context.force_code = {{ alias }}.viewer_force and context.person_id = {{ alias }}.person_id
        where context.profile = '{{ profile }}' and ({{ condition }})
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    triggers.profile,
    triggers.force_code,
    triggers.person_ref,
    triggers.code as option_code,
    options.p,
    cast(
        case options.p when 'Pursue' then 1 when 'Protect' then 2 when 'Prevent' then 3 else 4 end as bigint
    ) as p_order,
    options.option,
    options.basis,
    triggers.trigger_text
from triggers
inner join {{ ref('tactical_options') }} as options on triggers.code = options.code
