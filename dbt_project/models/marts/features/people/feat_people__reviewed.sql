-- The last word of reviewers on each person of a profile, by printed reference.
select
    profile,
    subject_id as person_ref,
    decision,
    reason_code,
    owner,
    due_date,
    cast(decided_at as date) as decided_on
from {{ ref('stg_decisions') }}
qualify row_number() over (partition by profile, subject_id order by decided_at desc, decision_id asc) = 1
