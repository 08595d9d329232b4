-- Every version of every incident that is no crime, from when it was known until when a later one was.
{{ known_versions('incident', [
    'kind',
    'victim_ref',
    'subject_ref',
    'is_domestic_abuse',
]) }}
