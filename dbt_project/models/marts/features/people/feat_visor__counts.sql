-- Visits to managed offenders and breaches of their orders by month, of the force's own records.
with visits as (
    select
        force_code,
        cast(date_trunc('month', done_date) as date) as month_date,
        count(*) as n_done,
        count(*) filter (where done_date > planned_date) as n_late,
        count(*) filter (where outcome in ('concern', 'refused')) as n_concerns
    from {{ ref('stg_managed_visits') }}
    where done_date is not null
    group by force_code, date_trunc('month', done_date)
),

breaches as (
    select
        orders.force_code,
        cast(date_trunc('month', orders.breached_at) as date) as month_date,
        count(*) as n
    from {{ ref('stg_orders') }} as orders
    where
        orders.breached_at is not null
        and (orders.force_code, orders.person_ref) in (
            select (offenders.force_code, offenders.person_ref) from {{ ref('stg_managed_offenders') }} as offenders
        )
    group by orders.force_code, date_trunc('month', orders.breached_at)
)

{% for code, name, column in [
    ('managed_visits_done', 'Visits made', 'n_done'),
    ('managed_visits_late', 'Visits made after their day', 'n_late'),
    ('managed_concerns', 'Visits with a concern or refusal', 'n_concerns'),
] %}
    select
        'visor' as profile,
        force_code,
        '{{ code }}' as series_code,
        '{{ name }}' as series_name,
        'main' as series_group,
        {{ loop.index }} as series_order,
        month_date,
        {{ column }} as n
    from visits
    union all
{% endfor %}
select
    'visor' as profile,
    force_code,
    'managed_breaches' as series_code,
    'Breaches of orders recorded' as series_name,
    'main' as series_group,
    4 as series_order,
    month_date,
    n
from breaches
