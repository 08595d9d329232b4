"""One force's tables laid open for page builders: rows by type, the definition's constants, the frame's dates.

Here: what every page of every profile may ask for. Not here: pages (profiles/pack/<profile>/), reading (rows.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from profiles.definitions import PageDefinition, ProfileDefinition
from profiles.pack.blocks import Panel
from profiles.pack.cite import FORCE, Cite, Run, Text
from profiles.pack.facts import Fact, from_definition, named
from profiles.pack.frame import Frame
from profiles.pack.resolve import Resolver
from profiles.pack.rows import Row, Rows
from profiles.pack.text import only

T = TypeVar("T", bound=Row)


@dataclass(frozen=True)
class Book:
    """What every page builder gets."""

    force: Mapping[str, Any]
    frame: Frame
    definition: ProfileDefinition
    tables: Mapping[type[Row], Rows[Any]]

    def with_definition(self, definition: ProfileDefinition) -> "Book":
        """The same tables under other limits."""
        return replace(self, definition=definition)

    def rows(self, row_type: type[T]) -> Rows[T]:
        """All rows of one type; KeyError for a type the profile does not read."""
        found: Rows[T] = self.tables[row_type]
        return found

    def holds(self, *row_types: type[Row]) -> bool:
        """Whether the warehouse has the table of any of these rows: a page whose tables are not there is left out."""
        return any(self.tables[row_type].is_held for row_type in row_types)

    def page(self, page_id: str) -> PageDefinition:
        """What the definition says of a page."""
        return self.definition.page(page_id)

    def limit(self, name: str) -> Fact:
        """A constant of the profile."""
        return from_definition(f"limits.{name}", getattr(self.definition.limits, name))

    def standing(self, name: str) -> Text:
        """Standing words of the profile; KeyError when the definition has none of that name."""
        return only(named(from_definition(f"standing.{name}", self.definition.standing[name])))

    def care(self, name: str) -> Panel:
        """The panel that says how to read a page with care, in standing words of the profile."""
        return Panel(title="Read with care", lines=(self.standing(name),), tone="warn")

    def force_name(self) -> Run:
        """The force's name."""
        return named(Fact(self.force["force_name"], Cite(table=FORCE, column="force_name")))

    def resolver(self) -> Resolver:
        """Makes figures of this book again."""
        outside = {
            "definition": self.definition.model_dump(),
            "frame": self.frame.tree(),
            "dim_forces": dict(self.force),
        }
        return Resolver({rows.table: rows for rows in self.tables.values()}, outside)
