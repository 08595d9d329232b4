-- Custody, intelligence and missing episodes of a person as each force may see them, in each span in which they were
-- known. A report weighs by its grade: source 1 to 3, assessment A to E.
with reports as (
    select
        force_code,
        source_record_id,
        known_from,
        known_until,
        case source_grade when '1' then 1.0 when '2' then 0.6 when '3' then 0.3 else 0 end
        * case assessment_grade when 'A' then 1.0 when 'B' then 0.8 when 'C' then 0.5 when 'D' then 0.2 else 0 end
            as weight
    from {{ ref('stg_intel_reports_known') }}
),

told as (
    select
        'custody' as feed,
        'custody' as kind,
        {{ spine_known() }},
        cast(1 as decimal(12, 3)) as amount
    from {{ ref('stg_custody_known') }}
    union all
    select
        'intel_party' as feed,
        case when parties.role in ('subject', 'associate') then 'intel' else 'intel_other' end as kind,
        {{ spine_known('parties', 'reports') }},
        cast(reports.weight as decimal(12, 3)) as amount
    from {{ ref('stg_intel_parties_known') }} as parties
    inner join reports
        on
            parties.force_code = reports.force_code
            and parties.intel_ref = reports.source_record_id
            and parties.known_from < reports.known_until
            and parties.known_until > reports.known_from
    union all
    select
        'missing_episode' as feed,
        'missing' as kind,
        {{ spine_known() }},
        cast(1 as decimal(12, 3)) as amount
    from {{ ref('stg_missing_episodes_known') }}
)

select
    people.viewer_force,
    people.person_id,
    told.*
from told
inner join {{ ref('bridge_people_seen') }} as people
    on
        told.force_code = people.force_code
        and told.feed = people.feed
        and told.source_record_id = people.source_record_id
