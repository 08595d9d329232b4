"""Idioms of table cells: a number, a name, a day, small lines, and the sentence that counts what a cap left out.

Here: the few shapes that every list page repeats. Not here: tables themselves (page builders), formats (formats/).
"""

from collections.abc import Sequence

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Mark
from profiles.pack.cite import Run, Text
from profiles.pack.facts import Fact, shown
from profiles.pack.formats import Format
from profiles.pack.rows import Row
from profiles.pack.text import only, say


def n(fact: Fact) -> Run:
    """A whole number."""
    return shown(f.whole, fact)


def cut(fact: Fact, most: int = 60) -> Run:
    """Words of a table, cut at a length."""
    return shown(f.clipped(most), fact)


def number(fact: Fact, *marks: Mark) -> Cell:
    """A whole number in bold, with small lines under it."""
    return Cell(text=only(shown(f.whole, fact, strong=True)), marks=marks)


def words(fact: Fact, most: int = 60, *marks: Mark) -> Cell:
    """Words of a table."""
    return Cell(text=only(cut(fact, most)), marks=marks)


def strong(fact: Fact, *marks: Mark, most: int = 40) -> Cell:
    """A name in bold."""
    return Cell(text=only(shown(f.clipped(most), fact, strong=True)), marks=marks)


def reference(fact: Fact, *marks: Mark) -> Cell:
    """A reference to look up, in figures that cannot be mistaken for letters."""
    return Cell(text=only(cut(fact, 40)), marks=marks, is_reference=True)


def as_written(form: Format, *facts: Fact) -> Cell:
    """One or more values in one form."""
    return Cell(text=only(shown(form, *facts)))


def sub(text: Text | Run) -> Mark:
    """A small grey line."""
    return Mark(kind="sub", text=only(text) if isinstance(text, Run) else text)


def items(row: Row, name: str, most: int) -> tuple[Run, ...]:
    """The first items of a list column, each with its own source."""
    fact = row.fact(name)
    return tuple(shown(f.item(at), fact) for at in range(min(most, len(fact.value))))


def left_over(
    rows: Sequence[Row], limit: int, key: str, where: str = "in the tables beside this pack"
) -> Text:
    """ "and n more, …" for what a cap left out; no words when nothing was."""
    more = [row.fact(key) for row in rows[limit:]]
    return say("and {n} more, {where}", n=shown(f.how_many, *more), where=where) if more else Text()
