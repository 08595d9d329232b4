-- The state of each feed of each force whose records a force's pack may use: its own, and those an agreement opens.
with opened as (
    select distinct
        viewer_force,
        owner_force,
        feed
    from {{ ref('bridge_forces_to_kinds') }}
    union
    select
        forces.force_code as viewer_force,
        forces.force_code as owner_force,
        feeds.feed
    from {{ ref('dim_forces') }} as forces
    cross join {{ ref('stg_feeds') }} as feeds
),

late as (
    select
        evidence.profile,
        evidence.force_code,
        evidence.source_force,
        evidence.feed,
        list_sort(list(distinct listed.rank)) as ranks
    from {{ ref('feat_people__evidence') }} as evidence
    inner join {{ ref('feat_people__listed') }} as listed
        on
            evidence.profile = listed.profile and evidence.force_code = listed.force_code
            and evidence.person_ref = listed.person_ref
    group by evidence.profile, evidence.force_code, evidence.source_force, evidence.feed
),

judged as (
    select
        wanted.profile,
        opened.viewer_force as force_code,
        opened.owner_force as source_force,
        {{ short_force('forces.force_name') }} as source_force_name,
        opened.feed,
        feeds.feed_title,
        row_number() over (
            partition by wanted.profile, opened.viewer_force, opened.owner_force order by feeds.feed
        ) as feed_order,
        coalesce(delivered.rows_loaded, 0) > 0 as is_held,
        delivered.newest_on,
        {{ days_between('delivered.newest_on', 'night.as_of_date') }} as age_days,
        feeds.freshness_days,
        coalesce(delivered.n_checks_failed, 0) as n_checks_failed,
        coalesce(delivered.n_refused_files, 0) > 0
        or coalesce(delivered.rows_refused, 0) > 0.02 * coalesce(delivered.rows_in, 0) as is_degraded,
        delivered.weekly,
        late.ranks,
        delivered.contract_version,
        feeds.not_held_sentence
    from opened
    inner join {{ ref('stg_feeds') }} as feeds on opened.feed = feeds.feed
    inner join {{ ref('profile_feeds') }} as wanted on opened.feed = wanted.feed and wanted.is_used
    inner join {{ ref('dim_forces') }} as forces on opened.owner_force = forces.force_code
    cross join {{ ref('stg_nights') }} as night
    left join
        {{ ref('feat_people__deliveries') }} as delivered
        on opened.owner_force = delivered.force_code and opened.feed = delivered.feed
    left join late
        on
            wanted.profile = late.profile and opened.viewer_force = late.force_code
            and opened.owner_force = late.source_force and opened.feed = late.feed
    where wanted.profile <> 'strategic'
)

select
    profile,
    force_code,
    source_force,
    source_force_name,
    feed,
    feed_title,
    cast(feed_order as bigint) as feed_order,
    is_held,
    true as is_used,
    newest_on as last_record_on,
    cast(null as date) as stopped_on,
    cast(age_days as bigint) as age_days,
    cast(freshness_days as bigint) as freshness_days,
    coalesce(weekly, cast([] as bigint[])) as weekly,
    cast(null as double) as weekly_lower,
    cast(null as double) as weekly_upper,
    cast(n_checks_failed as bigint) as n_checks_failed,
    case
        when not is_held then 'not_held' when age_days > freshness_days then 'stale'
        when is_degraded then 'degraded' else 'current'
    end as state,
    case when not is_held then not_held_sentence end as note,
    case
        when is_held and age_days > freshness_days then coalesce(ranks, cast([] as bigint[])) else cast([] as bigint[])
    end as ranks_touched,
    contract_version
from judged
