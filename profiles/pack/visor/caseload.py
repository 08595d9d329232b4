"""The page of caseload: series of demand, and the load of each team beside what is agreed.

Here: the page and its table. Not here: the series (profiles/pack/people/picture.py shares their form).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Mark, Panel, Table
from profiles.pack.cells import as_written, strong
from profiles.pack.charts import DotRow, DotsFigure
from profiles.pack.cite import Text
from profiles.pack.facts import shown
from profiles.pack.formats import Format
from profiles.pack.model import Section
from profiles.pack.notfinding import not_a_finding
from profiles.pack.people.book import PeopleBook
from profiles.pack.rows import Rows
from profiles.pack.series import series_figure
from profiles.pack.tables.managed import TeamLoad
from profiles.pack.text import join, plural, say
from profiles.pack.titles import first_fitting, trend_title

_TEAMS = 10


def caseload_section(book: PeopleBook) -> Section:
    """The whole page."""
    page = book.page("p-picture")
    codes = [code for code in book.series if book.series[code].items[0].series_group == "main"]
    verdicts = [book.verdicts[code] for code in codes]
    return Section(
        section_id=page.page_id,
        kind="caseload",
        label=page.label,
        title=_title(book),
        question=page.question,
        figures={
            "series": tuple(series_figure(book.series[code], book.verdicts[code]) for code in codes),
            "loads": (_dots(book),),
        },
        tables={"loads": _loads(book)},
        notes={
            "window": _window(book),
            "recording": book.standing("recording"),
            "trend": trend_title(verdicts, "measure"),
        },
        panels={
            "not_a_finding": Panel(
                title="Not a finding", lines=not_a_finding(book.series, verdicts).lines, tone="tint"
            )
        },
    )


def _title(book: PeopleBook) -> Text:
    codes = [code for code in book.series if book.series[code].items[0].series_group == "main"]
    verdicts = [book.verdicts[code] for code in codes]
    above = book.rows(TeamLoad).where(is_above=True)
    facts = [above.count(), *(verdict.fact("verdict") for verdict in verdicts)]
    trend = trend_title(verdicts, "measure")
    if any(verdict.is_signal for verdict in verdicts):
        both = join(trend, _above(above, f.lower_cardinal), gap="; ") if len(above) else trend
        return first_fitting("title.caseload.signal", facts, both, trend)
    teams = _above(above, f.lower_cardinal) if len(above) else say("no team above its agreed load")
    alone = _above(above, f.cardinal) if len(above) else trend
    return first_fitting("title.caseload.inside", facts, join(trend, teams, gap="; "), alone, trend)


def _above(above: Rows[TeamLoad], number: Format) -> Text:
    teams = plural(len(above), "team is", "teams are")
    return say("{n} {teams} above the agreed load", n=shown(number, above.count()), teams=teams)


def _window(book: PeopleBook) -> Text:
    months = next((rows for rows in book.series.values() if len(rows)), None)
    if months is None:
        return say("No month is held.")
    return say(
        "A month each, {start} to {end}. Scales differ; small grey figures are the ends of the normal range.",
        start=shown(f.in_month, months.smallest("month")),
        end=shown(f.in_month, months.largest("month")),
    )


def _dots(book: PeopleBook) -> DotsFigure:
    """Nominals for each manager by team; the line is the load agreed for the first."""
    rows = book.rows(TeamLoad).items[:_TEAMS]
    top = max((max(row.load, row.agreed_load) for row in rows), default=10.0)
    to = next(float(end) for end in (10, 20, 40, 60, 80, 100, 200, 1000) if top <= end)
    dots = tuple(
        DotRow(
            name=say("{team}", team=shown(f.clipped(22), row.fact("team"))),
            value=row.load,
            lower=row.load,
            upper=row.load,
            label=shown(f.one_decimal, row.fact("load")),
        )
        for row in rows
    )
    agreed = rows[0] if rows else None
    listed = [say("{team} {n}", team=dot.name, n=dot.label) for dot in dots]
    return DotsFigure(
        cites=(book.rows(TeamLoad).values("load").cite,),
        rows=dots,
        reference=agreed.agreed_load if agreed else None,
        reference_label=say("agreed {n}", n=shown(f.one_decimal, agreed.fact("agreed_load")))
        if agreed
        else Text(),
        axis_to=to,
        alt=say(
            "Nominals for each manager, by team: {listed}.",
            listed=join(*listed, gap="; ") if listed else "none",
        ),
    )


def _loads(book: PeopleBook) -> Table:
    rows = book.rows(TeamLoad)
    return Table(
        title="Load of each team",
        columns=(
            Column(heading="Team", width_mm=34),
            Column(heading="In community", width_mm=18, is_number=True),
            Column(heading="High or very high", width_mm=18, is_number=True),
            Column(heading="Beside agreed"),
        ),
        rows=tuple(
            (
                strong(row.fact("team"), most=30),
                as_written(f.whole, row.fact("n_nominals")),
                as_written(f.whole, row.fact("n_very_high")),
                Cell(marks=(Mark(kind="gap", text="Above"),)) if row.is_above else Cell(text=say("Inside")),
            )
            for row in rows.items[:_TEAMS]
        ),
        empty="No team is recorded as managing anybody in the community.",
    )
