"""What a score is worth: measures with intervals, protocols in time, gates, sentinels and duels.

Not here: fitting (learn), fairness between groups (fairness), watching a model in use (watch).
"""
