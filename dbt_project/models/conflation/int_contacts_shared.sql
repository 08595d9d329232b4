-- Places, phones, e-mails and vehicles as shared keys: one row for each person and key, generic values left out.
with said as (
    select
        linked.person_id,
        keys.kind,
        keys.said
    from {{ source('linked', 'people') }} as linked
    inner join {{ source('linked', 'keys') }} as keys on linked.mention_id = keys.mention_id
    union all
    select
        bridge.person_id,
        case when identifiers.kind in ('phone', 'email', 'vehicle') then identifiers.kind else 'handle' end as kind,
        lower(identifiers.value) as said
    from {{ ref('stg_identifiers') }} as identifiers
    inner join {{ ref('bridge_mentions_to_people') }} as bridge
        on
            identifiers.force_code = bridge.force_code
            and identifiers.person_ref = bridge.source_record_id
            and bridge.feed = 'person'
            and bridge.role = 'nominal'
    where identifiers.kind not in ('phone', 'email')
    union all
    select
        bridge.person_id,
        'vehicle' as kind,
        lower(parties.vehicle_registration) as said
    from {{ ref('stg_intel_parties') }} as parties
    inner join {{ ref('bridge_mentions_to_people') }} as bridge
        on
            parties.force_code = bridge.force_code
            and parties.source_record_id = bridge.source_record_id
            and bridge.feed = 'intel_party'
    where parties.vehicle_registration is not null
)

select
    person_id,
    kind,
    said,
    {{ md5_of(['kind', 'said']) }} as key_id,
    count(*) as n_mentions
from said
group by person_id, kind, said
