"""What may not be printed: the one room with the policy of small numbers.

Here: single counts on the force's own pages (small.py), tables that may leave it (tables.py), rounding
(rounding.py), and how page builders ask (counts.py). Not here: whose records may be shown to whom
(governance/sharing.py).
"""

from profiles.pack.disclosure.small import LEAST, drawn, is_small

__all__ = ["LEAST", "drawn", "is_small"]
