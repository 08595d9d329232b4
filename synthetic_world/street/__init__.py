"""Street-level crime as the open-data archive writes it.

Not here: person-level feeds.
"""
