"""Words, and figures that carry their source: the smallest parts of a pack.

Here: Cite (where a value stands), Run and Text. A stretch of text with a digit in it cannot be made without a cite.
Not here: making them from rows (facts.py), how a value is written (formats.py), making one again (resolve.py).
"""

import hashlib
from base64 import b32encode
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

Key = str | int | float | bool | None
How = Literal["value", "count", "sum", "smallest", "largest", "values", "first"]

DEFINITION, FRAME, FORCE = "definition", "frame", "dim_forces"


class Frozen(BaseModel):
    """Base of every part of a pack: immutable, no unknown fields, no NaN or infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Cite(Frozen):
    """Where a value stands: rows of a table that meet every condition, a column of them, and what is taken of it.

    `table` is a profile table (its rows are those of the pack's force), `dim_forces`, `definition` or `frame`; the
    last two have no rows, and `column` is a dotted path. Dates in `where` are ISO text.
    """

    table: str
    column: str
    where: tuple[tuple[str, Key], ...] = ()
    how: How = "value"

    @property
    def words(self) -> str:
        """For a person: prof_vawg__ranked[person_ref=S-1].rank, or count of ….*"""
        keys = ", ".join(f"{name}={value}" for name, value in self.where)
        place = f"{self.table}[{keys}].{self.column}" if keys else f"{self.table}.{self.column}"
        return place if self.how == "value" else f"{self.how} of {place}"


def tag_of(show: str, cites: tuple[Cite, ...]) -> str:
    """Eight letters and digits that name a figure by its source and form: the same in every pack that prints it."""
    parts = [show, *(f"{c.table}|{c.column}|{c.how}|{c.where!r}" for c in cites)]
    return b32encode(hashlib.sha256("\n".join(parts).encode()).digest()[:5]).decode().lower()


class Run(Frozen):
    """A stretch of text in one style. With `cites` it is a figure or a name that `show` made from their values;
    with `page` it is the number of the sheet on which that page starts, known when sheets are laid out."""

    text: str
    cites: tuple[Cite, ...] = ()
    show: str = ""
    page: str = ""
    strong: bool = False
    signal: bool = False

    @model_validator(mode="after")
    def _no_figure_without_a_source(self) -> "Run":
        if not self.cites and any(letter.isdigit() for letter in self.text):
            raise ValueError(f"{self.text!r} holds a figure and names no source for it")
        return self

    @property
    def tag(self) -> str:
        """The tag of a figure; empty for plain words."""
        return tag_of(self.show, self.cites) if self.cites else ""


class Text(Frozen):
    """Words with their figures tagged. `rule` names the rule that chose a sentence, `cites` what it looked at."""

    runs: tuple[Run, ...] = ()
    rule: str = ""
    cites: tuple[Cite, ...] = ()

    @property
    def plain(self) -> str:
        """The text as a reader sees it, without page numbers."""
        return "".join(run.text for run in self.runs)

    @property
    def tag(self) -> str:
        """The tag of a sentence made by rule; empty for other text."""
        return tag_of(self.rule, self.cites) if self.rule else ""

    def __bool__(self) -> bool:
        """False for no words at all."""
        return bool(self.runs)


def _as_text(value: object) -> object:
    if isinstance(value, str):
        return Text(runs=(Run(text=value),)) if value else Text()
    return value


Words = Annotated[Text, BeforeValidator(_as_text)]
"""Text that may be given as plain words; a figure in it still needs its source."""
