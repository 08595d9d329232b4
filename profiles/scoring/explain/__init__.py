"""What a score says of one person, in words that can be checked: chance, reasons, evidence, time, movement.

Here: pure functions from a model's parts to reasons. Not here: the words themselves (profiles/definitions), whether
the model may be believed (judge), pages (profiles/pack).
"""
