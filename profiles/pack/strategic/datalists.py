"""The two long tables of page 6: feeds, and rows refused.

Here: one line a feed and one line a reason. Not here: the rest of the page (data.py).
"""

from typing import Literal

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Panel, Table
from profiles.pack.cite import Run, Text
from profiles.pack.facts import Fact, named, shown
from profiles.pack.rows import Rows
from profiles.pack.strategic.book import StrategicBook
from profiles.pack.strategic.tables import Feed, Refusal
from profiles.pack.text import page_of, plural, say

_STATES: dict[str, tuple[Literal["", "full", "half", "late", "none"], str]] = {
    "current": ("full", "Current"),
    "stale": ("late", "Late"),
    "degraded": ("half", "Held, with gaps"),
}
_REASON_SHOWN = 90  # characters; the whole sentence stands in the JSON of the delivery


def feeds_table(book: StrategicBook) -> Table:
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
        rows=tuple(_held_cells(row) for row in book.used),
        empty="No feed that this pack uses is held for this force.",
    )


def not_held_panel(book: StrategicBook) -> Panel:
    """Feeds a pack could use and does not have, by name; the page on people says what each would add."""
    rows, title = book.not_held, "Feeds not held"
    unused = (_unused_line(book),) if len(book.unused) else ()
    if not len(rows):
        return Panel(title=title, lines=(say("Every feed this pack could use is held."), *unused))
    line = say(
        "**{n} feeds are not held:** {names}. Page {page} says what each would add.",
        n=_n(rows.count()),
        names=shown(f.joined("; "), rows.values("feed_title")),
        page=page_of("p-people"),
    )
    return Panel(title=title, lines=(line, *unused))


def _unused_line(book: StrategicBook) -> Text:
    """Feeds that landed and are not used: nobody may think that they were looked at."""
    return say(
        "**{n} {word} held and not used in this pack:** {names}.",
        n=_n(book.unused.count()),
        word=plural(len(book.unused), "feed is", "feeds are"),
        names=shown(f.joined("; "), book.unused.values("feed_title")),
    )


def _n(fact: Fact) -> Run:
    return shown(f.whole, fact)


def _held_cells(row: Feed) -> tuple[Cell, ...]:
    square, words = _STATES.get(row.state, ("half", row.state.capitalize()))
    newest = say("{m}", m=shown(f.in_month, row.fact("newest_month"))) if row.newest_month else say("–")
    return (
        Cell(text=say("{name}", name=named(row.fact("feed_title")))),
        Cell(text=newest),
        Cell(text=say("{n}", n=_n(row.fact("n_deliveries")))),
        Cell(text=say("{n}", n=_n(row.fact("n_checks_failed")))),
        Cell(text=say(words), state=square),
        Cell(text=_meaning(row)),
    )


def _meaning(row: Feed) -> Text:
    """How old the feed is, and which files were refused whole."""
    if row.age_days is None or row.freshness_days is None:
        age = say("Age not known.")
    else:
        age = say(
            "{n} old; up to {limit} is usual.",
            n=shown(f.days, row.fact("age_days")),
            limit=_n(row.fact("freshness_days")),
        )
    if not row.n_deliveries_refused:
        return age
    count = _n(row.fact("n_deliveries_refused"))
    return say(
        "{age} {n} {word} refused whole.", age=age, n=count, word=plural(row.n_deliveries_refused, "file")
    )


def refusals_table(book: StrategicBook) -> Table:
    """Reasons, largest first; the cap counts what it leaves out."""
    rows = book.rows(Refusal)
    keys = dict.fromkeys((row.reason_code, row.reason) for row in rows)
    grouped = [(key, rows.where(reason_code=key[0], reason=key[1])) for key in keys]
    grouped.sort(key=lambda item: (-item[1].sum("n_rows").value, item[0]))
    limit = book.definition.limits.refusals_listed
    more = [group.sum("n_rows") for _, group in grouped[limit:]]
    return Table(
        title="Rows refused, and why",
        columns=(
            Column(heading="Reason", width_mm=44),
            Column(heading="Rows", width_mm=11, is_number=True),
            Column(heading="First seen in, line"),
        ),
        rows=tuple(_refusal_cells(group) for _, group in grouped[:limit]),
        remainder=say("and {n} more rows for other reasons", n=shown(f.total, *more)) if more else Text(),
        empty="No row was refused.",
    )


def _refusal_cells(rows: Rows[Refusal]) -> tuple[Cell, ...]:
    first = min(rows, key=lambda row: (row.period, row.file_name, row.first_line or 0))
    place = say("{month}", month=shown(f.in_month, first.fact("period")))
    if first.first_line:
        place = say("{place}, {line}", place=place, line=_n(first.fact("first_line")))
    return (
        Cell(text=say("{words}", words=shown(f.opening(_REASON_SHOWN), first.fact("reason")))),
        Cell(text=say("{n}", n=_n(rows.sum("n_rows")))),
        Cell(text=place),
    )
