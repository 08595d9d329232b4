-- Every version of every victim and suspect, from when it was known until when a later one was.
{{ known_versions('crime_party', [
    'crime_ref',
    'role',
    'relationship',
    'sex',
    'birth_date',
    'suspect_status',
], is_recent=true) }}
