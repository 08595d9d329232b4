-- A neighbourhood's home is the force that records most there; where two forces record, it is a border case.
-- Forces also record a few offences far outside their area. Such a neighbourhood is nobody's home here: it holds
-- under a twentieth of what the force's typical neighbourhood holds (the one that the middle record lies in).
with counted as (
    select
        lsoas.neighbourhood_name,
        counts.force_code,
        cast(sum(counts.n_records) as bigint) as n_records
    from {{ ref('int_lsoas_counted') }} as counts
    inner join {{ ref('int_lsoas_resolved') }} as lsoas
        on counts.lsoa_code = lsoas.lsoa_code
    group by lsoas.neighbourhood_name, counts.force_code
),

running as (
    select
        force_code,
        n_records,
        sum(n_records) over (
            partition by force_code order by n_records desc, neighbourhood_name asc
            rows between unbounded preceding and current row
        ) as n_so_far,
        sum(n_records) over (partition by force_code) as n_of_force
    from counted
),

typical as (
    select
        force_code,
        max(n_records) as n_records
    from running
    where 2 * n_so_far >= n_of_force
    group by force_code
),

ranked as (
    select
        neighbourhood_name,
        force_code,
        n_records,
        row_number() over (partition by neighbourhood_name order by n_records desc, force_code asc) as force_rank,
        count(*) over (partition by neighbourhood_name) as n_forces
    from counted
)

select
    ranked.neighbourhood_name,
    case when 20 * ranked.n_records >= typical.n_records then ranked.force_code end as home_force_code,
    ranked.n_forces
from ranked
inner join typical
    on ranked.force_code = typical.force_code
where ranked.force_rank = 1
