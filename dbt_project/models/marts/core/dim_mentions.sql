-- What each mention says of the person, as recorded: names, birth, identifiers, and the force's own nominal.
select
    mention_id,
    person_ref,
    forename,
    surname,
    birth_date,
    sex,
    pnc_id,
    phone
from {{ ref('int_mentions') }}
