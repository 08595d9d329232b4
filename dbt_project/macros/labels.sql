{# What happened after a moment: rows of a relation in the days (as_at, as_at + horizon], as known when they had matured.
   Days must be those of the head in profiles/definitions; a test holds them together. #}
{% macro after_moment(row, happened, horizon, maturity) -%}
{{ happened }} > moments.as_at
and {{ happened }} <= {{ days_later('moments.as_at', horizon) }}
and {{ row }}.known_from < {{ days_later('moments.as_at', horizon + maturity) }}
and {{ row }}.known_until >= {{ days_later('moments.as_at', horizon + maturity) }}
{%- endmacro %}

{# The serious crimes against women and girls of a person in a role after each moment. #}
{% macro label_vawg(role) %}
select
    moments.as_of_id,
    harms.viewer_force as force_code,
    harms.person_id,
    count(distinct harms.crime_key) > 0 as has_serious_vawg,
    cast(sum(harms.harm_days) as double) as harm_days
from {{ ref('fct_harms_seen') }} as harms
inner join {{ ref('stg_as_ofs') }} as moments on {{ after_moment('harms', 'harms.occurred_from', 90, 60) }}
where harms.role = '{{ role }}' and harms.is_vawg and harms.harm_days >= 365
group by moments.as_of_id, harms.viewer_force, harms.person_id
{% endmacro %}

{# Harm to somebody reported missing after each moment; of signs of exploitation only the first ever is new. #}
{% macro label_missing() %}
with signs as (
    select
        viewer_force,
        person_id,
        missing_from as happened,
        known_from,
        known_until
    from {{ ref('fct_episodes_known') }}
    where has_exploitation_sign
    union all
    select
        viewer_force,
        person_id,
        occurred_from as happened,
        known_from,
        known_until
    from {{ ref('fct_events_named') }}
    where kind = 'referral_exploitation'
),

told as (
    select
        *,
        0 as harm_days
    from signs
    qualify happened = min(happened) over (partition by viewer_force, person_id)
    union all
    select
        viewer_force,
        person_id,
        missing_from as happened,
        known_from,
        known_until,
        365 as harm_days
    from {{ ref('fct_episodes_known') }}
    where has_harm
    union all
    select
        viewer_force,
        person_id,
        occurred_from as happened,
        known_from,
        known_until,
        harm_days
    from {{ ref('fct_harms_seen') }}
    where role = 'victim' and harm_days >= 365
)

select
    moments.as_of_id,
    told.viewer_force as force_code,
    told.person_id,
    count(*) > 0 as has_harm,
    cast(sum(told.harm_days) as double) as harm_days
from told
inner join {{ ref('stg_as_ofs') }} as moments on {{ after_moment('told', 'told.happened', 90, 45) }}
group by moments.as_of_id, told.viewer_force, told.person_id
{% endmacro %}
