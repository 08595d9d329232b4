-- Events of a person that are no crimes, counted at each as-of moment: one column a kind and window.
{% set counted = {
    'n_da_incidents_365': ('da_incident', 365), 'n_da_incidents_against_365': ('da_incident_against', 365),
    'n_custody_365': ('custody', 365), 'n_breaches_365': ('breach', 365), 'n_breaches_730': ('breach', 730),
    'n_breaches_against_365': ('breach_against', 365), 'n_missing_365': ('missing', 365),
    'n_referrals_365': ('referral', 365), 'n_exploitation_referrals_365': ('referral_exploitation', 365),
    'n_placements_365': ('placement', 365),
} %}
{% set summed = {
    'intel_weight_90': ("'intel'", 90), 'intel_weight_365': ("'intel'", 365),
    'intel_any_weight_365': ("'intel', 'intel_other'", 365),
} %}
select
    as_of_id,
    viewer_force,
    person_id,
    {% for name, (kind, days) in counted.items() %}
        count(*) filter (where kind = '{{ kind }}' and days_ago <= {{ days }}) as {{ name }},
    {% endfor %}
    {% for name, (kinds, days) in summed.items() %}
        coalesce(sum(amount) filter (where kind in ({{ kinds }}) and days_ago <= {{ days }}), 0)
            as {{ name }}{% if not loop.last %}
            ,
        {% endif %}
    {% endfor %}
from {{ ref('feat_events_at') }}
group by as_of_id, viewer_force, person_id
