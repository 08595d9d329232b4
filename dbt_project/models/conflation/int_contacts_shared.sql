-- Places, phones, e-mails and vehicles as shared keys: one row for each person and key, generic values left out.
with nominals as (
    select
        mentions.force_code,
        mentions.source_record_id,
        mentions.feed,
        mentions.role,
        linked.person_id
    from {{ ref('int_mentions') }} as mentions
    inner join {{ ref('int_people_linked') }} as linked on mentions.mention_id = linked.mention_id
),

told as (
    select
        linked.person_id,
        keys.kind,
        keys.said
    from {{ ref('int_people_linked') }} as linked
    inner join {{ source('linked', 'keys') }} as keys on linked.mention_id = keys.mention_id
    union all
    select
        nominals.person_id,
        identifiers.kind,
        lower(identifiers.value) as said
    from {{ ref('stg_identifiers') }} as identifiers
    inner join nominals
        on
            identifiers.force_code = nominals.force_code
            and identifiers.person_ref = nominals.source_record_id
            and nominals.feed = 'person'
            and nominals.role = 'nominal'
    where identifiers.kind not in ('phone', 'email')
    union all
    select
        nominals.person_id,
        'vehicle' as kind,
        lower(parties.vehicle_registration) as said
    from {{ ref('stg_intel_parties') }} as parties
    inner join nominals
        on
            parties.force_code = nominals.force_code
            and parties.source_record_id = nominals.source_record_id
            and nominals.feed = 'intel_party'
    where parties.vehicle_registration is not null
)

select
    person_id,
    kind,
    said,
    {{ md5_of(['kind', 'said']) }} as key_id,
    count(*) as n_mentions
from told
group by person_id, kind, said
