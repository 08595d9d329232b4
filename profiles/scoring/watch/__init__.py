"""A score in use: who stays on a list and how sure each rank is, and whether model and data are still what they were.

Here: lists and ranks (lists, ranks), drift of features (drift), matured precision and who leads (floor). Pure
functions on tables; none reads a clock. Not here: admission of a new model (judge/gate), the reasons of a score
(explain).
"""
