"""What must hold of every page before it is drawn; a page that breaks a rule stops its pack.

Here: titles short, nothing blank, every printed figure made again from the tables.
Not here: how a figure is made again (resolve.py), the words that may not be used (lint.py), what a viewer may see
(publish/visibility.py).
"""

from collections.abc import Iterable, Iterator

from profiles.pack.book import Book
from profiles.pack.cite import Run, Text
from profiles.pack.figures import SeriesFigure
from profiles.pack.model import PackError, Section, parts_of
from profiles.pack.resolve import Resolver


def check_sections(sections: Iterable[Section], book: Book) -> None:
    """PackError naming the first page that breaks a rule."""
    resolver = book.resolver()
    for section in sections:
        for problem in (*_title(section, book), *_blank(section), *unmade(section, resolver)):
            raise PackError(f"Page {section.section_id} was not made: {problem}")


def _title(section: Section, book: Book) -> Iterator[str]:
    limit = book.definition.limits.title_characters
    if not 0 < len(section.title.plain) <= limit:
        yield f"its title is empty or longer than {limit} characters: {section.title.plain!r}."
    if not section.title.rule:
        yield f"no rule stands behind its title {section.title.plain!r}."


def _blank(section: Section) -> Iterator[str]:
    """A page holds something, and a table without rows says why."""
    held = (section.figures, section.tables, section.panels, section.sentences, section.cards, section.kpis)
    if not any(held):
        yield "it holds nothing."
    for name, table in section.tables.items():
        if not table.rows and not table.empty:
            yield f"its table {name} has no rows and no words for that."


def unmade(node: object, resolver: Resolver) -> Iterator[str]:
    """Figures that the tables do not give again as they are printed, each as a sentence."""
    seen: set[str] = set()
    for part in parts_of(node):
        if isinstance(part, Run) and part.cites:
            key = f"{part.tag}|{part.text}"
            if key not in seen:
                seen.add(key)
                yield from _differs(part, resolver)
        elif isinstance(part, SeriesFigure):
            yield from _curve(part, resolver)
        elif isinstance(part, Text):
            yield from _inputs(part, resolver)


def _differs(run: Run, resolver: Resolver) -> Iterator[str]:
    try:
        again = resolver.again(run)
    except (LookupError, ValueError, TypeError) as error:
        yield f"{run.text!r} (tag {run.tag}) cannot be made again: {error}."
        return
    if again != run.text:
        yield f"{run.text!r} (tag {run.tag}) is {again!r} in {run.cites[0].words}."


def _inputs(text: Text, resolver: Resolver) -> Iterator[str]:
    """What a rule looked at must be there to be looked at again."""
    for cite in text.cites:
        try:
            resolver.value(cite)
        except (LookupError, ValueError) as error:
            yield f"{text.plain!r} rests on {cite.words}, which cannot be looked at again: {error}."


_PROTECTED = 2.5


def _curve(figure: SeriesFigure, resolver: Resolver) -> Iterator[str]:
    """Points of a curve against the column they were drawn from; a protected small count may differ."""
    try:
        values = resolver.value(figure.cites[0])
    except LookupError as error:
        yield f"a curve cannot be drawn again: {error}."
        return
    if len(values) != len(figure.points):
        yield f"a curve has {len(figure.points)} points where {figure.cites[0].words} has {len(values)}."
        return
    for point, value in zip(figure.points, values, strict=True):
        if point.value is not None and point.value not in (value, _PROTECTED):
            yield f"a curve shows {point.value:g} where {figure.cites[0].words} has {value}."
            return
