-- Every version of every person in intelligence, from when it was known until when a later one was.
{{ known_versions('intel_party', [
    'intel_ref',
    'role',
]) }}
