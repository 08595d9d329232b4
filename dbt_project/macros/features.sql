{# What feature models share: windows, the columns that say whose a row is, and who is in a cohort. #}

{% macro in_window(aggregate, days, condition='') -%}
{{ aggregate }} filter (where days_ago <= {{ days }}{% if condition %} and {{ condition }}{% endif %})
{%- endmacro %}

{# The force whose record is the last; of two on one day the first by name. #}
{% macro last_force(condition='') -%}
substr(min(lpad(cast(days_ago as varchar), 4, '0') || force_code){% if condition %} filter ({{ condition }}){% endif %}, 5)
{%- endmacro %}

{# Crimes against women and girls in each window, their decays, the last of them, and how many are the force's own. #}
{% macro vawg_counts(windows, decays=(30, 180)) -%}
coalesce(min(days_ago) filter (where is_vawg), 730) as days_since_vawg,
{% for days in windows -%}
{{ in_window('count(*)', days, 'is_vawg') }} as n_vawg_{{ days }},
{% endfor -%}
{% for half_life in decays -%}
coalesce(sum({{ decay('days_ago', half_life) }}) filter (where is_vawg), 0) as n_vawg_decay_{{ half_life }},
{% endfor -%}
count(*) filter (where is_vawg and force_code = viewer_force) as n_vawg_own,
{{ last_force('where is_vawg') }} as last_vawg_force
{%- endmacro %}

{% macro harm_sums(windows) -%}
{% for days in windows -%}
coalesce({{ in_window('sum(vawg_days)', days) }}, 0) as harm_{{ days }},
{% endfor -%}
max(gravest_vawg_days) as max_harm_730
{%- endmacro %}

{# Whose a row of features is, and when: `force_code` is the force whose list it is for. #}
{% macro whose(row, last='last_vawg_force') -%}
{{ row }}.as_of_id,
moments.as_at,
moments.purpose,
{{ row }}.viewer_force as force_code,
{{ row }}.person_id,
{{ row }}.{{ last }} = {{ row }}.viewer_force as is_home,
{{ age_at() }} < 18 as is_child
{%- endmacro %}

{% macro with_whose(row) -%}
inner join {{ ref('stg_as_ofs') }} as moments on {{ row }}.as_of_id = moments.as_of_id
left join {{ ref('fct_people_aged') }} as aged on {{ row }}.person_id = aged.person_id
{%- endmacro %}

{% macro age_at() -%}
coalesce({{ years_between('aged.birth_date', 'moments.as_at') }}, 18)
{%- endmacro %}

{# Alive as far as was known, and at least so old. Whoever has no date of birth counts as 18. #}
{% macro is_in_cohort(least_age, under=150) -%}
{{ age_at() }} >= {{ least_age }} and {{ age_at() }} < {{ under }}
and coalesce(aged.died_known_from, {{ for_ever() }}) >= moments.known_before
{%- endmacro %}

{% macro same_person(a, b) -%}
{{ a }}.as_of_id = {{ b }}.as_of_id and {{ a }}.viewer_force = {{ b }}.viewer_force and {{ a }}.person_id = {{ b }}.person_id
{%- endmacro %}

{% macro or_nothing(row, columns) -%}
{% for column in columns -%}
coalesce({{ row }}.{{ column }}, 0) as {{ column }}{% if not loop.last %},
{% endif %}
{%- endfor %}
{%- endmacro %}
