"""A fictional place with known truth, so that anyone can run and judge everything.

Here so far: its first room, street-level crime of three fictional forces in the layout of the open-data
archive (street). It reads data_contracts, because it writes what they describe, and no other package of
ours. The truth is written beside the landing folder, never in it.
"""
