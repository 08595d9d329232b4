-- Postcodes that a managed offender gave in the two years before each as-of moment and had not notified: how many.
select
    moments.as_of_id,
    told.viewer_force,
    told.person_id,
    count(distinct told.postcode) as n_unnotified_addresses_730
from {{ ref('fct_addresses_told') }} as told
inner join {{ ref('stg_as_ofs') }} as moments
    on
        told.occurred_from < moments.occurred_before
        and told.occurred_from >= moments.as_at - interval '730' day
        and told.known_from < moments.known_before
left join {{ ref('fct_addresses_told') }} as notified
    on
        notified.kind = 'notified'
        and told.viewer_force = notified.viewer_force
        and told.person_id = notified.person_id
        and told.postcode = notified.postcode
        and moments.known_before > notified.known_from
where told.kind = 'told' and notified.postcode is null
group by moments.as_of_id, told.viewer_force, told.person_id
