-- One row per delivery dated before the night's as-of: states as rows, never only in a log.
select deliveries.*
from {{ ref('stg_deliveries') }} as deliveries
cross join {{ ref('stg_nights') }} as night
where deliveries.delivery_date < night.as_of_date
