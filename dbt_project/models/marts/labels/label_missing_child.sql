-- Outcome of missing_child: within 90 days an episode with harm, a crime against the person of 365 days or more, or a
-- new sign of exploitation. Only for training.
{{ label_missing() }}
