-- Who stands with a listed person in the same crimes: those harmed by reference only, and other named suspects.
with shared as (
    select
        listed.profile,
        listed.force_code,
        listed.person_ref,
        listed.person_id,
        others.person_id as other_id,
        others.role,
        max(parties.relationship) filter (where others.role = 'victim') as relationship,
        count(distinct own.force_code || own_parties.crime_ref) as n_records,
        min(others.force_code) as source_force,
        max(standing.age) as age
    from {{ ref('feat_people__listed') }} as listed
    inner join {{ ref('bridge_forces_to_mentions') }} as own
        on listed.force_code = own.viewer_force and listed.person_id = own.person_id
    inner join {{ ref('stg_crime_parties') }} as own_parties
        on own.force_code = own_parties.force_code and own.source_record_id = own_parties.source_record_id
    inner join {{ ref('stg_crime_parties') }} as parties
        on own_parties.force_code = parties.force_code and own_parties.crime_ref = parties.crime_ref
    inner join {{ ref('bridge_forces_to_mentions') }} as others
        on
            parties.force_code = others.force_code and parties.source_record_id = others.source_record_id
            and listed.force_code = others.viewer_force and others.feed = 'crime_party'
    inner join {{ ref('feat_people__standing') }} as standing
        on others.viewer_force = standing.viewer_force and others.person_id = standing.person_id
    where
        own.feed = 'crime_party' and own.role = 'suspect' and others.person_id <> listed.person_id
        and others.role in ('victim', 'suspect') and listed.profile <> 'missing'
        and parties.suspect_status is distinct from 'unnamed'
    group by listed.profile, listed.force_code, listed.person_ref, listed.person_id, others.person_id, others.role
)

select
    profile,
    force_code,
    person_ref,
    cast(row_number() over (
        partition by profile, force_code, person_ref order by n_records desc, role desc, other_id asc
    ) as bigint) as link_no,
    case when role = 'suspect' then 'person' when age < 18 then 'child' else 'victim' end as kind,
    case
        when role = 'suspect' then {{ printed_ref('S', 'other_id') }} else {{ printed_ref('V', 'other_id') }}
    end as linked_ref,
    case
        when role = 'suspect' then {{ printed_ref('S', 'other_id') }} else {{ printed_ref('V', 'other_id') }}
    end as label,
    case
        when role = 'suspect' then 'named with'
        when relationship in ('unknown', 'stranger') then null
        else {{ spoken('relationship') }}
    end as sublabel,
    'crime' as basis,
    false as is_intelligence_only,
    cast(n_records as bigint) as n_records,
    source_force,
    'P' as handling,
    cast(null as varchar) as sensitivity
from shared
