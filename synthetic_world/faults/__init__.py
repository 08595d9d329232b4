"""What can be spoiled in a delivery on purpose, by a plan, and the log of it.

Not here: the habits of a force (records/personality).
"""
