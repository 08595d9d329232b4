select
    counts.force_code,
    counts.crime_type,
    counts.outcome_group,
    counts.n,
    cast(counts.n_total as bigint) as n_total,
    shares.share,
    shares.share_lower,
    shares.share_upper,
    counts.window_from,
    counts.window_to
from {{ ref('feat_strategic__outcome_counts') }} as counts
inner join {{ source('scored', 'outcome_shares') }} as shares
    on
        counts.force_code = shares.force_code
        and counts.crime_type = shares.crime_type
        and counts.outcome_group = shares.outcome_group
