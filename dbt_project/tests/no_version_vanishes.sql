-- Every row that a delivery of a person-level feed claims as loaded stands as current, and nothing stands unclaimed.
{% set feeds = [
    'person', 'crime', 'crime_party', 'custody', 'intel_report', 'intel_party',
    'missing_episode', 'return_interview', 'placement', 'managed_offender', 'managed_visit', 'notification',
    'order', 'safeguarding', 'incident', 'identifier', 'advert_referral', 'code_list'
] %}

with claimed as (
    select
        deliveries.delivery_id,
        deliveries.rows_loaded
    from {{ ref('fct_deliveries') }} as deliveries
    where deliveries.feed <> 'street_crime' and deliveries.rows_loaded > 0
),

standing as (
    {% for feed in feeds %}
        select
            versions.delivery_id,
            count(*) as n_rows
        from {{ source('landed', feed) }} as versions
        where versions.is_current
        group by versions.delivery_id
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}
)

select
    coalesce(claimed.delivery_id, standing.delivery_id) as delivery_id,
    claimed.rows_loaded,
    standing.n_rows
from claimed
full outer join standing
    on claimed.delivery_id = standing.delivery_id
where coalesce(claimed.rows_loaded, -1) <> coalesce(standing.n_rows, -1)
