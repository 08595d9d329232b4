-- One row a viewing force, named suspect, crime and woman or girl harmed, of the last two years: what the list counts.
-- Cancelled crimes, and those closed because the suspect died (5) or is under the age of responsibility (11), are out.
{% set kinds = ['RASSO', 'STALK_HARASS', 'EXPOSURE', 'CCB', 'HBA', 'SPIKING', 'CSAE', 'IIA', 'MSHT', 'NFS'] %}
with victims as (
    select
        parties.force_code,
        parties.crime_ref,
        people.person_id as victim_id,
        min(parties.relationship) as relationship
    from {{ ref('stg_crime_parties') }} as parties
    inner join {{ ref('bridge_mentions_to_people') }} as people
        on
            parties.force_code = people.force_code
            and parties.source_record_id = people.source_record_id
            and people.feed = 'crime_party'
    where parties.role = 'victim' and parties.sex = 'F'
    group by parties.force_code, parties.crime_ref, people.person_id
)

select
    seen.viewer_force,
    seen.person_id,
    seen.force_code,
    parties.crime_ref,
    victims.victim_id,
    max(victims.relationship) as relationship,
    max(cast(crimes.occurred_from as date)) as occurred_on,
    max(seen.known_on) as known_on,
    max(offences.offence) as offence,
    max(offences.category) as category,
    max(offences.harm_days) as harm_days,
    bool_or(coalesce(crimes.is_domestic_abuse, false)) as is_domestic_abuse,
    max(crimes.team) as team,
    bool_or(crimes.outcome_code is null) as is_open
from {{ ref('bridge_forces_to_mentions') }} as seen
inner join {{ ref('stg_crime_parties') }} as parties
    on seen.force_code = parties.force_code and seen.source_record_id = parties.source_record_id
inner join {{ ref('stg_crimes') }} as crimes
    on parties.force_code = crimes.force_code and parties.crime_ref = crimes.crime_ref
inner join {{ ref('feat_people__offences') }} as offences
    on parties.force_code = offences.force_code and parties.crime_ref = offences.crime_ref
inner join victims on parties.force_code = victims.force_code and parties.crime_ref = victims.crime_ref
cross join {{ ref('stg_nights') }} as night
where
    seen.feed = 'crime_party'
    and seen.role = 'suspect'
    and parties.suspect_status is distinct from 'unnamed'
    and crimes.status is distinct from 'cancelled'
    and coalesce(crimes.outcome_code, '') not in ('5', '11')
    and cast(crimes.occurred_from as date) < night.as_of_date
    and cast(crimes.occurred_from as date) >= night.as_of_date - 730
    and (
        crimes.is_domestic_abuse
        or offences.category in ('{{ kinds | join("', '") }}')
    )
group by seen.viewer_force, seen.person_id, seen.force_code, parties.crime_ref, victims.victim_id
