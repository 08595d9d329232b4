"""The missing profile: people to be protected, never targets; children are never ranked as risks to others.

Here: the profile's own pages and its room. Not here: pages that all profiles about people share (profiles/pack/people).
"""

from profiles.pack.missing.room import ROOM

__all__ = ["ROOM"]
