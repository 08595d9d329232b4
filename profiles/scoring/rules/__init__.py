"""Rule scores: lists that need no model. RFGV and the line in the manner of V100, and the harm weights both stand on.

Here: the reference in Python, worked by hand in tests/spec; the SQL models of a night are held against it. Not here:
models (learn), whether one beats these (judge).
"""
