"""A head whole: from a cohort over time to a model with its calibration, its figures, its gate and its bundle.

Here: the order in which learn, judge and fairness are used for a profile. Not here: each of those, tables that are
not cohorts (trial), scoring and explaining people (explain), the records of a model (cards).
"""
