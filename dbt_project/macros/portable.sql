{# What is not ANSI SQL goes through here, one implementation an engine (architecture.md, law 10). #}

{% macro parse_number(column) %}{{ return(adapter.dispatch('parse_number')(column)) }}{% endmacro %}
{% macro duckdb__parse_number(column) %}try_cast({{ column }} as double){% endmacro %}

{% macro month_series(first, last) %}{{ return(adapter.dispatch('month_series')(first, last)) }}{% endmacro %}
{% macro duckdb__month_series(first, last) -%}
unnest(generate_series({{ first }}, {{ last }}, interval 1 month))
{%- endmacro %}

{% macro months_before(day, n) %}{{ return(adapter.dispatch('months_before')(day, n)) }}{% endmacro %}
{% macro duckdb__months_before(day, n) %}cast({{ day }} - interval {{ n }} month as date){% endmacro %}

{# "Harrow Fell 003B" → "Harrow Fell 003": an LSOA is named after its neighbourhood (MSOA) plus one letter. #}
{% macro neighbourhood_of(lsoa_name) %}{{ return(adapter.dispatch('neighbourhood_of')(lsoa_name)) }}{% endmacro %}
{% macro duckdb__neighbourhood_of(lsoa_name) -%}
regexp_replace({{ lsoa_name }}, '([0-9]{3})[A-Z]$', '\1')
{%- endmacro %}

{# "Harrow Fell 003B" → "Harrow Fell". #}
{% macro district_of(lsoa_name) %}{{ return(adapter.dispatch('district_of')(lsoa_name)) }}{% endmacro %}
{% macro duckdb__district_of(lsoa_name) -%}
regexp_replace({{ lsoa_name }}, ' [0-9]{3}[A-Z]$', '')
{%- endmacro %}

{% macro days_between(first, last) %}{{ return(adapter.dispatch('days_between')(first, last)) }}{% endmacro %}
{% macro duckdb__days_between(first, last) %}date_diff('day', {{ first }}, {{ last }}){% endmacro %}

{# The values of a group as a list, in the order of another column. #}
{% macro list_by(value, ordering) %}{{ return(adapter.dispatch('list_by')(value, ordering)) }}{% endmacro %}
{% macro duckdb__list_by(value, ordering) %}list({{ value }} order by {{ ordering }}){% endmacro %}

{# The value in the row where another column is greatest. #}
{% macro newest(value, ordering) %}{{ return(adapter.dispatch('newest')(value, ordering)) }}{% endmacro %}
{% macro duckdb__newest(value, ordering) %}arg_max({{ value }}, {{ ordering }}){% endmacro %}

{# A digest of the values of some columns, the same on every engine and every night. #}
{% macro md5_of(columns) %}{{ return(adapter.dispatch('md5_of')(columns)) }}{% endmacro %}
{% macro duckdb__md5_of(columns) -%}
md5({% for column in columns %}coalesce(cast({{ column }} as varchar), ''){% if not loop.last %} || '|' || {% endif %}{% endfor %})
{%- endmacro %}

{# Whole years from one day to another: the age of whoever was born on the first. #}
{% macro years_between(first, last) %}{{ return(adapter.dispatch('years_between')(first, last)) }}{% endmacro %}
{% macro duckdb__years_between(first, last) %}date_sub('year', cast({{ first }} as date), cast({{ last }} as date)){% endmacro %}

{% macro hours_between(first, last) %}{{ return(adapter.dispatch('hours_between')(first, last)) }}{% endmacro %}
{% macro duckdb__hours_between(first, last) %}date_diff('hour', {{ first }}, {{ last }}){% endmacro %}

{# How many values a list in a cell holds, separated by a sign; 0 for none. #}
{% macro n_in_list(cell, sign) %}{{ return(adapter.dispatch('n_in_list')(cell, sign)) }}{% endmacro %}
{% macro duckdb__n_in_list(cell, sign) -%}
case when coalesce(trim({{ cell }}), '') = '' then 0 else len(string_split({{ cell }}, '{{ sign }}')) end
{%- endmacro %}

{# A text in small letters with single blanks for all its signs. #}
{% macro plain_words(text) %}{{ return(adapter.dispatch('plain_words')(text)) }}{% endmacro %}
{% macro duckdb__plain_words(text) %}trim(regexp_replace(lower({{ text }}), '[^a-z0-9]+', ' ', 'g')){% endmacro %}
