"""Ten small stories told by hand, one YAML file each, which every demo world holds.

Not here: anything drawn at random.
"""
