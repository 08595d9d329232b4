select
    forces.force_code,
    forces.force_name,
    forces.is_fictional,
    forces.population,
    forces.n_lsoas
from {{ ref('stg_forces') }} as forces
where forces.force_code in (select deliveries.force_code from {{ ref('stg_deliveries') }} as deliveries)
