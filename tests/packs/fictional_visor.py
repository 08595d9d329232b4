"""The rows of the fictional pack of managed offenders: written out in worlds/visor.yml, the rest drawn. All invented.

Here: which rows are drawn and how. Not here: drawing (drawn_*.py), the database (fictional.py).
"""

import drawn_shared as shared
import written
from drawn_people import behind, listed

from profiles.pack.rows import Row

FEEDS = (
    ("managed_offender", "Managed offenders"), ("managed_visit", "Visits"), ("notification", "Notifications"),
    ("order", "Orders and bail"), ("person", "Nominals"), ("crime", "Crime"), ("crime_party", "People in crimes"),
    ("custody", "Custody"), ("intel_report", "Intelligence"), ("intel_party", "People in intelligence"),
    ("missing_episode", "Missing"),
)  # fmt: skip
ACTS = (
    ("Seen at an address that is not registered", "intel_report"),
    ("Visit made, nobody in", "managed_visit"),
    ("Reported near a school", "incident"),
    ("Notification made late", "notification"),
    ("Released from custody", "custody"),
)
OPTIONS = (
    ("PUR09", "Pursue", "Arrest for breach of notification", "SOA 2003 s.91", "notification late"),
    ("PRT09", "Protect", "Disclosure to the new household", "CSODS", "new household with children"),
    ("PRE04", "Prepare", "Unannounced visit with device check", "local", "visit late by the plan"),
)


def rows() -> list[Row]:
    """Every row of the pack's tables."""
    people = written.people("visor")
    return [
        *written.rows("visor"),
        *shared.series(written.series("visor")),
        *listed(people),
        *(row for person in people for row in behind(person, ACTS, OPTIONS)),
        *shared.feeds(FEEDS),
        *shared.deliveries(FEEDS),
        *shared.agreements([feed for feed, _ in FEEDS], "visor"),
    ]
