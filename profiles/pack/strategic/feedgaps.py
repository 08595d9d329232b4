"""What page 6 says of feeds that stopped, of deliveries that are not used, and of files nobody vouched for.

Here: one line each, also for feeds that this pack does not rest on: silence must not look like peace. Not here: months
that are missing from street-level data (data.py), what sets a delivery aside (orchestration/landing/standing).
"""

from profiles.pack import formats as f
from profiles.pack.cite import Text
from profiles.pack.facts import named, shown
from profiles.pack.strategic.book import FEED, StrategicBook
from profiles.pack.strategic.tables import Feed
from profiles.pack.tables.deliveries import Delivery
from profiles.pack.text import join, plural, say

_MOST = 3  # feeds named on one line
_SET_ASIDE = ("held", "degraded", "replayed")


def stopped_line(book: StrategicBook) -> Text:
    """Feeds of which nothing newer than their freshness allows is used, each with its last day."""
    rows = [row for row in book.rows(Feed).where(is_held=True, is_stale=True) if row.feed != FEED]
    if not rows:
        return Text()
    listed = [
        say(
            "{feed} on {day}",
            feed=named(row.fact("feed_title")), day=shown(f.on_day, row.fact("last_used_date")),
        )
        for row in rows[:_MOST]
    ]  # fmt: skip
    more = [row.fact("feed") for row in rows[_MOST:]]
    tail = say("and {n} more", n=shown(f.how_many, *more)) if more else Text()
    return join(say("**Stopped:**"), join(*listed, gap=", "), tail)


def set_aside_line(book: StrategicBook) -> Text:
    """Person-level deliveries that are not used, counted by state, the newest with its reason."""
    found = {state: book.rows(Delivery).where(state=state) for state in _SET_ASIDE}
    counted = [
        say("{n} {state}", n=shown(f.whole, rows.count()), state=state)
        for state, rows in found.items()
        if len(rows)
    ]
    if not counted:
        return Text()
    last = max((row for rows in found.values() for row in rows), key=lambda row: (row.period, row.file_name))
    return say(
        "**Not used ({counts}):** {file}: {reason}", counts=join(*counted, gap=", "),
        file=shown(f.clipped(40), last.fact("file_name")), reason=shown(f.clipped(60), last.fact("reason")),
    )  # fmt: skip


def unverified_line(book: StrategicBook) -> Text:
    """How many files came without a manifest, so that nobody vouched for their being whole."""
    held = book.rows(Feed).where(is_held=True)
    if not sum(row.n_deliveries_unverified for row in held):
        return Text()
    return say(
        "**Unverified:** {n} of {total} {word} came without a manifest.",
        n=shown(f.whole, held.sum("n_deliveries_unverified")), total=shown(f.whole, held.sum("n_deliveries")),
        word=plural(sum(row.n_deliveries for row in held), "file"),
    )  # fmt: skip
