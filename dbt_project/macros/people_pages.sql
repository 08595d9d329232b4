{# Pages that every profile about people has: one piece of SQL for each, of whichever profile asks. Not here: pages of one profile,
the words they share (people.sql). #}

{# Series by month. #}
{% macro trends_of(profile) -%}
select
    force_code,
    series_code,
    series_name,
    series_group,
    unit,
    cast(series_order as bigint) as series_order,
    month_date as month,
    value,
    month_status
from {{ ref('feat_people__monthly_series') }}
where profile = '{{ profile }}'
{%- endmacro %}

{# Whether each series has left its normal range. #}
{% macro verdicts_of(profile) -%}
select
    force_code,
    series_code,
    verdict,
    mean,
    lower,
    upper,
    base_from,
    base_to,
    cast(n_base_months as bigint) as n_base_months,
    latest_month,
    latest_value,
    cast(months_in_state as bigint) as months_in_state,
    cast(longest_run_months as bigint) as longest_run_months
from {{ source('scored', 'people_verdicts') }}
where profile = '{{ profile }}'
{%- endmacro %}

{# Records behind the listed people, with the contract each came under. #}
{% macro evidence_of(profile) -%}
select
    evidence.force_code,
    evidence.person_ref,
    evidence.evidence_no,
    evidence.occurred_on as event_on,
    evidence.source_force,
    evidence.source_force_name,
    evidence.feed,
    coalesce(evidence.crime_ref, evidence.source_record_id) as record_ref,
    evidence.gist,
    evidence.source_kind,
    evidence.statement_kind,
    evidence.handling,
    evidence.sensitivity,
    evidence.source_record_id,
    evidence.delivery_id,
    deliveries.contract_version,
    evidence.known_on
from {{ ref('feat_people__evidence') }} as evidence
inner join {{ ref('fct_deliveries') }} as deliveries on evidence.delivery_id = deliveries.delivery_id
where evidence.profile = '{{ profile }}'
{%- endmacro %}

{# The account of each delivery of the feeds that the profile rests on: those of the force, and those of forces whose
feeds an agreement opens to it. #}
{% macro deliveries_of(profile) -%}
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
where feeds.profile = '{{ profile }}'
{%- endmacro %}

{# Whose feeds a force may see besides its own. #}
{% macro agreements_of(profile) -%}
select distinct
    viewer_force as force_code,
    owner_force,
    feed,
    '{{ profile }}' as purpose,
    cast('2000-01-01' as date) as from_on,
    cast(null as date) as to_on
from {{ ref('bridge_forces_to_kinds') }}
where viewer_force <> owner_force
{%- endmacro %}

{# What the profile is known not to hold, for every force that gets it. #}
{% macro gaps_of(profile) -%}
select
    head.force_code,
    gaps.gap_code,
    cast(gaps.gap_order as bigint) as gap_order,
    gaps.subject,
    gaps.text,
    gaps.page_id
from {{ ref('known_gaps') }} as gaps
cross join {{ ref('prof_' ~ profile ~ '__head') }} as head
where gaps.profile = '{{ profile }}'
{%- endmacro %}
