-- People assessed at high risk in the last year, by the force's own referrals: what protects them, and whether the
-- person they are at risk from is at liberty. No score; nobody here has a rank.
with nominals as (
    select
        viewer_force as force_code,
        source_record_id as nominal_ref,
        min(person_id) as person_id
    from {{ ref('bridge_forces_to_mentions') }}
    where feed = 'person' and force_code = viewer_force
    group by viewer_force, source_record_id
),

assessed as (
    select
        referrals.force_code,
        harmed.person_id,
        max(cast(referrals.occurred_from as date)) as assessed_on,
        bool_or(referrals.kind = 'MARAC') as is_at_marac,
        max_by(others.person_id, struct_pack(seen := referrals.occurred_from, who := others.person_id)) as other_id
    from {{ ref('stg_safeguarding_referrals') }} as referrals
    cross join {{ ref('stg_nights') }} as night
    inner join nominals as harmed
        on referrals.force_code = harmed.force_code and referrals.person_ref = harmed.nominal_ref
    left join nominals as others
        on referrals.force_code = others.force_code and referrals.other_person_ref = others.nominal_ref
    where
        referrals.kind in ('DASH', 'MARAC') and referrals.risk_level = 'high'
        and cast(referrals.occurred_from as date) >= night.as_of_date - 365
    group by referrals.force_code, harmed.person_id
),

ordered as (
    select distinct
        orders.force_code,
        harmed.person_id
    from {{ ref('stg_orders') }} as orders
    cross join {{ ref('stg_nights') }} as night
    inner join nominals as harmed
        on orders.force_code = harmed.force_code and orders.protected_person_ref = harmed.nominal_ref
    where orders.status in ('active', 'interim', 'breached') and coalesce(orders.end_date >= night.as_of_date, true)
),

reported as (
    select
        acts.viewer_force,
        acts.victim_id,
        count(distinct acts.force_code || acts.crime_ref) as n_crimes
    from {{ ref('feat_vawg__acts') }} as acts
    cross join {{ ref('stg_nights') }} as night
    where acts.occurred_on >= night.as_of_date - 365
    group by acts.viewer_force, acts.victim_id
)

select
    assessed.force_code,
    assessed.person_id,
    {{ printed_ref('V', 'assessed.person_id') }} as victim_ref,
    harmed.age,
    assessed.assessed_on,
    assessed.is_at_marac,
    ordered.person_id is not null as has_order,
    coalesce(not others.is_in_custody and not others.is_deceased, true) as is_other_at_liberty,
    coalesce(reported.n_crimes, 0) as n_crimes,
    suspects.person_id is not null as is_also_suspect
from assessed
inner join {{ ref('feat_people__standing') }} as harmed
    on assessed.force_code = harmed.viewer_force and assessed.person_id = harmed.person_id
left join {{ ref('feat_people__standing') }} as others
    on assessed.force_code = others.viewer_force and assessed.other_id = others.person_id
left join ordered on assessed.force_code = ordered.force_code and assessed.person_id = ordered.person_id
left join reported on assessed.force_code = reported.viewer_force and assessed.person_id = reported.victim_id
left join {{ ref('feat_vawg__suspects') }} as suspects
    on
        assessed.force_code = suspects.viewer_force and assessed.person_id = suspects.person_id
        and suspects.route = 'listed'
where not harmed.is_deceased
