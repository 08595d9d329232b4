"""Rank moves: as a cell, and as the slope chart of the page "what changed".

Here: who is drawn how. Not here: why they moved (causes.py), positions on paper (publish/geometry_people.py).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Mark
from profiles.pack.charts import SlopeFigure, SlopeItem
from profiles.pack.cite import Text
from profiles.pack.facts import Fact, from_definition, shown
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.movement import Mover
from profiles.pack.text import join, only, say


def moved(row: Mover) -> Cell:
    """▲ 4 to 1, NEW, Left."""
    if row.move == "new":
        return Cell(marks=(Mark(kind="new", text="NEW"),))
    if row.move == "left":
        return Cell(text=say("Left"))
    arrow = {"up": "▲", "down": "▼"}.get(row.move, "=")
    words = say("{arrow} {a} to {b}", arrow=arrow, a=_rank(row, "rank_prev"), b=_rank(row, "rank_now"))
    return Cell(marks=(Mark(kind="move-up" if row.is_risk_up else "move", text=words),))


def _rank(row: Mover, name: str) -> Text:
    return only(shown(f.whole, row.fact(name)))


def slope_figure(book: PeopleBook) -> SlopeFigure:
    """Ranks then and now; thick where the risk itself rose, a diamond for who is new, a ring for who left."""
    limit = book.definition.limits.subjects_listed
    rows = [row for row in book.rows(Mover) if min(row.rank_prev or 1000, row.rank_now or 1000) <= limit]
    items = tuple(_item(row, limit) for row in rows)
    return SlopeFigure(
        cites=(book.rows(Mover).values("rank_now").cite, book.rows(Mover).values("rank_prev").cite),
        items=items,
        start=shown(f.on_day_of_year, book.frame.fact("previous_as_of")),
        end=shown(f.on_day_of_year, book.frame.fact("as_of")),
        n_ranks=limit,
        alt=_alt(rows, book.limit("subjects_listed")),
    )


def _item(row: Mover, limit: int) -> SlopeItem:
    before = row.rank_prev if row.rank_prev is not None and row.rank_prev <= limit else None
    now = row.rank_now if row.rank_now is not None and row.rank_now <= limit else None
    kind = "new" if before is None else "left" if now is None else "risen" if row.is_risk_up else "moved"
    return SlopeItem(
        before=before,
        now=now,
        kind=kind,
        before_label=_label(row, "rank_prev") if before else Text(),
        now_label=_label(row, "rank_now") if now else Text(),
    )


def _label(row: Mover, name: str) -> Text:
    return say("{rank}  {name}", rank=_rank(row, name), name=shown(f.clipped(14), row.fact("short_name")))


def _alt(rows: list[Mover], limit: Fact) -> Text:
    listed = [
        say(
            "{name}: {a} to {b}",
            name=shown(f.clipped(24), row.fact("short_name")),
            a=_rank(row, "rank_prev") if row.rank_prev else "not listed",
            b=_rank(row, "rank_now") if row.rank_now else "left",
        )
        for row in rows
    ]
    number = shown(f.whole, from_definition("limits.subjects_listed", limit.value))
    return say(
        "Ranks then and now, first {n}. {listed}.",
        n=number,
        listed=join(*listed, gap="; ") if listed else "None",
    )
