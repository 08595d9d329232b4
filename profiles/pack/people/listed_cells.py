"""One row of the list: rank and move, who, chance, recency and gravity, reasons, last decision.

Here: the cells. Not here: the page (listed.py).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Mark
from profiles.pack.charts import Bar, BarsFigure
from profiles.pack.cite import Text
from profiles.pack.facts import named, ruled, shown
from profiles.pack.figures import IntervalFigure
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.ranked import Ranked
from profiles.pack.text import join, only, say

_LAST = {
    "task": "Tasked",
    "known": "Already known",
    "reject": "Rejected; a new event since",
    "defer": "Deferred",
    "not_reviewed": "Not reviewed",
    "first_time": "First time listed",
}
_FLAGS_SHOWN = 3


def list_cells(book: PeopleBook, row: Ranked, to: float, has_chance: bool) -> tuple[Cell, ...]:
    """The cells of one person's row; `to` is the end of the axis of chances."""
    return (
        Cell(text=only(shown(f.whole, row.fact("rank"))), is_big=True, marks=_move(book, row)),
        Cell(text=_name(row), marks=(_who(row), *_flags(row))),
        *((Cell(text=_chance(row), figure=chance_figure(book, row, to)),) if has_chance else ()),
        Cell(text=_rule_rank(row), figure=_bars(row)),
        Cell(text=say("{words}", words=shown(f.clipped(120), row.fact("reasons_text")))),
        Cell(
            text=last_decision(row),
            marks=(Mark(kind="box", text="□\u00a0task □\u00a0known □\u00a0reject □\u00a0defer"),),
        ),
    )


def _name(row: Ranked) -> Text:
    return say("**{name}**", name=shown(f.clipped(40), row.fact("name" if row.name else "person_ref")))


def _who(row: Ranked) -> Mark:
    parts = [say("{age}", age=shown(f.whole, row.fact("age")))] if row.age is not None else []
    if row.name:
        parts.append(say("{ref}", ref=named(row.fact("person_ref"))))
    parts.append(say("{forces}", forces=shown(f.listed, row.fact("forces"))))
    return Mark(kind="sub", text=join(*parts, gap=" · "))


def _flags(row: Ranked) -> tuple[Mark, ...]:
    shown_flags = tuple(
        Mark(
            kind="chip-solid" if flag == "On bail" else "chip",
            text=say("{flag}", flag=shown(f.item(n), row.fact("flags"))),
        )
        for n, flag in enumerate(row.flags[:_FLAGS_SHOWN])
    )
    return shown_flags


def _move(book: PeopleBook, row: Ranked) -> tuple[Mark, ...]:
    """▲ 3, ▼ 1, =, NEW beside the rank; nothing where no list came before."""
    if not book.knows_movement:
        return ()
    if row.rank_prev is None:
        return (Mark(kind="new", text="NEW"),)
    if row.rank_prev == row.rank:
        return (Mark(kind="move", text="="),)
    run = shown(f.steps, row.fact("rank_prev"), row.fact("rank"))
    return (Mark(kind="move-up" if row.rank < row.rank_prev else "move", text=only(run)),)


def _chance(row: Ranked) -> Text:
    if row.p is None:
        return say("not scored")
    return say(
        "**{p}** ({range})",
        p=shown(f.per_hundred, row.fact("p")),
        range=shown(f.per_hundred_range, row.fact("p_lower"), row.fact("p_upper")),
    )


def chance_figure(book: PeopleBook, row: Ranked, to: float) -> IntervalFigure | None:
    """The dot, the bar and the tick of everybody; None without a chance."""
    if row.p is None:
        return None
    head = book.head
    alt = say(
        "{name}: {p} in a hundred, likely range {range}; everybody in the cohort {base}",
        name=shown(f.clipped(40), row.fact("short_name")),
        p=shown(f.per_hundred, row.fact("p")),
        range=shown(f.per_hundred_range, row.fact("p_lower"), row.fact("p_upper")),
        base=shown(f.per_hundred, head.fact("base_rate")),
    )
    return IntervalFigure(
        cites=tuple(row.fact(name).cite for name in ("p", "p_lower", "p_upper")),
        value=100 * row.p,
        lower=100 * (row.p_lower if row.p_lower is not None else row.p),
        upper=100 * (row.p_upper if row.p_upper is not None else row.p),
        reference=None if head.base_rate is None else 100 * head.base_rate,
        axis_to=to,
        alt=alt,
    )


def _bars(row: Ranked) -> BarsFigure:
    parts = (
        (shown(f.short_days, row.fact("recency_days")), row.recency_pct),
        (shown(f.whole, row.fact("n_events")), row.frequency_pct),
        (shown(f.whole, row.fact("gravity_pct")), row.gravity_pct),
    )
    alt = say(
        "{days} since the last event, {n} events in twelve months, gravity percentile {g}",
        days=shown(f.days, row.fact("recency_days")),
        n=shown(f.whole, row.fact("n_events")),
        g=shown(f.whole, row.fact("gravity_pct")),
    )
    names = ("recency_days", "n_events", "gravity_pct")
    bars = tuple(Bar(label=label, width=max(0, min(100, round(width)))) for label, width in parts)
    return BarsFigure(cites=tuple(row.fact(name).cite for name in names), bars=bars, alt=alt)


def _rule_rank(row: Ranked) -> Text:
    """Named only where rule and score part by more than a list's length."""
    if abs(row.rule_rank - row.rank) < 10:
        return Text()
    return say("Rank by rule {n}", n=shown(f.whole, row.fact("rule_rank")))


def last_decision(row: Ranked) -> Text:
    """What was decided last, and its state."""
    words = say(_LAST.get(row.last_decision, row.last_decision.capitalize()))
    if row.last_decision_text:
        words = say("{a}: {b}", a=words, b=shown(f.clipped(40), row.fact("last_decision_text")))
    return ruled(f"last.{row.last_decision}", words, row.fact("last_decision"))
