"""Fitting: from features and labels to a model that scores, with its calibration, and to the bundle that keeps it.

Here: encoding, the sign-bounded elastic net (linear), boosted trees (trees), both together (model, fit), choosing
between them inside the training rows (recipes, folds, choice), calibration, bundles. Not here: what a model is worth
(judge), what it says of a person (explain), tables of any shape (table).
"""
