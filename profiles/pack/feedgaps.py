"""What page 6 says of feeds that stopped, of deliveries that were set aside, and of files nobody vouched for.

Here: one line each, also for feeds that this pack does not rest on: silence must not look like peace. Not here: months
that are missing from street-level data (data.py), what sets a delivery aside (orchestration/landing/standing).
"""

from datetime import date, timedelta

from profiles.pack.book import FEED, Book
from profiles.pack.figures import Text
from profiles.pack.frame import day
from profiles.pack.tables import Row
from profiles.pack.text import clipped, fig, join, plural, say

_MOST = 3  # feeds or files named on one line
_UNUSED = ("held", "degraded", "replayed", "refused")


def stopped_line(book: Book) -> Text:
    """Feeds of which nothing newer than their freshness allows is used, each with its last day."""
    rows = [row for row in book.tables.feeds if row["is_held"] and row["is_stale"] and row["feed"] != FEED]
    if not rows:
        return Text()
    listed = [
        say(
            "{feed} on {day}",
            feed=fig(row["feed_title"], "prof_vawg__feeds.feed_title"),
            day=fig(day(_last_day(book, row)), f"prof_vawg__feeds[{row['feed']}].age_days"),
        )
        for row in rows[:_MOST]
    ]
    return join(
        say("**Stopped:**"), join(*listed, gap=", "), _more(len(rows), "prof_vawg__feeds.is_stale.count")
    )


def _last_day(book: Book, row: Row) -> date:
    return book.frame.as_of - timedelta(days=row["age_days"])


def set_aside_line(book: Book) -> Text:
    """Person-level deliveries that are not used, the first with its reason."""
    rows = [row for row in book.tables.deliveries if row["feed"] != FEED and row["state"] in _UNUSED]
    if not rows:
        return Text()
    last = max(rows, key=lambda row: (row["period"], row["file_name"]))
    return say(
        "**Not used ({n} {word}):** {file} is {state}: {reason}",
        n=fig(str(len(rows)), "prof_vawg__deliveries.state.count"),
        word=plural(len(rows), "file"),
        file=fig(clipped(last["file_name"], 40), "prof_vawg__deliveries.file_name"),
        state=fig(last["state"], "prof_vawg__deliveries.state"),
        reason=fig(clipped(last["reason"] or "no reason given", 60), "prof_vawg__deliveries.reason"),
    )


def unverified_line(book: Book) -> Text:
    """How many files came without a manifest, so that nobody vouched for their being whole."""
    rows = [row for row in book.tables.feeds if row["is_held"] and row["n_deliveries"]]
    n, total = sum(row["n_deliveries_unverified"] for row in rows), sum(row["n_deliveries"] for row in rows)
    if not n:
        return Text()
    return say(
        "**Unverified:** {n} of {total} {word} came without a manifest.",
        n=fig(f"{n:,}", "prof_vawg__feeds.n_deliveries_unverified"),
        total=fig(f"{total:,}", "prof_vawg__feeds.n_deliveries"),
        word=plural(total, "file"),
    )


def _more(total: int, ref: str) -> Text:
    return say("and {n} more", n=fig(str(total - _MOST), ref)) if total > _MOST else Text()
