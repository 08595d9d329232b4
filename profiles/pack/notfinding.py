"""The box that says what is not a finding: the two largest movements that no rule supports.

Here: which movements, and why they say nothing. Not here: the series themselves (series.py), verdicts (scoring).
"""

from collections.abc import Mapping, Sequence

from profiles.pack import formats as f
from profiles.pack.blocks import Panel
from profiles.pack.cite import Text
from profiles.pack.facts import ruled, shown
from profiles.pack.rows import Rows
from profiles.pack.tables.series import SeriesMonth
from profiles.pack.text import say
from profiles.pack.verdicts import Verdict
from profiles.pack.wording import name_of, written

Move = tuple[Verdict, SeriesMonth, SeriesMonth]


def not_a_finding(series: Mapping[str, Rows[SeriesMonth]], verdicts: Sequence[Verdict]) -> Panel:
    """The two largest movements since the month before that no rule supports."""
    quiet = [verdict for verdict in verdicts if not verdict.is_signal]
    moves = [move for verdict in quiet if (move := _move(series, verdict)) is not None]
    moves.sort(key=lambda move: (-_size(move), move[0].series_code))
    if len(moves) < 2:
        line = say(
            "Two months side by side say nothing about change here: read a shape only with its normal range."
        )
        return Panel(title="Not a finding", lines=(ruled("not_a_finding.none", line),), tone="tint")
    line = say(
        "{a} and {b}. {why} Please do not report them as change.",
        a=_moved(moves[0], first=True),
        b=_moved(moves[1], first=False),
        why=_why(moves[0][0], moves[1][0]),
    )
    facts = [move[0].fact("verdict") for move in moves[:2]]
    return Panel(title="Not a finding", lines=(ruled("not_a_finding.two", line, *facts),), tone="tint")


def _size(move: Move) -> float:
    before, after = float(move[1].value or 0), float(move[2].value or 0)
    return abs(after - before) / max(before, 30.0)


def _move(series: Mapping[str, Rows[SeriesMonth]], verdict: Verdict) -> Move | None:
    rows = series[verdict.series_code].items[-2:] if verdict.series_code in series else ()
    if len(rows) < 2 or any(row.value is None or row.month_status == "missing" for row in rows):
        return None
    return None if rows[0].value == rows[1].value else (verdict, rows[0], rows[1])


def _moved(move: Move, first: bool) -> Text:
    verdict, before, after = move
    return say(
        "{name} went from {before} to {after} since {since}" if first else "{name} from {before} to {after}",
        name=name_of(verdict, inside=not first),
        before=shown(written(verdict), before.fact("value")),
        after=shown(written(verdict), after.fact("value")),
        since=shown(f.in_month, before.fact("month")),
    )


def _why(one: Verdict, other: Verdict) -> str:
    kinds = {one.kind, other.kind}
    if kinds == {"within"}:
        return "Both are ordinary month-to-month movement."
    if "too_few_months" in kinds:
        return "Without twelve months in a row nobody can say what is ordinary."
    return "No normal range says what is ordinary."
