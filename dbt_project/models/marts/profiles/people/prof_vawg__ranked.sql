-- The people to review, by rule: those whose page the pack prints, and a few after them with a page of their own.
select
    context.force_code,
    context.person_ref,
    standing.full_name as name,
    {{ spoken_first('lower(standing.surname)') }} as short_name,
    standing.born_on,
    standing.age,
    context.rank,
    cast(null as bigint) as rank_prev,
    chr(64 + cast(least(suspects.rank_group, 26) as integer)) as rank_group,
    context.rank as rule_rank,
    {{ no_chance() }},
    list_prepend(context.own_name, context.other_names) as forces,
    list_filter([
        case when context.is_on_bail then 'On bail' end,
        case when context.has_order then 'Order held' end,
        case when context.manager is not null then 'Managed' end,
        case when context.is_missing_linked then 'Missing link' end
    ], lambda flag: flag is not null) as flags,
    case when context.is_on_bail then 'On bail.' else 'Not recorded as in custody.' end as status_text,
    'Named suspect in ' || suspects.n_crimes || case when suspects.n_crimes = 1 then ' crime' else ' crimes' end
    || ' against '
    || suspects.n_victims
    || case when suspects.n_victims = 1 then ' woman or girl' else ' women or girls' end
    || ' in two years, '
    || suspects.n_forces
    || case when suspects.n_forces = 1 then ' force.' else ' forces.' end as summary_text,
    cast(suspects.recency_days as bigint) as recency_days,
    suspects.recency_pct,
    cast(suspects.n_year as bigint) as n_events,
    suspects.frequency_pct,
    suspects.gravity_pct,
    'Gravest alleged: ' || suspects.gravest || '; ' || suspects.n_crimes || case
        when suspects.n_crimes = 1
            then ' crime'
        else ' crimes'
    end || ' alleged, ' || suspects.n_victims || case
        when suspects.n_victims = 1
            then ' person'
        else ' people'
    end || ' harmed' as reasons_text,
    {{ last_decision('suspects') }},
    {{ no_weakest() }},
    cast(suspects.last_on + 730 as date) as drops_out_on,
    context.is_also_victim,
    context.manager
from {{ ref('feat_people__context') }} as context
inner join {{ ref('feat_vawg__suspects') }} as suspects
    on context.force_code = suspects.viewer_force and context.person_id = suspects.person_id
inner join {{ ref('feat_people__standing') }} as standing
    on context.force_code = standing.viewer_force and context.person_id = standing.person_id
where context.profile = 'vawg'
