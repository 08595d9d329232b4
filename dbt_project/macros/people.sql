{# Words and references that every profile about people prints the same way. #}

{# S-104772A: the printed reference of a person, made from the id that the ledger of persons keeps. #}
{% macro printed_ref(letter, person_id) -%}
'{{ letter }}-' || upper(substr({{ person_id }}, 2, 7))
{%- endmacro %}

{# "domestic_abuse" → "domestic abuse"; "residential_care" → "Residential care" with a capital. #}
{% macro spoken(code) -%}replace({{ code }}, '_', ' '){%- endmacro %}
{% macro spoken_first(code) -%}
upper(substr({{ code }}, 1, 1)) || replace(substr({{ code }}, 2), '_', ' ')
{%- endmacro %}

{# Rows of one profile of a table that holds all of them. #}
{% macro of_profile(table, profile) -%}
select * exclude (profile)
from {{ ref(table) }}
where profile = '{{ profile }}'
{%- endmacro %}

{# "Northmoor" of "Northmoor Constabulary": how a table of a page names a force. #}
{% macro short_force(name) -%}
regexp_replace({{ name }}, ' (Constabulary|Police|Police Service|Force)$', '')
{%- endmacro %}

{# The columns of a chance, empty: the rule ranks where no model bundle stands. #}
{% macro no_chance() -%}
cast(null as double) as p,
    cast(null as double) as p_lower,
    cast(null as double) as p_upper,
    cast([] as double[]) as p_history,
    cast(null as bigint) as n_like,
    cast(null as bigint) as n_like_hits
{%- endmacro %}

{# The columns of a weakest match, empty: scores are not yet made again without one record. #}
{% macro no_weakest() -%}
cast(null as varchar) as weakest_record,
    cast(null as double) as p_without_weakest,
    cast(null as bigint) as rank_without_weakest,
    cast(null as date) as is_merged_on
{%- endmacro %}

{# The decision of the last review, in the code of a pack. #}
{% macro last_decision(alias) -%}
coalesce({{ alias }}.decision, 'not_reviewed') as last_decision,
    nullif({{ alias }}.owner, '') as last_decision_text
{%- endmacro %}
