-- What other feeds know since the last visit to a listed nominal. The registers here record no "seen by the manager".
with since as (
    select
        facts.force_code,
        facts.person_ref,
        facts.last_visit_on,
        facts.manager,
        facts.arms_level
    from {{ ref('prof_visor__nominal_facts') }} as facts
)

select
    evidence.force_code,
    evidence.person_ref,
    ranked.name,
    since.arms_level as level,
    cast(case since.arms_level
        when 'Very high' then 1 when 'High' then 2 when 'Medium' then 3 when 'Low' then 4 else 5
    end as bigint) as level_order,
    evidence.evidence_no as event_no,
    evidence.occurred_on as event_on,
    feeds.feed_title,
    evidence.source_force,
    evidence.source_force_name,
    coalesce(evidence.crime_ref, evidence.source_record_id) as record_ref,
    evidence.gist,
    case when evidence.feed = 'intel_party' then evidence.source_kind end as grade,
    since.last_visit_on,
    cast(null as date) as seen_on,
    since.manager,
    evidence.handling,
    evidence.sensitivity
from {{ ref('feat_people__evidence') }} as evidence
inner join since on evidence.force_code = since.force_code and evidence.person_ref = since.person_ref
inner join {{ ref('prof_visor__ranked') }} as ranked
    on evidence.force_code = ranked.force_code and evidence.person_ref = ranked.person_ref
inner join {{ ref('stg_feeds') }} as feeds on evidence.feed = feeds.feed
where
    evidence.profile = 'visor' and evidence.feed <> 'managed_offender'
    and evidence.occurred_on > coalesce(since.last_visit_on, cast('1900-01-01' as date))
