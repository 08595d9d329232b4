-- Who each mention is to each force: one row a force and mention that it may see, for everybody with a record of its
-- own.
with present as (
    select distinct
        person_id,
        force_code as viewer_force
    from {{ ref('bridge_mentions_to_people') }}
),

named as (
    select
        present.viewer_force,
        linked.mention_id,
        linked.person_id
    from present
    inner join {{ ref('bridge_mentions_to_people') }} as linked on present.person_id = linked.person_id
    where
        not exists (
            select 1
            from {{ ref('bridge_views_to_people') }} as views
            where views.viewer_force = present.viewer_force and views.mention_id = linked.mention_id
        )
    union all
    select
        viewer_force,
        mention_id,
        person_id
    from {{ ref('bridge_views_to_people') }}
)

select
    named.viewer_force,
    named.mention_id,
    named.person_id,
    mentions.force_code,
    mentions.feed,
    mentions.source_record_id,
    mentions.role,
    mentions.person_ref
from named
inner join {{ ref('int_mentions') }} as mentions on named.mention_id = mentions.mention_id
where {{ is_seen('named.viewer_force', 'mentions', 'mentions.feed') }}
