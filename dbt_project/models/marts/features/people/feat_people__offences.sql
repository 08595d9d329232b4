-- The kind and the harm weight of each crime: by its code, else by the code that its words stand with elsewhere in the
-- night, else by its class, else as any other offence. Weights are days of the seed offence_gravity; all provisional.
with coded as (
    select
        offence_text,
        cjs_code,
        rc_class,
        count(*) as n
    from {{ ref('stg_crimes') }}
    where cjs_code is not null
    group by offence_text, cjs_code, rc_class
),

worded as (
    select *
    from coded
    qualify row_number() over (partition by offence_text order by n desc, cjs_code asc, rc_class asc) = 1
),

known as (
    select
        crimes.force_code,
        crimes.crime_ref,
        crimes.offence_text,
        coalesce(crimes.cjs_code, worded.cjs_code) as cjs_code,
        coalesce(crimes.rc_class, worded.rc_class) as rc_class
    from {{ ref('stg_crimes') }} as crimes
    left join worded on crimes.offence_text = worded.offence_text
),

by_class as (
    select
        rc_class,
        min(coalesce(force_override, cchi_days)) as harm_days,
        case when count(distinct category) = 1 then min(category) end as category
    from {{ ref('offence_gravity') }}
    where rc_class is not null
    group by rc_class
)

select
    known.force_code,
    known.crime_ref,
    coalesce(exact.offence, stem.offence, known.offence_text) as offence,
    coalesce(exact.category, stem.category, by_class.category, 'OTHER') as category,
    cast(
        coalesce(
            exact.force_override, exact.cchi_days, stem.force_override, stem.cchi_days, by_class.harm_days, 1
        ) as bigint
    ) as harm_days
from known
left join {{ ref('offence_gravity') }} as exact
    on known.cjs_code = exact.offence_key and exact.key_kind = 'cjs_code'
left join {{ ref('offence_gravity') }} as stem
    on regexp_replace(known.cjs_code, '[A-Z]$', '') = stem.offence_key and stem.key_kind = 'cjs_code'
left join by_class on known.rc_class = by_class.rc_class
