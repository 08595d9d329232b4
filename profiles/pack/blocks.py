"""The blocks a page is made of: tables, panels, sentences, numbers, reasons, a decision box. All frozen data.

Here: what each block holds. Not here: pages and packs (model.py), words (cite.py), charts (figures.py, charts.py).
"""

from typing import Annotated, Literal

from pydantic import Field

from profiles.pack.charts import PersonFigure
from profiles.pack.cite import Frozen, Run, Text, Words
from profiles.pack.figures import AxisFigure, IntervalFigure, SeriesFigure, StackFigure, TileMap

Figure = Annotated[
    SeriesFigure | TileMap | IntervalFigure | AxisFigure | StackFigure | PersonFigure,
    Field(discriminator="kind"),
]


MarkKind = Literal["sub", "chip", "chip-solid", "chip-safe", "done", "gap", "box", "move", "move-up", "new"]


class Mark(Frozen):
    """A small line or label under the words of a cell; its shape carries its meaning without colour."""

    kind: MarkKind
    text: Words


class Cell(Frozen):
    """One table cell: words, small lines under them, a small figure; `state` draws a status square before the
    words, `bar` a bar of 0 to 100 beside them."""

    text: Words = Text()
    marks: tuple[Mark, ...] = ()
    figure: Figure | None = None
    state: Literal["", "full", "half", "late", "none"] = ""
    bar: int | None = Field(default=None, ge=0, le=100)
    is_reference: bool = False
    is_big: bool = False


class Column(Frozen):
    """A table column: heading, width class in millimetres (0: what is left), numeric or not, an axis under
    it."""

    heading: Words
    width_mm: int = 0
    is_number: bool = False
    axis: Figure | None = None


class Table(Frozen):
    """A table; the first cell of a row is its heading. `remainder` counts what a cap left out; `empty`
    replaces it."""

    title: Words
    note: Words = Text()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    remainder: Text = Text()
    empty: Words = Text()


class Sentence(Frozen):
    """A finding: the part in bold and the rest."""

    lead: Text
    rest: Text = Text()


class Kpi(Frozen):
    """One of the four numbers on the cover, or on a page of its own."""

    label: Words
    value: Text
    series: SeriesFigure | None = None
    verdict: Words = Text()


class Decision(Frozen):
    """A decision proposed by rule, with the page that shows why."""

    what: Text
    why: Text
    owner: Words
    anchor: str


class Panel(Frozen):
    """A titled box of lines; `tone` warn marks what limits the pack, safe what protects people."""

    title: Words
    lines: tuple[Text, ...]
    tone: Literal["plain", "warn", "tint", "safe"] = "plain"


class Card(Frozen):
    """A page that cannot be filled: why, and what would appear."""

    title: Words
    group: str
    reason: Text
    would_appear: tuple[str, ...]
    needs: Words
    outline: Literal["ranked", "timeline", "flags"]


class Reason(Frozen):
    """A reason for or against a rank: how strong (0 to 100 of all that raises it), the words, the evidence."""

    direction: Literal["up", "down"]
    strength: Words
    width: int = Field(ge=0, le=100)
    text: Text
    evidence: tuple[Run, ...] = ()
    badge: Words = Text()


class Option(Frozen):
    """A tactical option under one of the four Ps, and what in the records proposed it."""

    heading: str
    options: tuple[Text, ...]


class DecisionBox(Frozen):
    """The form on which a person decides about one subject; `name` starts the names of its fields."""

    name: str
    title: Words
    choices: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str, int], ...]
