"""The two long tables of page 6: feeds, and rows refused.

Here: one line a feed and one line a reason. Not here: the rest of the page (data.py).
"""

from typing import Literal

from profiles.pack.figures import Text
from profiles.pack.frame import month
from profiles.pack.model import Cell, Column, Panel, Table
from profiles.pack.strategic.book import Book
from profiles.pack.strategic.tables import Row
from profiles.pack.text import clipped, fig, plural, say, whole

_STATES: dict[str, tuple[Literal["", "full", "half", "late", "none"], str]] = {
    "current": ("full", "Current"),
    "stale": ("late", "Late"),
    "degraded": ("half", "Held, with gaps"),
}
_REASON_SHOWN = 90  # characters; the whole sentence stands in the JSON of the delivery


def feeds_table(book: Book) -> Table:
    """Feeds that are held, with how fresh they are."""
    return Table(
        title="Feeds held and used",
        columns=(
            Column(heading="Feed", width_mm=40),
            Column(heading="Newest month", width_mm=25),
            Column(heading="Files", width_mm=12, is_number=True),
            Column(heading="Failed checks", width_mm=20, is_number=True),
            Column(heading="State", width_mm=26),
            Column(heading="What it means here"),
        ),
        rows=tuple(_held_cells(row) for row in book.tables.feeds if row["is_held"] and row["is_used"]),
        empty=say("No feed that this pack uses is held for this force."),
    )


def not_held_panel(book: Book) -> Panel:
    """Feeds a pack could use and does not have, by name; the page on people says what each would add."""
    rows = [row for row in book.tables.feeds if not row["is_held"]]
    unused = (_unused_line(book),) if book.unused else ()
    if not rows:
        return Panel(title="Feeds not held", lines=(say("Every feed this pack could use is held."), *unused))
    names = fig("; ".join(row["feed_title"] for row in rows), "prof_strategic__feeds.feed_title")
    line = say(
        "**{n} feeds are not held:** {names}. Page {page} says what each would add.",
        n=fig(str(len(rows)), "prof_strategic__feeds.is_held.count"),
        names=names,
        page=fig(str(book.definition.page_number("p-people")), "pack.page"),
    )
    return Panel(title="Feeds not held", lines=(line, *unused))


def _unused_line(book: Book) -> Text:
    """Feeds that landed and are not used: nobody may think that they were looked at."""
    return say(
        "**{n} {word} held and not used in this pack:** {names}.",
        n=fig(str(len(book.unused)), "prof_strategic__feeds.is_used.count"),
        word=plural(len(book.unused), "feed is", "feeds are"),
        names=fig("; ".join(row["feed_title"] for row in book.unused), "prof_strategic__feeds.feed_title"),
    )


def _held_cells(row: Row) -> tuple[Cell, ...]:
    ref = f"prof_strategic__feeds[{row['feed']}]"
    square, words = _STATES.get(row["state"], ("half", str(row["state"]).capitalize()))
    newest = month(row["newest_month"]) if row["newest_month"] else "–"
    return (
        Cell(text=say("{name}", name=row["feed_title"])),
        Cell(text=say("{m}", m=fig(newest, f"{ref}.newest_month"))),
        Cell(text=say("{n}", n=fig(whole(row["n_deliveries"]), f"{ref}.n_deliveries"))),
        Cell(text=say("{n}", n=fig(whole(row["n_checks_failed"] or 0), f"{ref}.n_checks_failed"))),
        Cell(text=say("{words}", words=words), state=square),
        Cell(text=_meaning(row, ref)),
    )


def _meaning(row: Row, ref: str) -> Text:
    """How old the feed is, and which files were refused whole."""
    if row["age_days"] is None or row["freshness_days"] is None:
        age = say("Age not known.")
    else:
        age = say(
            "{n} {word} old; up to {limit} is usual.",
            n=fig(str(row["age_days"]), f"{ref}.age_days"),
            word=plural(row["age_days"], "day"),
            limit=fig(str(row["freshness_days"]), f"{ref}.freshness_days"),
        )
    refused = row["n_deliveries_refused"] or 0
    if not refused:
        return age
    count = fig(str(refused), f"{ref}.n_deliveries_refused")
    return say("{age} {n} {word} refused whole.", age=age, n=count, word=plural(refused, "file"))


def refusals_table(book: Book) -> Table:
    """Reasons, largest first; the cap counts what it leaves out."""
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in book.tables.refusals:
        grouped.setdefault((row["reason_code"], row["reason"]), []).append(row)
    order = sorted(grouped.items(), key=lambda item: (-sum(row["n_rows"] for row in item[1]), item[0]))
    limit = book.definition.limits.refusals_listed
    more = sum(row["n_rows"] for _, rows in order[limit:] for row in rows)
    return Table(
        title="Rows refused, and why",
        columns=(
            Column(heading="Reason", width_mm=44),
            Column(heading="Rows", width_mm=11, is_number=True),
            Column(heading="First seen in, line"),
        ),
        rows=tuple(_refusal_cells(reason, rows) for (_, reason), rows in order[:limit]),
        remainder=say(
            "and {n} more rows for other reasons", n=fig(whole(more), "prof_strategic__refusals.n_rows")
        )
        if more
        else Text(),
        empty=say("No row was refused."),
    )


def _refusal_cells(reason: str, rows: list[Row]) -> tuple[Cell, ...]:
    first = min(rows, key=lambda row: (row["period"], row["file_name"], row["first_line"] or 0))
    ref = f"prof_strategic__refusals[{first['reason_code']}]"
    words = clipped(reason[:1].upper() + reason[1:], _REASON_SHOWN)
    place = (
        f"{month(first['period'])}, {first['first_line']:,}"
        if first["first_line"]
        else month(first["period"])
    )
    return (
        Cell(text=say("{words}", words=fig(words, f"{ref}.reason"))),
        Cell(text=say("{n}", n=fig(whole(sum(row["n_rows"] for row in rows)), f"{ref}.n_rows"))),
        Cell(text=say("{place}", place=fig(place, f"{ref}.first_line"))),
    )
