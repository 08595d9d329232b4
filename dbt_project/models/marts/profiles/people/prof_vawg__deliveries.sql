-- The account of each delivery of the feeds that this profile rests on: those of the force, and those of forces whose
-- feeds an agreement opens to it.
select
    feeds.force_code,
    deliveries.force_code as source_force,
    deliveries.feed,
    deliveries.period_date as period,
    deliveries.file_name,
    deliveries.delivery_id,
    deliveries.content_sha256,
    deliveries.contract_version,
    deliveries.state,
    deliveries.reason,
    cast(deliveries.rows_in as bigint) as rows_in,
    cast(deliveries.rows_accepted as bigint) as rows_accepted,
    cast(deliveries.rows_refused as bigint) as rows_refused,
    cast(deliveries.rows_loaded as bigint) as rows_loaded,
    cast(deliveries.rows_exact_duplicate as bigint) as rows_exact_duplicate,
    cast(deliveries.rows_superseded as bigint) as rows_superseded,
    deliveries.volume_ratio,
    deliveries.is_volume_suspect
from {{ ref('feat_people__feeds') }} as feeds
inner join {{ ref('fct_deliveries') }} as deliveries
    on feeds.source_force = deliveries.force_code and feeds.feed = deliveries.feed
where feeds.profile = 'vawg'
