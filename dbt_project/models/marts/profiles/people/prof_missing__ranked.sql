-- Repeat missing people who need a plan; lists print the reference, their own page the name. Their order says where
-- harm was recorded and who has gone most often, not who is a risk.
select
    context.force_code,
    context.person_ref,
    standing.full_name as name,
    context.person_ref as short_name,
    standing.born_on,
    standing.age,
    context.rank,
    cast(null as bigint) as rank_prev,
    chr(64 + cast(least(people.rank_group, 26) as integer)) as rank_group,
    context.rank as rule_rank,
    {{ no_chance() }},
    list_prepend(context.own_name, context.other_names) as forces,
    list_filter([
        case when people.n_signs > 0 then 'Exploitation signs' end,
        case when people.is_looked_after then 'In care' end,
        case when people.has_dementia then 'Dementia recorded' end,
        case when people.has_self_harm then 'Self-harm recorded' end,
        case when context.is_also_victim then 'Victim in a crime' end
    ], lambda flag: flag is not null) as flags,
    'Last reported missing on ' || strftime(people.last_on, '%-d %b %Y') || '.' as status_text,
    people.n_90_days || ' episodes in 90 days, ' || people.n_365_days || ' in a year; '
    || case
        when people.n_out > 0 then 'found in another force ' || people.n_out || ' times.' else 'found in this force.'
    end as summary_text,
    cast({{ days_between('people.last_on', 'night.as_of_date') }} as bigint) as recency_days,
    people.recency_pct,
    cast(people.n_365_days as bigint) as n_events,
    people.frequency_pct,
    people.gravity_pct,
    people.n_90_days || ' episodes in 90 days'
    || case when people.n_harm > 0 then '; harm recorded in ' || people.n_harm else '' end
    || case when people.n_signs > 0 then '; signs of exploitation' else '' end as reasons_text,
    {{ last_decision('people') }},
    {{ no_weakest() }},
    cast(people.last_on + 90 as date) as drops_out_on,
    context.is_also_victim,
    cast(null as varchar) as manager
from {{ ref('feat_people__context') }} as context
inner join {{ ref('feat_missing__people') }} as people
    on context.force_code = people.viewer_force and context.person_id = people.person_id
inner join {{ ref('feat_people__standing') }} as standing
    on context.force_code = standing.viewer_force and context.person_id = standing.person_id
cross join {{ ref('stg_nights') }} as night
where context.profile = 'missing'
