-- Crimes against women and girls by month and kind, of the force's own records, by the month in which they happened.
with crimes as (
    select
        crimes.force_code,
        cast(date_trunc('month', crimes.occurred_from) as date) as month_date,
        offences.category,
        offences.offence,
        coalesce(crimes.is_domestic_abuse, false) as is_domestic_abuse
    from {{ ref('stg_crimes') }} as crimes
    inner join {{ ref('feat_people__offences') }} as offences
        on crimes.force_code = offences.force_code and crimes.crime_ref = offences.crime_ref
    where
        crimes.status is distinct from 'cancelled'
        and (crimes.force_code, crimes.crime_ref) in (
            select (parties.force_code, parties.crime_ref)
            from {{ ref('stg_crime_parties') }} as parties
            where parties.role = 'victim' and parties.sex = 'F'
        )
)

{% set kinds = [
    ('vawg_all', 'VAWG offences recorded', 'total',
        "is_domestic_abuse or category in ('RASSO', 'STALK_HARASS', 'EXPOSURE', 'CCB', 'HBA', 'SPIKING', 'CSAE', 'IIA', 'NFS')"),
    ('stalking_harassment', 'Stalking and harassment', 'main', "category = 'STALK_HARASS'"),
    ('da_violence', 'Domestic abuse: violence', 'main', "is_domestic_abuse and category in ('DA_VIOLENCE', 'NFS')"),
    ('sexual', 'Rape and sexual offences', 'main', "category in ('RASSO', 'EXPOSURE')"),
    ('strangulation', 'Strangulation or suffocation', 'main', "category = 'NFS'"),
    ('controlling', 'Controlling or coercive behaviour', 'main', "category = 'CCB'"),
    ('child_sexual', 'Child sexual abuse', 'main', "category = 'CSAE'"),
    ('threats', 'Threats to kill', 'main', "category = 'THREATS'"),
    ('order_breaches', 'Breaches of orders', 'main', "category = 'BREACH'"),
] %}
{% for code, name, kind, condition in kinds %}
    select
        'vawg' as profile,
        force_code,
        '{{ code }}' as series_code,
        '{{ name }}' as series_name,
        '{{ kind }}' as series_group,
        {{ loop.index }} as series_order,
        month_date,
        count(*) filter (where {{ condition }}) as n
    from crimes
    group by force_code, month_date
    {% if not loop.last %}union all{% endif %}
{% endfor %}
