-- Nominals in the community, by assessed level and by what is late.
with busy as (
    select
        evidence.force_code,
        evidence.person_ref,
        max(evidence.occurred_on) as last_on,
        count(*) filter (where evidence.occurred_on >= night.as_of_date - 365) as n_year
    from {{ ref('feat_people__evidence') }} as evidence
    cross join {{ ref('stg_nights') }} as night
    where evidence.profile = 'visor' and evidence.feed <> 'managed_offender'
    group by evidence.force_code, evidence.person_ref
)

select
    context.force_code,
    context.person_ref,
    standing.full_name as name,
    {{ spoken_first('lower(standing.surname)') }} as short_name,
    standing.born_on,
    standing.age,
    context.rank,
    cast(null as bigint) as rank_prev,
    chr(64 + cast(nominals.level_order as integer)) as rank_group,
    context.rank as rule_rank,
    {{ no_chance() }},
    list_prepend(context.own_name, context.other_names) as forces,
    list_filter([
        case when context.has_order then 'Order held' end,
        case when nominals.n_late > 0 then 'Late' end,
        case when context.is_on_bail then 'On bail' end
    ], lambda flag: flag is not null) as flags,
    'In the community; managed by ' || nominals.manager || '.' as status_text,
    'Assessed ' || {{ spoken('nominals.arms_level') }} || '; '
    || coalesce(busy.n_year, 0) || ' records in other feeds in twelve months.' as summary_text,
    cast({{ days_between('busy.last_on', 'night.as_of_date') }} as bigint) as recency_days,
    100 * percent_rank() over (partition by context.force_code order by busy.last_on nulls first) as recency_pct,
    cast(coalesce(busy.n_year, 0) as bigint) as n_events,
    100 * percent_rank() over (partition by context.force_code order by coalesce(busy.n_year, 0)) as frequency_pct,
    100 * percent_rank() over (partition by context.force_code order by nominals.level_order desc) as gravity_pct,
    concat(
        'Assessed ', {{ spoken('nominals.arms_level') }},
        '; ' || lower(nominals.latest_kind) || ' ' || nominals.most_days_late || ' days late'
    ) as reasons_text,
    {{ last_decision('nominals') }},
    {{ no_weakest() }},
    cast(null as date) as drops_out_on,
    context.is_also_victim,
    nominals.manager
from {{ ref('feat_people__context') }} as context
inner join {{ ref('feat_visor__nominals') }} as nominals
    on context.force_code = nominals.viewer_force and context.person_id = nominals.person_id
inner join {{ ref('feat_people__standing') }} as standing
    on context.force_code = standing.viewer_force and context.person_id = standing.person_id
cross join {{ ref('stg_nights') }} as night
left join busy on context.force_code = busy.force_code and context.person_ref = busy.person_ref
where context.profile = 'visor'
