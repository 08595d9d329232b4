-- Every version of every referral, from when it was known until when a later one was.
{{ known_versions('safeguarding', [
    'kind',
    'person_ref',
]) }}
