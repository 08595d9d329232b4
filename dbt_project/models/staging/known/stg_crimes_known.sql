{{ config(materialized='table') }}
-- Every version of every crime, from when it was known until when a later one was.
{{ known_versions('crime', [
    'cjs_code',
    'rc_class',
    'ho_class',
    'offence_text',
    'status',
    'outcome_code',
    'is_domestic_abuse',
    'is_honour_based',
    'is_cse',
    'is_cce',
    'team',
], is_recent=true) }}
