"""The picture page: small multiples of every series, a map of areas beside the force, what sits behind a signal.

Here: the whole page, for every profile about people. Not here: limits and verdicts (scoring), rates (the marts).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Panel, Table
from profiles.pack.cells import n
from profiles.pack.cite import Text
from profiles.pack.disclosure import is_small
from profiles.pack.disclosure.counts import counts, curve
from profiles.pack.facts import named, ruled, shown
from profiles.pack.figures import SeriesFigure, TileMap
from profiles.pack.model import Section
from profiles.pack.notfinding import not_a_finding
from profiles.pack.people.book import PeopleBook
from profiles.pack.series import series_figure
from profiles.pack.tables.places import Area, AreaNote, Driver
from profiles.pack.text import join, plural, say
from profiles.pack.tilemap import Spot, place_key, tile_map
from profiles.pack.titles import trend_title

_DASH = Cell(text=say("–"))


def picture_section(book: PeopleBook, thing: str = "type") -> Section:
    """The whole page; `thing` is what one series is of."""
    page = book.page("p-picture")
    codes = [code for code in book.series if book.series[code].items[0].series_group == "main"]
    verdicts = [book.verdicts[code] for code in codes]
    note = book.rows(AreaNote).one()
    return Section(
        section_id=page.page_id,
        kind="picture",
        label=page.label,
        title=trend_title(verdicts, thing),
        question=page.question,
        may_leave=page.may_leave,
        figures={
            "series": tuple(series_figure(book.series[code], book.verdicts[code]) for code in codes),
            "map": (_map(book, note),),
        },
        tables={"areas": _areas_table(book, note)},
        notes={
            "window": _window(book),
            "recording": book.standing("recording"),
            "map_title": say("{what} by neighbourhood", what=named(note.fact("what")))
            if note
            else say("By area"),
            "map_unit": say("{unit}", unit=named(note.fact("rate_unit"))) if note else Text(),
            "map": _map_note(book, note),
        },
        panels={
            "behind": Panel(title="What sits behind it", lines=_behind(book)),
            "not_a_finding": not_a_finding(book.series, verdicts),
        },
    )


def _window(book: PeopleBook) -> Text:
    months = next((rows for rows in book.series.values() if len(rows)), None)
    if months is None:
        return say("No month is held.")
    return say(
        "A month each, {start} to {end}. Scales differ; small grey figures are the ends of the normal range.",
        start=shown(f.in_month, months.smallest("month")),
        end=shown(f.in_month, months.largest("month")),
    )


def _above(book: PeopleBook) -> tuple[Area, ...]:
    return tuple(row for row in book.rows(Area) if row.position == "above")


def _map(book: PeopleBook, note: AreaNote | None) -> TileMap:
    rows = book.rows(Area)
    spots = [
        Spot(r.fact("area_name"), r.fact("rate"), r.longitude, r.latitude, r.position, is_small(r.n_recent))
        for r in rows
    ]
    listed = [row.fact("area_name") for row in _above(book)[: book.definition.limits.places_listed]]
    force_rate = note.fact("force_rate") if note and note.force_rate is not None else None
    return tile_map(spots, listed, force_rate, rows.values("rate").cite, book.definition.limits.tiles_drawn)


def _map_note(book: PeopleBook, note: AreaNote | None) -> Text:
    if note is None or not len(book.rows(Area)):
        return say("No record of this kind carries an area.")
    sure = "Orange outline and ▲: clearly above the force rate of {rate}; the whole likely range lies above it, drawn "
    words = say(
        "Each hexagon is one neighbourhood, placed roughly where it lies. "
        + sure
        + "for {n} areas compared at once. "
        "{left} without an area left out.",
        rate=shown(f.rate, note.fact("force_rate")),
        n=n(note.fact("n_compared")),
        left=n(note.fact("n_without_area")),
    )
    return ruled("picture.map", words, note.fact("force_rate"), note.fact("n_compared"))


def _areas_table(book: PeopleBook, note: AreaNote | None) -> Table:
    rows = _above(book)
    limit = book.definition.limits.hot_places_listed
    numbers = counts(book, [row.fact("n_recent") for row in rows])
    more = [row.fact("area_name") for row in rows[limit:]]
    return Table(
        title="Clearly above the force rate",
        columns=(
            Column(heading="Key, area"),
            Column(heading="Number", width_mm=14, is_number=True),
            Column(heading="Rate", width_mm=11, is_number=True),
            Column(heading="Twelve months", width_mm=17),
        ),
        rows=tuple(
            (
                Cell(text=say("**{key}**\u2002{name}", key=place_key(at), name=named(row.fact("area_name")))),
                Cell(text=say("{n}", n=number)),
                Cell(text=say("{rate}", rate=shown(f.rate, row.fact("rate")))),
                _DASH if is_small(row.n_recent) else Cell(figure=_spark(book, row)),
            )
            for at, (row, number) in enumerate(zip(rows[:limit], numbers, strict=False))
        ),
        remainder=say(
            "and {n} more {word}, marked ▲", n=shown(f.how_many, *more), word=plural(len(more), "area")
        )
        if more
        else Text(),
        empty="No neighbourhood is clearly above the force rate.",
    )


def _spark(book: PeopleBook, row: Area) -> SeriesFigure:
    fact = row.fact("monthly")
    alt = say(
        "{name}: {n} months held, from {low} to {high} a month.",
        name=named(row.fact("area_name")),
        n=shown(f.how_many_held, fact),
        low=shown(f.least_of, fact),
        high=shown(f.most_of, fact),
    )
    return SeriesFigure(cites=(fact.cite,), points=curve(book, row.monthly), alt=alt)


def _behind(book: PeopleBook) -> tuple[Text, ...]:
    """Shares of the extra records, where a rule has fired; else that there is nothing to explain."""
    rows = book.rows(Driver)
    if not len(rows):
        return (
            ruled(
                "behind.none", say("No series has a signal, so there is nothing to explain."), rows.count()
            ),
        )
    return tuple(_driver(row) for row in rows.items[:4])


def _driver(row: Driver) -> Text:
    lead = say("**{lead}**", lead=shown(f.clipped(60), row.fact("lead_text")))
    if row.share is None:
        return join(lead, say("{rest}", rest=shown(f.clipped(150), row.fact("rest_text"))))
    rest = shown(f.filled("share"), row.fact("rest_text"), row.fact("share"))
    return join(lead, say("{rest}", rest=rest))
