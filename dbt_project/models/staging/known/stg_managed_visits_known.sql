-- Every version of every visit to a managed offender, from when it was known until when a later one was.
{{ known_versions('managed_visit', [
    'offender_ref',
    'planned_date',
    'done_date',
    'outcome',
]) }}
