"""Counts by place or group as a page may print them: exact but for small ones inside the force, protected outside it.

Here: the one question page builders ask. Not here: the rules (small.py, tables.py).
"""

from collections.abc import Sequence

from profiles.pack import formats as f
from profiles.pack.book import Book
from profiles.pack.cite import Run
from profiles.pack.disclosure.small import drawn
from profiles.pack.disclosure.tables import protect
from profiles.pack.facts import Fact, shown
from profiles.pack.figures import Point


def counts(book: Book, facts: Sequence[Fact]) -> tuple[Run, ...]:
    """One run a count, in order. The facts are one column of a table: they are protected together."""
    if book.frame.audience == "force":
        return tuple(shown(f.count, fact) for fact in facts)
    kept = protect([int(fact.value or 0) for fact in facts])
    return tuple(
        shown(f.withheld if value is None else f.to_nearest_five, fact)
        for fact, value in zip(facts, kept, strict=True)
    )


def curve(book: Book, values: Sequence[int | None]) -> tuple[Point, ...]:
    """A small curve by place: as it is inside the force, small counts at one height outside it."""
    if book.frame.audience == "force":
        return tuple(Point(value=None if value is None else float(value)) for value in values)
    return tuple(Point(value=value) for value in drawn(values))
