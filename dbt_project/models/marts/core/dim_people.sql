-- One row a person: the values most of their mentions say, how many others are said, and how sure the joining is.
with survived as (
    select
        person_id,
        max(case when kind = 'forename' and place = 1 then said end) as forename,
        max(case when kind = 'surname' and place = 1 then said end) as surname,
        max(case when kind = 'dob' and place = 1 then said end) as birth_date_text,
        max(case when kind = 'sex' and place = 1 then said end) as sex,
        max(case when kind = 'pnc_id' and place = 1 then said end) as pnc_id,
        max(case when kind = 'cro' and place = 1 then said end) as cro_number,
        count(case when kind = 'forename' then 1 end) as n_forenames,
        count(case when kind = 'surname' then 1 end) as n_surnames,
        count(case when kind = 'dob' then 1 end) as n_birth_dates,
        count(case when kind = 'sex' then 1 end) as n_sexes,
        count(case when kind = 'pnc_id' then 1 end) as n_pnc_ids
    from {{ ref('int_values_counted') }}
    group by person_id
),

seen as (
    select
        person_id,
        count(*) as n_mentions,
        count(distinct force_code) as n_forces,
        min(known_at) as first_known_at,
        max(known_at) as last_known_at
    from {{ ref('bridge_mentions_to_people') }}
    group by person_id
)

select
    seen.person_id,
    survived.forename,
    survived.surname,
    survived.birth_date_text,
    survived.sex,
    survived.pnc_id,
    survived.cro_number,
    coalesce(survived.n_forenames, 0) as n_forenames,
    coalesce(survived.n_surnames, 0) as n_surnames,
    coalesce(survived.n_birth_dates, 0) as n_birth_dates,
    coalesce(survived.n_sexes, 0) as n_sexes,
    coalesce(survived.n_pnc_ids, 0) as n_pnc_ids,
    seen.n_mentions,
    seen.n_forces,
    seen.first_known_at,
    seen.last_known_at,
    states.state,
    states.reason,
    states.weakest_bits
from seen
left join survived on seen.person_id = survived.person_id
left join {{ ref('int_people_judged') }} as states on seen.person_id = states.person_id
