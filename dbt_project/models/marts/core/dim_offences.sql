-- What each way of writing an offence in the crimes weighs, and when it counts as violence against women and girls: by
-- its CJS code (without the suffix of an attempt if need be), else its Home Office class, its words, its class, or as
-- any other.
with written as (
    select distinct
        cjs_code,
        ho_class,
        offence_text,
        rc_class,
        upper(trim(coalesce(cjs_code, ''))) as code
    from {{ ref('stg_crimes_known') }}
),

{% set ways = {
    'whole': ('code', 'written.code'), 'cut': ('code', "regexp_replace(written.code, '[ABC]$', '')"),
    'by_ho_class': ('ho_class', "trim(coalesce(written.ho_class, ''))"),
    'by_text': ('text', plain_words('written.offence_text')),
    'by_rc_class': ('rc_class', "upper(trim(coalesce(written.rc_class, '')))"),
} %}
others as (
    select coalesce(force_override, cchi_days, css, 0) as harm_days
    from {{ ref('offence_gravity') }}
    where key_kind = 'default'
)

select
    written.cjs_code,
    written.ho_class,
    written.offence_text,
    written.rc_class,
    coalesce(
        {% for way in ways %}{{ way }}.harm_days,
        {% endfor %}others.harm_days
    ) as harm_days,
    case
        {% for way in ways %}when {{ way }}.harm_days is not null then {{ way }}.vawg_rule
        {% endfor %}
    end as vawg_rule,
    coalesce(
        {% for way in ways %}{{ way }}.kind,
        {% endfor %}'none'
    )
        as weighed_by
from written
cross join others
{% for way, (kind, key) in ways.items() %}
    left join {{ ref('dim_offence_keys') }} as {{ way }} on {{ way }}.kind = '{{ kind }}' and {{ way }}.key = {{ key }}
{% endfor %}
