"""The strategic picture of violence and sexual offences: what open street-level data can honestly carry.

Here: its tables, one builder a page, and the head that puts them in order.
Not here: words for verdicts (profiles/pack/wording.py), drawing (report_templates/strategic/).
"""

from profiles.pack.strategic.room import ROOM

__all__ = ["ROOM"]
