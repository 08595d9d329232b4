{# Versions of records in time, and who may see them. #}

{# The last day there is: a version that no later one has replaced is known until then. #}
{% macro for_ever() %}timestamp '9999-01-01 00:00:00'{% endmacro %}

{# Rows of a feed as they were known: of the versions known at a moment, the one recorded last stood. A version that
   a later one had replaced before it came is left out, and so is one that takes the record away. A record that whole
   extracts lack is known until the first that did. Recent: only what
   happened in the two years before the earliest moment that features are made for. #}
{% macro known_versions(feed, columns, is_recent=false) %}
with spans as (
    select
        force_code,
        source_record_id,
        owner_force,
        handling,
        sensitivity,
        occurred_from,
        op,
        known_at as known_from,
        coalesce(
            min(known_at) over (
                partition by force_code, source_record_id
                order by recorded_at asc, known_at asc, delivery_id asc, line_number asc
                rows between 1 following and unbounded following
            ),
            case when is_closed then cast(missing_since as timestamp) else {{ for_ever() }} end
        ) as known_until,
        {{ columns | join(',\n        ') }}
    from {{ source('landed', feed) }}
)

select * exclude (op)
from spans
where
    op <> 'delete'
    and known_from < known_until
    {% if is_recent %}and occurred_from >= (select min(as_at) - interval '731' day from {{ ref('stg_as_ofs') }}){% endif %}
{% endmacro %}

{# Whether a force may see a row: its own, or one whose owner shares the feed with it, unless the row is restricted or
   its handling forbids it. The same as governance/sharing.is_visible; a test holds one against the other. #}
{% macro is_seen(viewer, row, feed) -%}
(
    coalesce({{ row }}.owner_force, {{ row }}.force_code) = {{ viewer }}
    or (
        coalesce({{ row }}.sensitivity, 'none') in ('', 'none', 'normal')
        and ({{ feed }} not like 'intel%' or coalesce({{ row }}.handling, '') = 'P')
        and ({{ viewer }}, coalesce({{ row }}.owner_force, {{ row }}.force_code), {{ feed }}) in (
            select (viewer_force, owner_force, feed) from {{ ref('stg_sharing') }}
        )
    )
)
{%- endmacro %}

{# Days since something happened, whole and at least 1: what happened in the last 24 hours was 1 day ago. #}
{% macro days_ago(moment, at) %}{{ return(adapter.dispatch('days_ago')(moment, at)) }}{% endmacro %}
{% macro duckdb__days_ago(moment, at) -%}
cast(ceil(date_diff('second', {{ moment }}, {{ at }}) / 86400.0) as integer)
{%- endmacro %}

{% macro days_later(moment, n) %}{{ return(adapter.dispatch('days_later')(moment, n)) }}{% endmacro %}
{% macro duckdb__days_later(moment, n) %}({{ moment }} + interval '{{ n }}' day){% endmacro %}

{# A count that halves: each day's weight as a decimal, so that sums do not depend on the order of rows. #}
{% macro decay(days, half_life) -%}
cast(pow(0.5, {{ days }} / {{ half_life }}.0) as decimal(18, 9))
{%- endmacro %}

{# The columns that say whose a row is and when it was known; with a second row, while both were. #}
{% macro spine_known(row='', other='') -%}
{% set at = row ~ '.' if row else '' -%}
{{ at }}force_code,
{{ at }}source_record_id,
{{ at }}owner_force,
{{ at }}handling,
{{ at }}sensitivity,
{{ at }}occurred_from,
{% if other -%}
greatest({{ at }}known_from, {{ other }}.known_from) as known_from,
least({{ at }}known_until, {{ other }}.known_until) as known_until
{%- else -%}
{{ at }}known_from,
{{ at }}known_until
{%- endif %}
{%- endmacro %}
