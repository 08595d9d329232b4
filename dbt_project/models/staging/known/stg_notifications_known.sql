-- Every version of every notification, from when it was known until when a later one was.
{{ known_versions('notification', [
    'offender_ref',
    'kind',
    'due_date',
    'made_at',
    'postcode',
]) }}
