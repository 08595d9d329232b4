-- The records of a listed person, one line a force and system: the force's own nominal first, the weakest match last.
-- How sure a match is comes from the pairs that hold the person together; a record without a pair is a copy of one.
with pairs as (
    select
        mention_a_id as mention_id,
        bits
    from {{ ref('bridge_people_to_links') }}
    union all
    select
        mention_b_id as mention_id,
        bits
    from {{ ref('bridge_people_to_links') }}
),

sure as (
    select
        mention_id,
        max(bits) as bits
    from pairs
    group by mention_id
),

found as (
    select
        listed.profile,
        listed.force_code,
        listed.person_ref,
        seen.force_code as source_force,
        seen.feed,
        seen.source_record_id,
        seen.delivery_id,
        seen.handling,
        seen.sensitivity,
        coalesce(mentions.person_ref, seen.source_record_id) as local_ref,
        coalesce(upper(mentions.surname), '?') || coalesce(', ' || mentions.forename, '') as name_recorded,
        mentions.birth_date,
        mentions.pnc_id,
        mentions.phone,
        standing.full_name,
        standing.born_on,
        least(0.99, 1 / (1 + pow(2, -coalesce(sure.bits, 10)))) as p,
        row_number() over (
            partition by listed.profile, listed.force_code, listed.person_ref, seen.force_code, seen.feed
            order by seen.known_on desc, seen.source_record_id asc
        ) as nth
    from {{ ref('feat_people__listed') }} as listed
    inner join {{ ref('bridge_forces_to_mentions') }} as seen
        on listed.force_code = seen.viewer_force and listed.person_id = seen.person_id
    inner join {{ ref('dim_mentions') }} as mentions on seen.mention_id = mentions.mention_id
    inner join {{ ref('feat_people__standing') }} as standing
        on listed.force_code = standing.viewer_force and listed.person_id = standing.person_id
    left join sure on seen.mention_id = sure.mention_id
    where
        seen.role <> 'former name'
        and (seen.sensitivity is null or seen.feed = 'managed_offender')
        and (listed.profile = 'visor' or seen.feed <> 'managed_offender')
),

ordered as (
    select
        *,
        row_number() over (
            partition by profile, force_code, person_ref
            order by source_force <> force_code, feed <> 'person', p desc, source_force asc, feed asc
        ) as identity_no
    from found
    where nth = 1
),

based as (
    select
        *,
        first_value(pnc_id) over whole as base_pnc_id,
        first_value(phone) over whole as base_phone
    from ordered
    window whole as (partition by profile, force_code, person_ref order by identity_no)
)

select
    based.profile,
    based.force_code,
    based.person_ref,
    based.identity_no,
    based.source_force,
    {{ short_force('forces.force_name') }} || ' ' || systems.word as system_name,
    based.local_ref,
    based.name_recorded,
    strftime(based.birth_date, '%-d.%-m.%Y') as born_recorded,
    case
        when based.identity_no = 1 then 'Base record'
        when based.pnc_id = based.base_pnc_id then 'PNC ID'
        when based.name_recorded = based.full_name and based.birth_date = based.born_on
            then 'Name, date of birth' || case when based.phone = based.base_phone then ', phone' else '' end
        when based.birth_date = based.born_on then 'Date of birth, like name'
        when based.phone = based.base_phone then 'Like name, phone'
        else 'Like name and details'
    end as match_basis,
    case when based.identity_no > 1 then based.p end as match_probability,
    cast(null as date) as checked_on,
    based.feed,
    based.source_record_id,
    based.delivery_id,
    based.handling,
    based.sensitivity
from based
inner join {{ ref('dim_forces') }} as forces on based.source_force = forces.force_code
inner join (
    values
    ('person', 'nominals'), ('crime_party', 'crime'), ('custody', 'custody'), ('intel_party', 'intelligence'),
    ('missing_episode', 'missing'), ('managed_offender', 'register')
) as systems (feed, word) on based.feed = systems.feed
