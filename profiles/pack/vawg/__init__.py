"""The VAWG profile: named suspects to review, and people who may need protecting, on pages of their own.

Here: the profile's own pages and its room. Not here: pages that all profiles about people share (profiles/pack/people).
"""

from profiles.pack.vawg.room import ROOM

__all__ = ["ROOM"]
