"""Missing people, managed offenders, intelligence, identifiers, adverts: what the files about risk hold.

Not here: crimes (crimes), stories told by hand (scenarios).
"""
