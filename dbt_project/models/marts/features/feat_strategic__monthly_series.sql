-- The series that get a normal range: records a month by crime type, all crime, and shares of outcomes of violence.
with months as (
    select
        force_code,
        month_date,
        month_status
    from {{ ref('feat_strategic__months') }}
),

counts as (
    select
        force_code,
        month_date,
        series_code,
        count(*) as n_records,
        count(*) filter (where outcome_group = 'no_suspect') as n_no_suspect,
        count(*) filter (where outcome_group = 'unable_to_prosecute') as n_unable_to_prosecute,
        count(*) filter (where outcome_group = 'charged_or_court') as n_charged_or_court,
        count(*) filter (where outcome_group = 'out_of_court') as n_out_of_court
    from {{ ref('fct_street_crimes') }}
    group by force_code, month_date, series_code
),

by_type as (
    select
        months.force_code,
        types.series_code,
        types.crime_type as series_name,
        'crime_type' as series_group,
        'records' as unit,
        types.series_order,
        months.month_date,
        months.month_status,
        case when months.month_status <> 'missing' then coalesce(counts.n_records, 0) end as value
    from months
    cross join {{ ref('crime_types') }} as types
    left join counts
        on
            months.force_code = counts.force_code
            and months.month_date = counts.month_date
            and types.series_code = counts.series_code
),

all_crime as (
    select
        force_code,
        'all_crime' as series_code,
        'All recorded crime' as series_name,
        'total' as series_group,
        'records' as unit,
        0 as series_order,
        month_date,
        month_status,
        sum(value) as value
    from by_type
    where series_code <> 'anti_social_behaviour'
    group by force_code, month_date, month_status
),

-- A young month's crimes are still open, so its shares would look low: only months three months old or more.
violence as (
    select
        counts.*,
        months.month_status
    from counts
    inner join months
        on counts.force_code = months.force_code and counts.month_date = months.month_date
    cross join {{ ref('stg_nights') }} as night
    where
        counts.series_code = 'violence_and_sexual_offences'
        and counts.month_date < {{ months_before('night.as_of_date', 3) }}
),

shares as (
    {% set named = {
        'no_suspect': 'No suspect identified',
        'unable_to_prosecute': 'Unable to prosecute suspect',
        'charged_or_court': 'Charged or in court',
        'out_of_court': 'Out-of-court resolution',
    } %}
    {% for code, name in named.items() %}
        select
            months.force_code,
            'share_{{ code }}' as series_code,
            '{{ name }}' as series_name,
            'outcome_share' as series_group,
            'percent' as unit,
            {{ 20 + loop.index }} as series_order,
            months.month_date,
            months.month_status,
            round(100.0 * violence.n_{{ code }} / violence.n_records, 2) as value
        from months
        cross join {{ ref('stg_nights') }} as night
        left join violence
            on months.force_code = violence.force_code and months.month_date = violence.month_date
        where months.month_date < {{ months_before('night.as_of_date', 3) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from by_type
union all
select * from all_crime
union all
select * from shares
