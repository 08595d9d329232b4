-- Every version of every missing episode, from when it was known until when a later one was.
{{ known_versions('missing_episode', [
    'reported_at',
    'returned_at',
    'has_cse_marker',
    'has_cce_marker',
    'is_trafficking_referred',
    'found_place',
    'found_force',
    'distance_km',
    'harm',
    'co_missing_refs',
]) }}
