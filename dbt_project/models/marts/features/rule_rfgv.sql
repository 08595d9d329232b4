-- RFGV: recency, frequency, gravity and victims as points from 0 to 100, every part beside the total. The points are
-- ours; profiles/scoring/rules/rfgv.py is the reference, worked by hand, and a test holds this against it.
with points as (
    select
        *,
        case
            when days_since <= 28 then 25.0
            when days_since <= 90 then 20.0
            when days_since <= 180 then 14.0
            when days_since <= 365 then 8.0
            when days_since <= 730 then 3.0
            else 0.0
        end as recency,
        25.0 * least(1.0, ln(1 + n_crimes + 0.25 * n_incidents) / ln(13)) as frequency,
        30.0 * least(1.0, log10(1 + harm_alleged + harm_charged) / log10(10000)) as gravity,
        case when n_victims >= 4 then 18.0 when n_victims = 3 then 14.0 when n_victims = 2 then 8.0 else 0.0 end
        + case when has_child or is_same_again then 2.0 else 0.0 end as victims
    from {{ ref('rule_rfgv_counts') }}
)

select
    list_name,
    as_of_id,
    viewer_force as force_code,
    person_id,
    days_since,
    n_crimes,
    n_incidents,
    n_victims,
    harm_alleged,
    harm_charged,
    harm_alleged + harm_charged as harm_days,
    cast(recency as double) as recency,
    cast(frequency as double) as frequency,
    cast(gravity as double) as gravity,
    cast(victims as double) as victims,
    cast(recency + frequency + gravity + victims as double) as points
from points
