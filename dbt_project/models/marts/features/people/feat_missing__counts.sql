-- Missing episodes by month and measure, of the force's own records.
{% set measures = [
    ('missing_episodes', 'Missing episodes', 'total', 'true'),
    ('missing_under_18', 'Episodes of people under 18', 'main',
        years_between('birth_date', 'cast(occurred_from as date)') ~ ' < 18'),
    ('missing_care', 'From care placements', 'main', 'is_looked_after'),
    ('missing_over_day', 'Missing for over 24 hours', 'main', "returned_at - occurred_from > interval 24 hour"),
    ('missing_harm', 'Episodes with recorded harm', 'main', "coalesce(harm, 'none') not in ('none', '')"),
    ('missing_high', 'High-risk episodes', 'main', "risk_current = 'high'"),
    ('missing_night', 'Reported between 22:00 and 06:00', 'main',
        "date_part('hour', reported_at) >= 22 or date_part('hour', reported_at) < 6"),
    ('missing_out', 'Found in another force', 'main', 'found_force <> force_code'),
] %}
{% for code, name, kind, condition in measures %}
    select
        'missing' as profile,
        force_code,
        '{{ code }}' as series_code,
        '{{ name }}' as series_name,
        '{{ kind }}' as series_group,
        {{ loop.index }} as series_order,
        cast(date_trunc('month', occurred_from) as date) as month_date,
        count(*) filter (where {{ condition }}) as n
    from {{ ref('stg_missing_episodes') }}
    group by force_code, date_trunc('month', occurred_from)
    {% if not loop.last %}union all{% endif %}
{% endfor %}
