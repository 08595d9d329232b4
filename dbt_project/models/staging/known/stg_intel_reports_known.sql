-- Every version of every intelligence report, from when it was known until when a later one was.
{{ known_versions('intel_report', [
    'source_grade',
    'assessment_grade',
    'origin',
]) }}
