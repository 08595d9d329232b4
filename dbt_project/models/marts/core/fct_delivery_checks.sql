-- Rules that accepted rows of a batch break, by Great Expectations; one row without a rule where a batch breaks none.
select
    deliveries.force_code,
    deliveries.feed,
    deliveries.delivery_id,
    deliveries.file_name,
    validations.n_rows,
    validations.n_expectations,
    validations.reason_code,
    validations.field,
    validations.severity,
    validations.n_unexpected,
    validations.severity in ('block', 'quarantine') as is_contradiction
from {{ ref('stg_validations') }} as validations
inner join {{ ref('fct_deliveries') }} as deliveries
    on validations.delivery_id = deliveries.delivery_id
