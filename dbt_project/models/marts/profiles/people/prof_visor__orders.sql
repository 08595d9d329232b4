select
    force_code,
    person_ref,
    row_number() over (partition by person_ref, force_code order by end_date nulls last, order_ref) as order_no,
    kind,
    start_date as from_on,
    end_date as to_on,
    coalesce(conditions_text, 'conditions not recorded') as conditions
from {{ ref('feat_people__orders') }}
where profile = 'visor' and status in ('active', 'interim', 'breached') and start_date is not null
