-- Every version of every custody record, from when it was known until when a later one was.
{{ known_versions('custody', [
    'arrested_at',
]) }}
