-- Every version of every nominal, from when it was known until when a later one was.
{{ known_versions('person', [
    'status',
]) }}
