-- Every version of every managed offender, from when it was known until when a later one was.
{{ known_versions('managed_offender', [
    'person_ref',
    'status',
    'release_date',
    'annual_due_date',
    'last_notified_date',
]) }}
