-- Every version of every placement, from when it was known until when a later one was.
{{ known_versions('placement', [
    'person_ref',
    'home_type',
]) }}
