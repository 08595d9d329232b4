"""The rows of the fictional missing pack: written out in worlds/missing.yml, the rest drawn. All invented.

Here: which rows are drawn and how. Not here: drawing (drawn_*.py), the database (fictional.py).
"""

import random

import drawn_places as places
import drawn_shared as shared
import written
from drawn_people import behind, listed

from profiles.pack.rows import Row

FEEDS = (
    ("missing_episode", "Missing"), ("return_interview", "Interviews"), ("placement", "Placements"),
    ("person", "Nominals"), ("crime", "Crime"), ("crime_party", "People in crimes"),
    ("intel_report", "Intelligence"), ("intel_party", "People in intelligence"), ("safeguarding", "Safeguarding"),
)  # fmt: skip
ACTS = (
    ("Missing from placement, found after nine hours", "missing_episode"),
    ("Found with two adults at a hotel", "missing_episode"),
    ("Seen in a car that other children name", "intel_report"),
    ("Says that a friend gave a phone", "return_interview"),
    ("Harmed in a reported offence", "crime_party"),
)
OPTIONS = (
    ("PRT04", "Protect", "Trigger plan for the next episode", "local", "three episodes in 90 days"),
    ("PRT05", "Protect", "Strategy meeting", "Children Act 1989 s.47", "signs of exploitation"),
    ("PUR06", "Pursue", "Child abduction warning notice", "force policy", "found with the same adult twice"),
)
SLOTS = (
    ("care", "From placements", places.by_night, "Friday and Saturday, 20:00 to 04:00", "Friday nights from care", 16),
    ("home", "From home", places.on_sunday, "Sunday, 14:00 to midnight", "Sunday evenings from home", 10),
)  # fmt: skip


def rows() -> list[Row]:
    """Every row of the pack's tables."""
    people = written.people("missing")
    return [
        *written.rows("missing"),
        *shared.series(written.series("missing")),
        *listed(people),
        *(row for person in people for row in behind(person, ACTS, OPTIONS)),
        *places.areas(random.Random(7), (8.1, 7.0, 5.9)),
        *(
            row
            for at, each in enumerate(SLOTS, start=1)
            for row in places.slots(random.Random(at), at, *each)
        ),
        *shared.feeds(FEEDS, ("eastmarch", "return_interview")),
        *shared.deliveries(FEEDS),
        *shared.agreements([feed for feed, _ in FEEDS], "missing"),
    ]
