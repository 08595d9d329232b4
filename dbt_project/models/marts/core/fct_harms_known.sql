-- A suspect in a crime against a victim, as it was known: one row for each of the three and each span of time in which
-- all that it says stood. A crime with no victim, or no suspect, has a row with that side empty.
with sides as (
    select
        crimes.force_code,
        crimes.crime_ref,
        suspects.crime_party_ref as suspect_ref,
        suspects.person_id as suspect_id,
        victims.crime_party_ref as victim_ref,
        victims.person_id as victim_id,
        crimes.owner_force,
        crimes.handling,
        crimes.sensitivity,
        crimes.occurred_from,
        greatest(crimes.known_from, suspects.known_from, victims.known_from) as known_from,
        least(crimes.known_until, suspects.known_until, victims.known_until) as known_until,
        crimes.team,
        crimes.harm_days,
        crimes.is_exploitation,
        coalesce(suspects.suspect_status = 'charged', false) as is_charged,
        coalesce(victims.is_child, false) as is_child_victim,
        coalesce(
            victims.is_female and (
                crimes.vawg_rule in ('F', 'O', 'C')
                or crimes.is_domestic
                or (crimes.vawg_rule = 'D' and (suspects.is_family or victims.is_family))
            ),
            false
        ) as is_vawg
    from {{ ref('fct_crimes_known') }} as crimes
    left join {{ ref('fct_parties_known') }} as suspects
        on
            crimes.force_code = suspects.force_code
            and crimes.crime_ref = suspects.crime_ref
            and suspects.role = 'suspect'
            and crimes.known_until > suspects.known_from
            and crimes.known_from < suspects.known_until
    left join {{ ref('fct_parties_known') }} as victims
        on
            crimes.force_code = victims.force_code
            and crimes.crime_ref = victims.crime_ref
            and victims.role = 'victim'
            and crimes.known_until > victims.known_from
            and crimes.known_from < victims.known_until
)

select *
from sides
where known_from < known_until and (suspect_ref is not null or victim_ref is not null)
