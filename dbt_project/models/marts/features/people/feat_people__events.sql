-- What happened around a listed person, by source: a lane a system, a letter over what is alleged and serious.
with happened as (
    select
        profile,
        force_code,
        person_ref,
        evidence_no as event_no,
        case feed
            when 'crime_party' then source_force_name || ' crime' when 'intel_party' then 'Intelligence'
            when 'custody' then 'Custody' when 'missing_episode' then 'Missing' else 'Register'
        end as lane,
        case feed
            when 'crime_party' then 1 + cast(source_force <> force_code as integer) when 'intel_party' then 3
            when 'custody' then 4 when 'missing_episode' then 6 else 7
        end as lane_order,
        case
            when feed = 'custody' then 'square'
            when feed = 'missing_episode' then 'ring'
            when feed = 'crime_party' and role = 'suspect' and harm_days >= 365 then 'serious'
            else 'dot'
        end as shape,
        occurred_on as from_on,
        cast(null as date) as to_on,
        gist as text,
        source_force,
        handling,
        sensitivity
    from {{ ref('feat_people__evidence') }}
    union all
    select
        profile,
        force_code,
        person_ref,
        100000 + row_number() over (
            partition by profile, force_code, person_ref order by start_date, order_ref
        ) as event_no,
        'Orders and bail' as lane,
        5 as lane_order,
        'span' as shape,
        start_date as from_on,
        end_date as to_on,
        kind as text,
        force_code as source_force,
        'P' as handling,
        cast(null as varchar) as sensitivity
    from {{ ref('feat_people__orders') }}
    where start_date is not null
)

select
    happened.profile,
    happened.force_code,
    happened.person_ref,
    cast(happened.event_no as bigint) as event_no,
    happened.lane,
    cast(happened.lane_order as bigint) as lane_order,
    happened.shape,
    happened.from_on,
    happened.to_on,
    case
        when happened.shape = 'span' then happened.text
        when
            happened.shape = 'serious' and row_number() over serious <= 26
            then chr(64 + cast(row_number() over serious as integer))
    end as label,
    happened.text,
    happened.source_force,
    happened.handling,
    happened.sensitivity
from happened
cross join {{ ref('stg_nights') }} as night
where happened.shape = 'span' or happened.from_on >= night.as_of_date - 731
window serious as (
    partition by happened.profile, happened.force_code, happened.person_ref, happened.shape
    order by happened.from_on, happened.event_no
)
