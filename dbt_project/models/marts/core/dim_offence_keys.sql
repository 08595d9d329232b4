-- What is known of an offence by each way of writing it: CJS code, Home Office class, words, recorded-crime class.
-- Where a way names several offences, the least weight holds, and violence against women and girls only if domestic
-- besides.
with classes as (
    select
        rc_class,
        min(harm_days) as harm_days
    from {{ ref('dim_offence_lines') }}
    where rc_class <> ''
    group by rc_class
),

keyed as (
    select
        'code' as kind,
        offence_key as key,
        harm_days,
        vawg_rule
    from {{ ref('dim_offence_lines') }}
    where key_kind = 'cjs_code'
    union all
    select
        'ho_class' as kind,
        ho_class as key,
        harm_days,
        vawg_rule
    from {{ ref('dim_offence_lines') }}
    where ho_class not in ('', '000/00')
    union all
    select
        'rc_class' as kind,
        rc_class as key,
        harm_days,
        vawg_rule
    from {{ ref('dim_offence_lines') }}
    where rc_class <> ''
    union all
    select
        'text' as kind,
        texts.offence_text as key,
        coalesce(lines.harm_days, classes.harm_days) as harm_days,
        lines.vawg_rule
    from {{ ref('offence_texts') }} as texts
    left join
        {{ ref('dim_offence_lines') }} as lines
        on lines.key_kind = 'cjs_code' and upper(texts.cjs_code) = lines.offence_key
    left join classes on upper(texts.rc_class) = classes.rc_class
)

select
    kind,
    key,
    min(harm_days) as harm_days,
    case when count(distinct coalesce(vawg_rule, '-')) = 1 then min(vawg_rule) when count(vawg_rule) > 0 then 'D' end
        as vawg_rule
from keyed
where harm_days is not null
group by kind, key
