-- Every version of every order, from when it was known until when a later one was.
{{ known_versions('order', [
    'person_ref',
    'protected_person_ref',
    'kind',
    'breached_at',
]) }}
