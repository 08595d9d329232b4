-- Every record behind a listed person that the force may see, of the last five years, numbered from the newest.
-- What a record says is made of its coded fields; free text of intelligence is never printed.
with told as (
    select
        listed.profile,
        listed.force_code,
        listed.person_ref,
        seen.force_code as source_force,
        seen.feed,
        seen.role,
        seen.source_record_id,
        seen.delivery_id,
        seen.occurred_on,
        seen.known_on,
        seen.handling,
        seen.sensitivity,
        parties.crime_ref,
        case seen.feed
            when 'crime_party'
                then
                    offences.offence || case seen.role
                        when 'suspect'
                            then
                                case
                                    when parties.relationship is null or parties.relationship in ('unknown', 'stranger')
                                        then ''
                                    else ', ' || {{ spoken('parties.relationship') }}
                                end
                        else ' (' || seen.role || ')'
                    end
            when
                'custody'
                then 'Arrest: ' || custody.offence_text || coalesce('; ' || {{ spoken('custody.disposal') }}, '')
            when 'intel_party' then 'Intelligence report, named as ' || seen.role
            when 'missing_episode'
                then
                    'Missing from ' || {{ spoken("coalesce(episodes.missing_from_type, 'a place not recorded')") }}
                    || coalesce('; found: ' || {{ spoken('episodes.found_place') }}, '')
            when 'managed_offender' then 'Record of management, ' || {{ spoken('offenders.status') }}
        end as gist,
        case seen.feed
            when 'crime_party' then 'Crime report'
            when 'custody' then 'Custody'
            when 'intel_party'
                then
                    coalesce(reports.source_grade, '?') || ' ' || coalesce(reports.assessment_grade, '?')
                    || ' ' || coalesce(seen.handling, '?')
            when 'missing_episode' then 'Missing report'
            else 'Register'
        end as source_kind,
        case seen.feed
            when 'intel_party' then 'INTELLIGENCE' when 'crime_party' then 'ALLEGATION' else 'FACT'
        end as statement_kind,
        offences.harm_days,
        custody.disposal
    from {{ ref('feat_people__listed') }} as listed
    inner join {{ ref('bridge_forces_to_mentions') }} as seen
        on listed.force_code = seen.viewer_force and listed.person_id = seen.person_id
    cross join {{ ref('stg_nights') }} as night
    left join {{ ref('stg_crime_parties') }} as parties
        on
            seen.feed = 'crime_party' and seen.force_code = parties.force_code
            and seen.source_record_id = parties.source_record_id
    left join {{ ref('feat_people__offences') }} as offences
        on parties.force_code = offences.force_code and parties.crime_ref = offences.crime_ref
    left join {{ ref('stg_custody_records') }} as custody
        on
            seen.feed = 'custody' and seen.force_code = custody.force_code
            and seen.source_record_id = custody.source_record_id
    left join {{ ref('stg_intel_parties') }} as named
        on
            seen.feed = 'intel_party' and seen.force_code = named.force_code
            and seen.source_record_id = named.source_record_id
    left join {{ ref('stg_intel_reports') }} as reports
        on named.force_code = reports.force_code and named.intel_ref = reports.source_record_id
    left join {{ ref('stg_missing_episodes') }} as episodes
        on
            seen.feed = 'missing_episode' and seen.force_code = episodes.force_code
            and seen.source_record_id = episodes.source_record_id
    left join {{ ref('stg_managed_offenders') }} as offenders
        on
            seen.feed = 'managed_offender' and seen.force_code = offenders.force_code
            and seen.source_record_id = offenders.source_record_id
    where
        seen.feed in ('crime_party', 'custody', 'intel_party', 'missing_episode', 'managed_offender')
        and (listed.profile = 'visor' or seen.feed <> 'managed_offender')
        and (listed.profile <> 'missing' or seen.role in ('victim', 'missing person', 'subject', 'mentioned'))
        and (listed.profile = 'missing' or seen.role not in ('victim', 'witness', 'reporter'))
        and seen.occurred_on >= night.as_of_date - 1826
        -- sealed, informant-derived and other restricted records are in nobody's pack; the register is its own
        and (seen.sensitivity is null or seen.feed = 'managed_offender')
)

select
    told.*,
    {{ short_force('forces.force_name') }} as source_force_name,
    cast(row_number() over (
        partition by told.profile, told.force_code, told.person_ref
        order by told.occurred_on desc, told.source_force asc, told.feed asc, told.source_record_id asc, told.role asc
    ) as bigint) as evidence_no
from told
inner join {{ ref('dim_forces') }} as forces on told.source_force = forces.force_code
