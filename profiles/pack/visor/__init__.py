"""The profile of managed offenders: most restricted; other packs print only that somebody is managed, and by whom.

Here: the profile's own pages and its room. Not here: pages that all profiles about people share (profiles/pack/people).
"""

from profiles.pack.visor.room import ROOM

__all__ = ["ROOM"]
