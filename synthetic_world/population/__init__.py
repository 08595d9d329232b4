"""Who lives where: the atlas of forces, places, names, households, people, ties.

Not here: what happens to them (crimes, risks).
"""
