"""The tables of page 3: places clearly above the force rate, the next highest, and districts.

Here: which places are listed and how a row reads.
Not here: intervals (the marts), the rest of the page (places.py).
"""

from profiles.pack.disclosure import UNDER, count_text, drawn, is_small
from profiles.pack.figures import AxisFigure, IntervalFigure, Point, SeriesFigure, Text
from profiles.pack.frame import month
from profiles.pack.model import Cell, Column, Table
from profiles.pack.strategic.book import Book
from profiles.pack.strategic.placemap import place_key
from profiles.pack.strategic.tables import Row
from profiles.pack.text import fig, plural, rate, say, whole

_LISTED_IN_ALL = 11


def _axis_to(book: Book) -> float:
    """End of the shared axis: the highest upper end that is printed, a round figure above it."""
    rows = [row for row in book.places(book.place_level) if row["position"] != "too_few"]
    note = book.place_note(book.place_level)
    force_rate = note["force_rate"] or 0.0 if note else 0.0
    top = max((row["rate_upper"] or row["rate"] or 0.0 for row in rows), default=1.0)
    top = max(top, force_rate)
    step = _step(top)
    return step * -(-top // step)


def _step(top: float) -> float:
    for step in (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500):
        if top / step <= 4:
            return float(step)
    return 1000.0


def _axis(book: Book) -> AxisFigure:
    to = _axis_to(book)
    step = _step(to)
    ticks = tuple((step * i, f"{step * i:g}") for i in range(round(to / step) + 1))
    return AxisFigure(ref="frame.axis", axis_to=to, ticks=ticks, alt=f"Scale from 0 to {to:g}")


def _columns(book: Book, level: str, has_key: bool) -> tuple[Column, ...]:
    heading = "Neighbourhood" if level == "neighbourhood" else "District"
    return (
        Column(heading=("Key, " if has_key else "") + heading.lower() if has_key else heading, width_mm=58),
        Column(heading="Records", width_mm=18, is_number=True),
        Column(heading="Rate", width_mm=15, is_number=True),
        Column(heading="Rate and its likely range; tick: force", width_mm=48, axis=_axis(book)),
        Column(heading="Records a month"),
    )


def above_table(book: Book, rows: tuple[Row, ...], n_above: int) -> Table:
    """Places clearly above, highest first, capped; the remainder is counted."""
    level = book.place_level
    many = "neighbourhoods" if level == "neighbourhood" else "districts"
    more = n_above - len(rows)
    return Table(
        title="Clearly above the force rate",
        note=rate_note(book),
        columns=_columns(book, level, has_key=True),
        rows=tuple(_place_cells(book, row, place_key(index)) for index, row in enumerate(rows)),
        remainder=say(
            "and {n} more {word}, marked ▲ on the map", n=count_of(more), word=plural(more, level, many)
        )
        if more
        else Text(),
        empty=say("No {word} is clearly above the force rate.", word=level),
    )


def next_table(book: Book, n_listed: int) -> Table:
    """The highest of those not clearly above, where there is room: their order means little."""
    room = _LISTED_IN_ALL - n_listed if n_listed < _LISTED_IN_ALL - 1 else 0
    rows = [row for row in book.places(book.place_level) if row["position"] == "not_clear"][:room]
    return Table(
        title="Next highest, not clearly above",
        note=say("the likely range takes in the force rate: order is weak"),
        columns=_columns(book, book.place_level, has_key=False),
        rows=tuple(_place_cells(book, row, "") for row in rows),
    )


def _place_cells(book: Book, row: Row, key: str) -> tuple[Cell, ...]:
    ref = f"prof_strategic__places[{row['place_name']}]"
    name = say(
        "**{key}**\u2002{name}", key=fig(key, f"{ref}.key"), name=fig(row["place_name"], f"{ref}.place_name")
    )
    plain = say("{name}", name=fig(row["place_name"], f"{ref}.place_name"))
    if is_small(row["n_records"]):
        dash = Cell(text=say("–"))
        return (Cell(text=plain), Cell(text=say("{n}", n=fig(UNDER, f"{ref}.n_records"))), dash, dash, dash)
    return (
        Cell(text=name if key else plain),
        Cell(text=say("{n}", n=fig(count_text(row["n_records"]), f"{ref}.n_records"))),
        Cell(text=say("{n}", n=fig(rate(row["rate"]), f"{ref}.rate", strong=row["position"] == "above"))),
        Cell(figure=_interval(book, row, ref)),
        Cell(figure=_spark(row, ref)),
    )


def _interval(book: Book, row: Row, ref: str) -> IntervalFigure:
    note = book.place_note(row["place_level"])
    reference = note["force_rate"] if note else None
    to = _axis_to(book)
    low, high = min(row["rate_lower"], to), min(row["rate_upper"], to)
    alt = (
        f"{row['place_name']}: rate {rate(row['rate'])}, "
        f"likely range {rate(row['rate_lower'])} to {rate(row['rate_upper'])}"
    )
    if reference is not None:
        alt += f"; force {rate(reference)}"
    return IntervalFigure(
        ref=f"{ref}.rate_lower,rate_upper",
        value=min(row["rate"], to),
        lower=low,
        upper=high,
        reference=reference,
        axis_to=to,
        alt=alt,
    )


def _spark(row: Row, ref: str) -> SeriesFigure:
    counts = tuple(row["monthly"] or ())
    held = [count for count in counts if count is not None]
    alt = f"{row['place_name']}: {len(held)} months held"
    if held:
        alt += f", from {count_text(min(held))} to {count_text(max(held))} records a month"
    points = tuple(Point(value=value) for value in drawn(counts))
    return SeriesFigure(ref=f"{ref}.monthly", points=points, alt=alt + ".")


def district_table(book: Book) -> Table:
    """The districts of the force, highest rate first."""
    rows = [row for row in book.places("district") if row["position"] != "too_few"][:8]
    return Table(
        title="By district",
        columns=(
            Column(heading="District", width_mm=38),
            Column(heading="Records", width_mm=15, is_number=True),
            Column(heading="Rate", is_number=True),
        ),
        rows=tuple(_district_cells(row) for row in rows),
    )


def _district_cells(row: Row) -> tuple[Cell, ...]:
    ref = f"prof_strategic__places[{row['place_name']}]"
    mark = {"above": "▲ ", "below": "▼ "}.get(row["position"], "")
    shown = "–" if is_small(row["n_records"]) else rate(row["rate"])
    return (
        Cell(text=say("{name}", name=fig(row["place_name"], f"{ref}.place_name"))),
        Cell(text=say("{n}", n=fig(count_text(row["n_records"]), f"{ref}.n_records"))),
        Cell(text=say("{n}", n=fig(mark + shown, f"{ref}.rate", strong=bool(mark)))),
    )


def rate_note(book: Book) -> Text:
    """Unit and months behind every rate of the page."""
    note = book.place_note(book.place_level)
    if note is None:
        return Text()
    return say(
        "{unit}, {n} months held, {start} to {end}",
        unit=fig(note["rate_unit"], "prof_strategic__place_notes.rate_unit"),
        n=fig(str(note["n_months_held"]), "prof_strategic__place_notes.n_months_held"),
        start=fig(month(note["window_from"]), "prof_strategic__place_notes.window_from"),
        end=fig(month(note["window_to"]), "prof_strategic__place_notes.window_to"),
    )


def count_of(count: int, ref: str = "prof_strategic__places.count") -> Text:
    """A count of records or places."""
    return say("{n}", n=fig(whole(count), ref))
