"""Page 3: where the recorded rate is clearly above the force, on a tile map and in tables with intervals.

Here: the page and its notes. Not here: its tables (placetables.py), the map (placemap.py), rates (the marts).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Panel
from profiles.pack.cite import Run, Text
from profiles.pack.facts import Fact, ruled, shown
from profiles.pack.figures import StackFigure, StackPart
from profiles.pack.model import Section
from profiles.pack.strategic.book import StrategicBook
from profiles.pack.strategic.placemap import tile_map
from profiles.pack.strategic.placetables import above_table, district_table, next_table, rate_note
from profiles.pack.strategic.tables import Place, PlaceNote
from profiles.pack.strategic.titles import place_title
from profiles.pack.text import join, plural, say

_POSITIONS = (
    ("above", "clearly above"),
    ("not_clear", "not clear"),
    ("below", "clearly below"),
    ("too_few", "too few"),
)


def place_section(book: StrategicBook) -> Section:
    """The whole page."""
    page = book.page("p-place")
    level, above = book.place_level, book.above()
    note = book.place_note(level)
    listed = above[: book.definition.limits.places_listed]
    compared = book.rows(PlaceNote).where(place_level=level).sum("n_compared")
    first = above[0].fact("place_name") if above else None
    tables = {"above": above_table(book, listed), "next": next_table(book, len(listed))}
    if level == "neighbourhood" and book.places("district"):
        tables["districts"] = district_table(book)
    return Section(
        section_id=page.page_id,
        label=page.label,
        title=place_title(book.counted_above.count(), compared, level, first),
        question=page.question,
        may_leave=True,
        figures={"map": (tile_map(book, listed),), "positions": (_positions(book),)},
        tables=tables,
        notes=_notes(book, note),
        panels={"care": _care(note)},
    )


def _positions(book: StrategicBook) -> StackFigure:
    """How all places compare, as one bar."""
    rows = book.rows(Place).where(place_level=book.place_level)
    groups = [(words, rows.where(position=code).count()) for code, words in _POSITIONS]
    total = max(1, len(rows))
    parts = tuple(
        StackPart(
            share=100 * count.value / total,
            label=_n(count),
            name=say("{n} {words}", n=_n(count), words=words),
            tone=tone,
        )
        for tone, (words, count) in zip((0, 3, 4, 5), groups, strict=True)
        if count.value
    )
    listed = [say("{n} {words}", n=_n(count), words=words) for words, count in groups]
    alt = say("Of {n} places: {listed}.", n=_n(rows.count()), listed=join(*listed, gap=", "))
    return StackFigure(cites=(rows.values("position").cite,), parts=parts, alt=alt)


def _n(fact: Fact) -> Run:
    return shown(f.whole, fact)


def _notes(book: StrategicBook, note: PlaceNote | None) -> dict[str, Text]:
    if note is None:
        return {"map": say("No record carries a place."), "rate": Text()}
    return {
        "rate": rate_note(book),
        "map": say(
            "Each hexagon is one {level}, placed roughly where it lies. Orange outline and ▲: clearly "
            "above the force "
            "rate of {rate}; letters are the key of the table. White: too few records to compare.",
            level=book.place_level,
            rate=shown(f.rate, note.fact("force_rate")),
        ),
    }


def _care(note: PlaceNote | None) -> Panel:
    if note is None:
        nothing = ruled("care.place.none", say("Without places there is no map and no rate."))
        return Panel(title="Read with care", lines=(nothing,), tone="warn")
    lines = (
        say(
            "**How sure.** {n} places are compared at once, so each range is drawn at {level}: with no real "
            "difference, all of them together would raise a false alarm about one time in twenty."
            if note.n_compared > 1
            else "**How sure.** {n} place has enough records: its range is drawn at {level}.",
            n=_n(note.fact("n_compared")),
            level=shown(f.exact_share, note.fact("interval_level")),
        ),
        say(
            "**Left out.** {n} of {all} records carry no place.{border}",
            n=_n(note.fact("n_without_place")),
            all=_n(note.fact("n_records")),
            border=_border(note),
        ),
        say(
            "**Rates** use residents, not visitors: a town centre at night counts people who do not "
            "live there."
        ),
    )
    return Panel(title="Read with care", lines=lines, tone="warn")


def _border(note: PlaceNote) -> Text:
    if not note.n_border_neighbourhoods:
        return Text()
    return say(
        " {n} {word} across the border or shared with another force hold {records} more; they are not "
        "ranked.",
        n=_n(note.fact("n_border_neighbourhoods")),
        word=plural(note.n_border_neighbourhoods, "neighbourhood"),
        records=shown(f.count, note.fact("n_border_records")),
    )
