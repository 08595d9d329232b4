"""Page 3: where the recorded rate is clearly above the force, on a tile map and in tables with intervals.

Here: the page and its notes. Not here: its tables (placetables.py), the map (placemap.py), rates (the marts).
"""

from profiles.pack.disclosure import count_text
from profiles.pack.figures import StackFigure, StackPart, Text
from profiles.pack.model import Panel, Section
from profiles.pack.strategic.book import Book
from profiles.pack.strategic.placemap import tile_map
from profiles.pack.strategic.placetables import above_table, count_of, district_table, next_table, rate_note
from profiles.pack.strategic.tables import Row
from profiles.pack.text import fig, plural, rate, say
from profiles.pack.titles import place_title

_POSITIONS = (
    ("above", "clearly above"),
    ("not_clear", "not clear"),
    ("below", "clearly below"),
    ("too_few", "too few"),
)


def place_section(book: Book) -> Section:
    """The whole page."""
    page = book.definition.page("p-place")
    level, above = book.place_level, book.above()
    note = book.place_note(level)
    listed = above[: book.definition.limits.places_listed]
    compared = note["n_compared"] if note else 0
    title = place_title(len(above), compared, level, [row["place_name"] for row in above])
    tables = {"above": above_table(book, listed, len(above)), "next": next_table(book, len(listed))}
    if level == "neighbourhood" and book.places("district"):
        tables["districts"] = district_table(book)
    return Section(
        section_id=page.page_id,
        label=page.label,
        title=say("{title}", title=fig(title, "prof_strategic__places.position")),
        question=page.question,
        figures={"map": (tile_map(book, listed),), "positions": (_positions(book),)},
        tables=tables,
        notes=_notes(book, note),
        panels={"care": _care(book, note)},
    )


def _positions(book: Book) -> StackFigure:
    """How all places compare, as one bar."""
    rows = book.places(book.place_level)
    counts = [(words, sum(row["position"] == code for row in rows)) for code, words in _POSITIONS]
    total = max(1, len(rows))
    parts = tuple(
        StackPart(share=100 * count / total, label=str(count), name=f"{count} {words}", tone=tone)
        for tone, (words, count) in zip((0, 3, 4, 5), counts, strict=True)
        if count
    )
    alt = f"Of {len(rows)} places: " + ", ".join(f"{count} {words}" for words, count in counts) + "."
    return StackFigure(ref="prof_strategic__places.position.count", parts=parts, alt=alt)


def _notes(book: Book, note: Row | None) -> dict[str, Text]:
    if note is None:
        return {"map": say("No record carries a place."), "rate": Text()}
    return {
        "rate": rate_note(book),
        "map": say(
            "Each hexagon is one {level}, placed roughly where it lies. Orange outline and ▲: clearly "
            "above the force "
            "rate of {rate}; letters are the key of the table. White: too few records to compare.",
            level=book.place_level,
            rate=fig(rate(note["force_rate"]), "prof_strategic__place_notes.force_rate"),
        ),
    }


def _care(book: Book, note: Row | None) -> Panel:
    if note is None:
        return Panel(
            title="Read with care", lines=(say("Without places there is no map and no rate."),), tone="warn"
        )
    lines = [
        say(
            "**How sure.** {n} places are compared at once, so each range is drawn at {level}: with no real "
            "difference, all of them together would raise a false alarm about one time in twenty."
            if note["n_compared"] > 1
            else "**How sure.** {n} place has enough records: its range is drawn at {level}.",
            n=count_of(note["n_compared"], "prof_strategic__place_notes.n_compared"),
            level=fig(f"{note['interval_level'] * 100:.2f}%", "prof_strategic__place_notes.interval_level"),
        ),
        say(
            "**Left out.** {n} of {all} records carry no place.{border}",
            n=count_of(note["n_without_place"], "prof_strategic__place_notes.n_without_place"),
            all=count_of(note["n_records"], "prof_strategic__place_notes.n_records"),
            border=_border(note),
        ),
        say(
            "**Rates** use residents, not visitors: a town centre at night counts people who do not "
            "live there."
        ),
    ]
    return Panel(title="Read with care", lines=tuple(lines), tone="warn")


def _border(note: Row) -> Text:
    count = note["n_border_neighbourhoods"]
    if not count:
        return Text()
    return say(
        " {n} {word} across the border or shared with another force hold {records} more; they are not "
        "ranked.",
        n=count_of(count, "prof_strategic__place_notes.n_border_neighbourhoods"),
        word=plural(count, "neighbourhood"),
        records=fig(count_text(note["n_border_records"]), "prof_strategic__place_notes.n_border_records"),
    )
