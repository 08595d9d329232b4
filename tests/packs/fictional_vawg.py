"""The rows of the fictional VAWG pack: written out in worlds/vawg.yml, the rest drawn. All invented.

Here: which rows are drawn and how. Not here: drawing (drawn_*.py), the database (fictional.py).
"""

import random

import drawn_places as places
import drawn_shared as shared
import written
from drawn_people import behind, listed

from profiles.pack.rows import Row

FEEDS = (
    ("crime", "Crime"), ("crime_party", "People in crimes"), ("person", "Nominals"), ("custody", "Custody"),
    ("intel_report", "Intelligence"), ("incident", "Incidents"), ("order", "Orders and bail"),
    ("safeguarding", "Safeguarding"), ("managed_offender", "Managed offenders"), ("missing_episode", "Missing"),
)  # fmt: skip
ACTS = (
    ("Assault on a partner", "crime"),
    ("Threats by message", "crime"),
    ("Seen near a protected address", "intel_report"),
    ("Harassment at work", "crime"),
    ("Released under investigation", "custody"),
)
OPTIONS = (
    ("PUR04", "Pursue", "Stalking Protection Order", "SPA 2019", "course of conduct recorded"),
    ("PRT08", "Protect", "Markers, target-hardening, TecSOS", "local", "repeat victim"),
    ("PRE03", "Prepare", "Briefing to response teams", "local", "new on the list"),
)
LATE = ("calderwick", "custody")
SLOTS = (("public", "Public places", places.by_night, "Friday and Saturday, 20:00 to 04:00",
          "Friday and Saturday nights out", 16),
         ("home", "Homes", places.on_sunday, "Sunday, 14:00 to midnight", "Sunday evenings at home", 10))  # fmt: skip


def rows() -> list[Row]:
    """Every row of the pack's tables; the first person is written out in full, the others are drawn."""
    people = written.people("vawg")
    return [
        *written.rows("vawg"),
        *shared.series(written.series("vawg")),
        *listed(people),
        *(row for person in people[1:] for row in behind(person, ACTS, OPTIONS)),
        *places.areas(random.Random(5), (7.9, 7.2, 6.4, 6.2)),
        *(
            row
            for at, each in enumerate(SLOTS, start=1)
            for row in places.slots(random.Random(at), at, *each)
        ),
        *shared.feeds(FEEDS, LATE),
        *shared.deliveries(FEEDS),
        *shared.agreements([feed for feed, _ in FEEDS], "vawg"),
    ]
