-- What feeds say of a person by the force's own number for them, as each force may see it, in each span in which it was
-- known: domestic incidents that are no crime, breaches of orders, referrals, placements.
{% set kinds = [
    ('incident', 'stg_incidents_known', 'da_incident', 'subject_ref', 'occurred_from',
     "kind = 'domestic_abuse' or coalesce(is_domestic_abuse, false)"),
    ('incident', 'stg_incidents_known', 'da_incident_against', 'victim_ref', 'occurred_from',
     "kind = 'domestic_abuse' or coalesce(is_domestic_abuse, false)"),
    ('order', 'stg_orders_known', 'breach', 'person_ref', 'breached_at', 'breached_at is not null'),
    ('order', 'stg_orders_known', 'breach_against', 'protected_person_ref', 'breached_at', 'breached_at is not null'),
    ('safeguarding', 'stg_safeguarding_known', 'referral', 'person_ref', 'occurred_from', 'true'),
    ('safeguarding', 'stg_safeguarding_known', 'referral_exploitation', 'person_ref', 'occurred_from',
     "kind in ('NRM', 'CE_screening')"),
    ('placement', 'stg_placements_known', 'placement', 'person_ref', 'occurred_from', 'true'),
] %}
with told as (
    {% for feed, model, kind, person_ref, happened, condition in kinds %}
        select
            '{{ feed }}' as feed,
            '{{ kind }}' as kind,
            {{ person_ref }} as person_ref,
            force_code,
            source_record_id,
            owner_force,
            handling,
            sensitivity,
            {{ happened }} as occurred_from,
            known_from,
            known_until,
            cast(1 as decimal(12, 3)) as amount
        from {{ ref(model) }}
        where {{ person_ref }} is not null and ({{ condition }})
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    people.viewer_force,
    people.person_id,
    told.* exclude (person_ref)
from told
inner join {{ ref('bridge_nominals_seen') }} as people
    on told.force_code = people.force_code and told.person_ref = people.person_ref
where {{ is_seen('people.viewer_force', 'told', 'told.feed') }}
