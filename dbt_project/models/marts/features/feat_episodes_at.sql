-- Missing episodes of each person in the year before each as-of moment, counted.
with counted as (
    select
        moments.as_of_id,
        episodes.*,
        {{ days_ago('episodes.missing_from', 'moments.as_at') }} as days_ago
    from {{ ref('fct_episodes_known') }} as episodes
    inner join {{ ref('stg_as_ofs') }} as moments
        on
            episodes.missing_from < moments.occurred_before
            and episodes.missing_from >= moments.as_at - interval '365' day
            and episodes.known_from < moments.known_before
            and episodes.known_until >= moments.known_before
)

select
    as_of_id,
    viewer_force,
    person_id,
    min(days_ago) as days_since_missing,
    {% for days in [28, 90, 365] %}
        {{ in_window('count(*)', days) }} as n_missing_{{ days }},
    {% endfor %}
    sum({{ decay('days_ago', 30) }}) as n_missing_decay_30,
    count(*) filter (where has_harm) as n_harm_episodes_365,
    count(*) filter (where has_exploitation_sign) as n_signs_365,
    sum(hours_missing) as hours_missing_365,
    sum({{ n_in_list('co_missing_refs', '; ') }}) as n_missing_with_365,
    count(*) filter (where is_found_elsewhere) as n_found_elsewhere_365,
    max(distance_km) as km_found_365,
    count(*) filter (where force_code = viewer_force) as n_own,
    {{ last_force() }} as last_force
from counted
group by as_of_id, viewer_force, person_id
