-- The nominals that a force manages, one row each. The register is the force's own: no other force's record is in it.
-- Rank: assessed level first, then what is latest, then the id of the record. A rank here is an order of the list.
with late as (
    select
        force_code,
        offender_ref,
        count(*) as n_late,
        max(days_late) as most_days_late,
        max_by(kind, struct_pack(days_late, kind)) as latest_kind
    from {{ ref('feat_visor__late') }}
    group by force_code, offender_ref
),

nominals as (
    select
        seen.viewer_force,
        seen.person_id,
        min(seen.mention_id) as first_mention,
        max(seen.known_on) as known_on,
        max_by(offenders.offender_ref, struct_pack(offenders.recorded_at, offenders.offender_ref)) as offender_ref
    from {{ ref('bridge_forces_to_mentions') }} as seen
    inner join {{ ref('stg_managed_offenders') }} as offenders
        on seen.force_code = offenders.force_code and seen.source_record_id = offenders.source_record_id
    where seen.feed = 'managed_offender' and seen.force_code = seen.viewer_force and offenders.status <> 'archived'
    group by seen.viewer_force, seen.person_id
),

cohort as (
    select
        nominals.*,
        offenders.status,
        coalesce(offenders.arms_level, 'not_assessed') as arms_level,
        case offenders.arms_level
            when 'very_high' then 1 when 'high' then 2 when 'medium' then 3 when 'low' then 4 else 5
        end as level_order,
        offenders.arms_date,
        coalesce(offenders.manager_ref, 'no manager recorded') as manager,
        coalesce(late.n_late, 0) as n_late,
        coalesce(late.most_days_late, 0) as most_days_late,
        late.latest_kind,
        reviewed.decision,
        reviewed.owner,
        case when offenders.status = 'community' then 'listed' else 'custody' end as route
    from nominals
    inner join {{ ref('stg_managed_offenders') }} as offenders
        on nominals.viewer_force = offenders.force_code and nominals.offender_ref = offenders.offender_ref
    left join late on nominals.viewer_force = late.force_code and nominals.offender_ref = late.offender_ref
    left join {{ ref('feat_people__reviewed') }} as reviewed
        on {{ printed_ref('N', 'nominals.person_id') }} = reviewed.person_ref and reviewed.profile = 'visor'
)

select
    *,
    row_number() over (
        partition by viewer_force, route order by level_order asc, most_days_late desc, first_mention asc
    ) as rank
from cohort
