select
    evidence.force_code,
    evidence.person_ref,
    evidence.evidence_no,
    evidence.occurred_on as event_on,
    evidence.source_force,
    evidence.source_force_name,
    evidence.feed,
    coalesce(evidence.crime_ref, evidence.source_record_id) as record_ref,
    evidence.gist,
    evidence.source_kind,
    evidence.statement_kind,
    evidence.handling,
    evidence.sensitivity,
    evidence.source_record_id,
    evidence.delivery_id,
    deliveries.contract_version,
    evidence.known_on
from {{ ref('feat_people__evidence') }} as evidence
inner join {{ ref('fct_deliveries') }} as deliveries on evidence.delivery_id = deliveries.delivery_id
where evidence.profile = 'visor'
