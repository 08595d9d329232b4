"""The parts of a page as records, filled in Python so that templates hold no sum: cells, tables, sections.

Not here: how they look (report_templates/operations/words.html.j2).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from profiles.publish.environment import environment


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. Of state, link, bar and is_code at most one is set."""

    text: str = ""
    state: str = ""  # a word that is drawn as a state
    link: str = ""  # relative
    bar: int | None = None  # 0 to 100, drawn as a bar
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """One column's heading."""

    text: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first column heads the rows. is_folded: shown when `summary` is opened."""

    caption: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Cell]]
    kind: str = ""
    is_folded: bool = False
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with words and tables under it; `empty` is what stands there without rows."""

    id: str
    title: str
    words: str = ""
    tables: Sequence[Table] = field(default=())
    empty: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not any(table.rows for table in self.tables)


def heads(*names: str) -> tuple[Head, ...]:
    """Headings; one that begins with # is of numbers."""
    return tuple(Head(name.removeprefix("#"), name.startswith("#")) for name in names)


def code(text: str) -> Cell:
    """A cell that holds a name of the code or data, not words."""
    return Cell(text, is_code=True)


def cells(*values: Any) -> tuple[Cell, ...]:
    """Cells of texts and numbers; numbers get their thousands apart, nothing is a dash."""
    return tuple(value if isinstance(value, Cell) else Cell(number(value)) for value in values)


def number(value: Any) -> str:
    """A value as a reader sees it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


def capped(sentences: Iterable[str], most: int, where: str) -> list[str]:
    """The first sentences, and how many more there are and where."""
    listed = list(sentences)
    more = len(listed) - most
    return [*listed[:most], f"… and {more:,} more {where}"] if more > 0 else listed


@lru_cache(maxsize=1)
def _templates() -> Any:
    return environment()


def render(template: str, **said: Any) -> str:
    """A page of operations."""
    return str(_templates().get_template(f"operations/{template}.html.j2").render(**said))
