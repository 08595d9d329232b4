-- Every appearance of a person in any feed: one row with its source, role, date and identifiers, before anybody has
-- said who it is. A nominal with a former surname appears twice, once under each; a merged one under what it became.
{% set nothing = 'cast(null as varchar)' %}
{% set nominal = 'coalesce(merged_into_ref, person_ref)' %}
{% set appearances = [
    ('person', 'stg_persons', "'nominal'", nominal, 'surname', 'cro_number', 'email'),
    ('person', 'stg_persons', "'former name'", nominal, 'former_surname', 'cro_number', 'email'),
    ('crime_party', 'stg_crime_parties', 'role', 'person_ref', 'surname', nothing, nothing),
    ('custody', 'stg_custody_records', "'detainee'", 'person_ref', 'surname', 'cro_number', nothing),
    ('intel_party', 'stg_intel_parties', 'role', 'person_ref', 'surname', nothing, nothing),
    ('missing_episode', 'stg_missing_episodes', "'missing person'", 'person_ref', 'surname', nothing, nothing),
    ('managed_offender', 'stg_managed_offenders', "'managed offender'", 'person_ref', 'surname', 'cro_number', nothing),
] %}
with appearances as (
    {% for feed, model, role, nominal_ref, family_name, cro, mail in appearances %}
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
            forename,
            middle_names,
            {{ family_name }} as family_name,
            birth_date,
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
    forename,
    middle_names,
    family_name as surname,
    birth_date,
    sex,
    pnc_id,
    cro as cro_number,
    address_line,
    postcode,
    phone,
    mail as email
from appearances
