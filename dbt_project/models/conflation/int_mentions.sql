-- Every appearance of a person in any feed: one row with its source, role, date and identifiers, before anybody has
-- said who it is. A nominal with a former surname or a false name appears once more under it; a merged one under what
-- it became. Where a record tells an age and no date of birth, the age gives the year, give or take one.
{% set nothing = 'cast(null as varchar)' %}
{% set nominal = 'coalesce(merged_into_ref, person_ref)' %}
{% set false_forename = "split_part(alias_names, ' ', 1)" %}
{% set false_surname = "nullif(substr(alias_names, strpos(alias_names, ' ') + 1), alias_names)" %}
{% set no_year = 'cast(null as bigint)' %}
{% set year_by_age = "case when birth_date is null then date_part('year', occurred_from) - age_recorded end" %}
{% set appearances = [
    ('person', 'stg_persons', "'nominal'", nominal, 'forename', 'surname', 'cro_number', 'email', no_year),
    ('person', 'stg_persons', "'former name'", nominal, 'forename', 'former_surname', 'cro_number', 'email', no_year),
    ('person', 'stg_persons', "'false name'", nominal, false_forename, false_surname, 'cro_number', 'email', no_year),
    ('crime_party', 'stg_crime_parties', 'role', 'person_ref', 'forename', 'surname', nothing, nothing, year_by_age),
    ('custody', 'stg_custody_records', "'detainee'", 'person_ref', 'forename', 'surname', 'cro_number', nothing, no_year),
    ('intel_party', 'stg_intel_parties', 'role', 'person_ref', 'forename', 'surname', nothing, nothing, no_year),
    ('missing_episode', 'stg_missing_episodes', "'missing person'", 'person_ref', 'forename', 'surname', nothing, nothing, no_year),
    ('managed_offender', 'stg_managed_offenders', "'managed offender'", 'person_ref', 'forename', 'surname', 'cro_number', nothing, no_year),
] %}
with appearances as (
    {% for feed, model, role, nominal_ref, given_name, family_name, cro, mail, year in appearances %}
        select
            '{{ feed }}' as feed,
            {{ role }} as appears_as,
            force_code,
            source_record_id,
            delivery_id,
            line_number,
            occurred_from,
            recorded_at,
            known_at,
            record_version,
            owner_force,
            handling,
            sensitivity,
            retention_group,
            {{ nominal_ref }} as nominal_ref,
            {{ given_name }} as given_name,
            middle_names,
            {{ family_name }} as family_name,
            birth_date,
            {{ year }} as birth_year,
            sex,
            pnc_id,
            {{ cro }} as cro,
            address_line,
            postcode,
            phone,
            {{ mail }} as mail
        from {{ ref(model) }}
        {% if family_name != 'surname' %}where {{ family_name }} is not null{% endif %}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    {{ md5_of(['force_code', 'feed', 'source_record_id', 'appears_as']) }} as mention_id,
    force_code,
    feed,
    source_record_id,
    appears_as as role,
    delivery_id,
    line_number,
    occurred_from,
    recorded_at,
    known_at,
    record_version,
    owner_force,
    handling,
    sensitivity,
    retention_group,
    nominal_ref as person_ref,
    force_code || ':' || nominal_ref as nominal_key,
    given_name as forename,
    middle_names,
    family_name as surname,
    birth_date,
    birth_year,
    sex,
    pnc_id,
    cro as cro_number,
    address_line,
    postcode,
    phone,
    mail as email
from appearances
