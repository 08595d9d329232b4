-- Crimes that stand, weighed, in each version in which they were known; those cancelled, or closed because the suspect
-- died (outcome 5) or was too young (11), are left out from when that was known.
select
    crimes.force_code,
    crimes.source_record_id as crime_ref,
    crimes.owner_force,
    crimes.handling,
    crimes.sensitivity,
    crimes.occurred_from,
    crimes.known_from,
    crimes.known_until,
    crimes.team,
    crimes.status,
    coalesce(crimes.is_domestic_abuse, false) or coalesce(crimes.is_honour_based, false) as is_domestic,
    coalesce(crimes.is_cse, false) or coalesce(crimes.is_cce, false) as is_exploitation,
    offences.vawg_rule,
    offences.harm_days
from {{ ref('stg_crimes_known') }} as crimes
inner join {{ ref('dim_offences') }} as offences
    on
        crimes.cjs_code is not distinct from offences.cjs_code
        and crimes.ho_class is not distinct from offences.ho_class
        and crimes.offence_text is not distinct from offences.offence_text
        and crimes.rc_class is not distinct from offences.rc_class
where
    coalesce(crimes.status, 'recorded') not in ('cancelled', 'transferred')
    and coalesce(crimes.outcome_code, '') not in ('5', '11')
