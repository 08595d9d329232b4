"""The tables of page 3: places clearly above the force rate, the next highest, and districts.

Here: which places are listed and how a row reads.
Not here: intervals (the marts), the rest of the page (places.py).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Table
from profiles.pack.cite import Text
from profiles.pack.disclosure import drawn, is_small
from profiles.pack.facts import named, shown
from profiles.pack.figures import AxisFigure, IntervalFigure, Point, SeriesFigure
from profiles.pack.strategic.book import StrategicBook
from profiles.pack.strategic.tables import Place
from profiles.pack.text import join, plural, say
from profiles.pack.tilemap import place_key

_LISTED_IN_ALL = 11
_DASH = Cell(text=say("–"))


def _axis_to(book: StrategicBook) -> float:
    """End of the shared axis: the highest upper end that is printed, a round figure above it."""
    rows = [row for row in book.places(book.place_level) if row.position != "too_few"]
    note = book.place_note(book.place_level)
    force_rate = note.force_rate or 0.0 if note else 0.0
    top = max((row.rate_upper or row.rate or 0.0 for row in rows), default=1.0)
    top = max(top, force_rate)
    step = _step(top)
    return step * -(-top // step)


def _step(top: float) -> float:
    for step in (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500):
        if top / step <= 4:
            return float(step)
    return 1000.0


def _axis(book: StrategicBook) -> AxisFigure:
    to = _axis_to(book)
    step = _step(to)
    ticks = tuple((step * i, f"{step * i:g}") for i in range(round(to / step) + 1))
    return AxisFigure(cites=(), axis_to=to, ticks=ticks, alt=say("Scale of the rate"))


def _columns(book: StrategicBook, level: str, has_key: bool) -> tuple[Column, ...]:
    heading = "Neighbourhood" if level == "neighbourhood" else "District"
    return (
        Column(heading="Key, " + heading.lower() if has_key else heading, width_mm=58),
        Column(heading="Records", width_mm=18, is_number=True),
        Column(heading="Rate", width_mm=15, is_number=True),
        Column(heading="Rate and its likely range; tick: force", width_mm=48, axis=_axis(book)),
        Column(heading="Records a month"),
    )


def above_table(book: StrategicBook, rows: tuple[Place, ...]) -> Table:
    """Places clearly above, highest first, capped; the remainder is counted."""
    level = book.place_level
    more = [row.fact("place_name") for row in book.above()[len(rows) :]]
    return Table(
        title="Clearly above the force rate",
        note=rate_note(book),
        columns=_columns(book, level, has_key=True),
        rows=tuple(_place_cells(book, row, place_key(index)) for index, row in enumerate(rows)),
        remainder=say(
            "and {n} more {word}, marked ▲ on the map",
            n=shown(f.how_many, *more),
            word=plural(len(more), level),
        )
        if more
        else Text(),
        empty=say("No {word} is clearly above the force rate.", word=level),
    )


def next_table(book: StrategicBook, n_listed: int) -> Table:
    """The highest of those not clearly above, where there is room: their order means little."""
    room = _LISTED_IN_ALL - n_listed if n_listed < _LISTED_IN_ALL - 1 else 0
    rows = [row for row in book.places(book.place_level) if row.position == "not_clear"][:room]
    return Table(
        title="Next highest, not clearly above",
        note="the likely range takes in the force rate: order is weak",
        columns=_columns(book, book.place_level, has_key=False),
        rows=tuple(_place_cells(book, row, "") for row in rows),
        empty="Every place listed is clearly above, or the table above fills the page.",
    )


def _place_cells(book: StrategicBook, row: Place, key: str) -> tuple[Cell, ...]:
    plain = say("{name}", name=named(row.fact("place_name")))
    count = Cell(text=say("{n}", n=shown(f.count, row.fact("n_records"))))
    if is_small(row.n_records):
        return (Cell(text=plain), count, _DASH, _DASH, _DASH)
    rate = shown(f.rate, row.fact("rate"), strong=row.position == "above")
    return (
        Cell(text=say("**{key}**\u2002{name}", key=key, name=plain) if key else plain),
        count,
        Cell(text=say("{n}", n=rate)),
        Cell(figure=_interval(book, row)),
        Cell(figure=_spark(row)),
    )


def _interval(book: StrategicBook, row: Place) -> IntervalFigure:
    note = book.place_note(row.place_level)
    to = _axis_to(book)
    value, low, high = row.rate or 0.0, row.rate_lower or 0.0, row.rate_upper or 0.0
    alt = say(
        "{name}: rate {rate}, likely range {low} to {high}",
        name=named(row.fact("place_name")),
        rate=shown(f.rate, row.fact("rate")),
        low=shown(f.rate, row.fact("rate_lower")),
        high=shown(f.rate, row.fact("rate_upper")),
    )
    if note is not None and note.force_rate is not None:
        alt = join(alt, say("force {n}", n=shown(f.rate, note.fact("force_rate"))), gap="; ")
    return IntervalFigure(
        cites=tuple(row.fact(name).cite for name in ("rate", "rate_lower", "rate_upper")),
        value=min(value, to),
        lower=min(low, to),
        upper=min(high, to),
        reference=note.force_rate if note else None,
        axis_to=to,
        alt=alt,
    )


def _spark(row: Place) -> SeriesFigure:
    monthly = row.fact("monthly")
    name = named(row.fact("place_name"))
    held = any(count is not None for count in row.monthly)
    pattern = (
        "{name}: {n} months held, from {low} to {high} records a month." if held else "{name}: no month held."
    )
    return SeriesFigure(
        cites=(monthly.cite,),
        points=tuple(Point(value=value) for value in drawn(row.monthly)),
        alt=say(
            pattern,
            name=name,
            n=shown(f.how_many_held, monthly),
            low=shown(f.least_of, monthly),
            high=shown(f.most_of, monthly),
        ),
    )


def district_table(book: StrategicBook) -> Table:
    """The districts of the force, highest rate first."""
    rows = [row for row in book.places("district") if row.position != "too_few"][:8]
    return Table(
        title="By district",
        columns=(
            Column(heading="District", width_mm=38),
            Column(heading="Records", width_mm=15, is_number=True),
            Column(heading="Rate", is_number=True),
        ),
        rows=tuple(_district_cells(row) for row in rows),
    )


def _district_cells(row: Place) -> tuple[Cell, ...]:
    mark = {"above": "▲ ", "below": "▼ "}.get(row.position, "")
    rate = say("–") if is_small(row.n_records) else say("{n}", n=shown(f.rate, row.fact("rate")))
    return (
        Cell(text=say("{name}", name=named(row.fact("place_name")))),
        Cell(text=say("{n}", n=shown(f.count, row.fact("n_records")))),
        Cell(text=say("**{mark}{rate}**" if mark else "{rate}", mark=mark, rate=rate)),
    )


def rate_note(book: StrategicBook) -> Text:
    """Unit and months behind every rate of the page."""
    note = book.place_note(book.place_level)
    if note is None:
        return Text()
    return say(
        "{unit}, {n} months held, {start} to {end}",
        unit=named(note.fact("rate_unit")),
        n=shown(f.whole, note.fact("n_months_held")),
        start=shown(f.in_month, note.fact("window_from")),
        end=shown(f.in_month, note.fact("window_to")),
    )
