{# Our own few generic tests; no dbt packages. Each returns the rows that break it. #}

{% test unique_together(model, columns) %}
select {{ columns | join(', ') }}, count(*) as n_rows
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}

{% test holds(model, condition) %}
select *
from {{ model }}
where not coalesce({{ condition }}, false)
{% endtest %}

{% test complete(model, columns) %}
select *
from {{ model }}
where {% for column in columns %}{{ column }} is null{% if not loop.last %} or {% endif %}{% endfor %}
{% endtest %}

{% test coded(model, codes) %}
select *
from {{ model }}
where {% for column, known in codes.items() -%}
{{ column }} not in ('{{ known | join("', '") }}'){% if not loop.last %} or {% endif %}
{%- endfor %}
{% endtest %}
