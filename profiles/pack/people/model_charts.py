"""How good and how fair the score is: the two charts of the page about it, and what they say.

Here: calibration and fairness. Not here: the page (model.py).
"""

from profiles.pack import formats as f
from profiles.pack.cells import n
from profiles.pack.charts import CalibrationFigure, CalibrationPoint, DotRow, DotsFigure
from profiles.pack.cite import Run, Text
from profiles.pack.facts import Fact, named, ruled, shown
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.card import CalibrationBin, FairGroup
from profiles.pack.text import join, say


def calibration(book: PeopleBook) -> CalibrationFigure:
    """Predicted beside observed, band by band, on one scale."""
    rows = book.rows(CalibrationBin)
    points = tuple(
        CalibrationPoint(
            predicted=100 * row.predicted,
            observed=100 * row.observed,
            lower=100 * row.lower,
            upper=100 * row.upper,
        )
        for row in rows
    )
    top = max((max(point.upper, point.predicted) for point in points), default=10.0)
    pairs = [
        say(
            "{a} and {b}",
            a=shown(f.per_hundred, row.fact("predicted")),
            b=shown(f.per_hundred, row.fact("observed")),
        )
        for row in rows
    ]
    alt = say(
        "Predicted and observed, per hundred: {pairs}.", pairs=join(*pairs, gap="; ") if pairs else "none"
    )
    return CalibrationFigure(
        cites=(rows.values("observed").cite,), points=points, axis_to=_round_up(top), alt=alt
    )


def _round_up(value: float) -> float:
    return next(float(end) for end in (5, 10, 20, 25, 30, 40, 50, 75, 100) if value <= end)


def calibration_note(book: PeopleBook) -> Text:
    """Yes where every range touches the line; else how many do not."""
    rows = book.rows(CalibrationBin)
    facts = [row.fact("observed") for row in rows]
    off = [row for row in rows if not row.lower <= row.predicted <= row.upper]
    if not len(rows):
        return ruled("calibration.none", say("Too few outcomes to say."), rows.count())
    if off:
        number = shown(f.how_many, *(row.fact("lower") for row in off))
        words = say("**Not everywhere.** {n} of {all} bands lie off the line.", n=number, all=n(rows.count()))
        return ruled("calibration.off", words, *facts)
    last = rows.items[-1]
    words = say(
        "**Yes, near enough.** Every range touches the line. There are {n} people-months in the highest band, so "
        "that end is less sure.",
        n=n(last.fact("n")),
    )
    return ruled("calibration.good", words, *facts)


def fairness(book: PeopleBook) -> DotsFigure:
    """How often people of each group are flagged wrongly, beside all."""
    rows = book.rows(FairGroup)
    everybody = rows.where(attribute="all").one()
    groups = [row for row in rows if row.attribute != "all"][:10]
    top = max((row.upper for row in rows), default=1.0)
    to = next(float(end) for end in (1, 2, 5, 10, 20, 50, 100, 1000) if top <= end)
    dots = tuple(
        DotRow(
            name=say("{name}", name=named(row.fact("group_name"))),
            value=row.rate,
            lower=row.lower,
            upper=row.upper,
            label=shown(f.value_and_range, row.fact("rate"), row.fact("lower"), row.fact("upper")),
        )
        for row in groups
    )
    listed = [say("{name} {label}", name=dot.name, label=dot.label) for dot in dots]
    label = say("all {n}", n=_rate(everybody.fact("rate"))) if everybody else Text()
    alt = say(
        "People flagged wrongly per thousand, by group: {listed}.",
        listed=join(*listed, gap="; ") if listed else "none",
    )
    return DotsFigure(
        cites=(rows.values("rate").cite,),
        rows=dots,
        reference=everybody.rate if everybody else None,
        reference_label=label,
        axis_to=to,
        alt=alt,
    )


def _rate(fact: Fact) -> Run:
    return shown(f.one_decimal, fact)


def fairness_note(book: PeopleBook) -> Text:
    """Which groups differ clearly, in words."""
    rows = book.rows(FairGroup)
    everybody = rows.where(attribute="all").one()
    clear = [row for row in rows if row.is_clear and row.attribute != "all"]
    facts = [row.fact("is_clear") for row in rows]
    if everybody is None:
        return ruled("fairness.none", say("No group was large enough to compare."), rows.count())
    if not clear:
        words = say("**No group differs clearly** from the rate of all: every range includes it.")
        return ruled("fairness.none_clear", words, *facts)
    names = [
        say(
            "{name} ({way})",
            name=named(row.fact("group_name")),
            way="more often" if row.rate > everybody.rate else "less often",
        )
        for row in clear
    ]
    words = say(
        "**Flagged wrongly at a clearly different rate:** {names}. This goes to the ethics panel; other differences "
        "may be chance.",
        names=join(*names, gap=", "),
    )
    return ruled("fairness.clear", words, *facts)
