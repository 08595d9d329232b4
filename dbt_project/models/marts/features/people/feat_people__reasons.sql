-- Why a person is listed, from the rule alone. For named suspects the parts of the harm score by offence: they add
-- up to it. For the other lists the keys of the rule in their order, each half as strong as the one before.
with harm as (
    select * from {{ ref('feat_vawg__reasons') }}
),

missing as (
    select
        'missing' as profile,
        listed.force_code,
        listed.person_ref,
        unnest([
            struct_pack(
                n := 2, code := 'often', lead := people.n_90_days || ' episodes in 90 days',
                rest := 'and ' || people.n_365_days || ' in a year.', holds := true
            ),
            struct_pack(
                n := 1, code := 'harm', lead := 'Harm recorded', rest := 'in ' || people.n_harm || ' of them.',
                holds := people.n_harm > 0
            ),
            struct_pack(
                n := 3, code := 'signs', lead := 'Signs of exploitation',
                rest := 'recorded in ' || people.n_signs || ' of them.', holds := people.n_signs > 0
            ),
            struct_pack(
                n := 4, code := 'length', lead := 'Longest episode', rest := people.most_hours || ' hours.',
                holds := people.most_hours >= 24
            )
        ]) as key
    from {{ ref('feat_people__listed') }} as listed
    inner join {{ ref('feat_missing__people') }} as people
        on listed.force_code = people.viewer_force and listed.person_id = people.person_id
    where listed.profile = 'missing'
),

visor as (
    select
        'visor' as profile,
        listed.force_code,
        listed.person_ref,
        unnest([
            struct_pack(
                n := 1, code := 'level',
                lead := 'Assessed ' || {{ spoken('nominals.arms_level') }}, rest := 'by ARMS.', holds := true
            ),
            struct_pack(
                n := 2, code := 'late', lead := nominals.latest_kind || ' late',
                rest := 'by ' || nominals.most_days_late || ' days.', holds := nominals.n_late > 0
            )
        ]) as key
    from {{ ref('feat_people__listed') }} as listed
    inner join {{ ref('feat_visor__nominals') }} as nominals
        on listed.force_code = nominals.viewer_force and listed.person_id = nominals.person_id
    where listed.profile = 'visor'
),

told as (
    select * from harm
    union all by name
    select
        profile,
        force_code,
        person_ref,
        key.code as group_code,
        pow(0.5, key.n) as push,
        key.lead as lead_text,
        key.rest as rest_text,
        cast([] as varchar[]) as crimes
    from (
        select * from missing
        union all
        select * from visor
    ) as keys
    where key.holds
),

resting as (
    select
        told.profile,
        told.force_code,
        told.person_ref,
        told.lead_text,
        list_sort(list(evidence.evidence_no)) as evidence_nos
    from told
    inner join {{ ref('feat_people__evidence') }} as evidence
        on
            told.profile = evidence.profile and told.force_code = evidence.force_code
            and told.person_ref = evidence.person_ref and evidence.role = 'suspect'
            and list_contains(told.crimes, evidence.source_force || evidence.crime_ref)
    group by told.profile, told.force_code, told.person_ref, told.lead_text
)

select
    told.profile,
    told.force_code,
    told.person_ref,
    cast(row_number() over (
        partition by told.profile, told.force_code, told.person_ref order by told.push desc, told.lead_text asc
    ) as bigint) as reason_no,
    'up' as direction,
    told.group_code,
    cast(told.push as double) as push,
    told.lead_text,
    told.rest_text,
    coalesce(resting.evidence_nos, cast([] as bigint[])) as evidence_nos,
    case when len(resting.evidence_nos) = 1 then 'One record' end as badge
from told
left join resting
    on
        told.profile = resting.profile and told.force_code = resting.force_code
        and told.person_ref = resting.person_ref and told.lead_text = resting.lead_text
