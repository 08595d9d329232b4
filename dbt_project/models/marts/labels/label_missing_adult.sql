-- Outcome of missing_adult: as for children, over its own cohort. Only for training.
{{ label_missing() }}
