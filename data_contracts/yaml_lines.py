"""On which line each place of a YAML text begins: asked for only when something is wrong there.

Keeping the lines while reading would cost more than the reading. Not here: reading values, and what is refused
(yaml_reader).
"""

from dataclasses import dataclass

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)

Place = tuple[str | int, ...]


@dataclass(slots=True)
class _Open:
    """A collection that is not yet closed: its place, and the key or number of what comes next."""

    place: Place
    is_mapping: bool
    at: str | int | None


def line_of(event: Event) -> int:
    """The line on which an event of the parser begins."""
    return int(event.start_mark.line) + 1 if event.start_mark else 1


def lines_of(text: str, loader: type) -> dict[Place, int]:
    """Lines by place, of a text that was read without complaint."""
    lines: dict[Place, int] = {}
    stack: list[_Open] = []
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, CollectionEndEvent):
            stack.pop()
        elif isinstance(event, ScalarEvent | AliasEvent | CollectionStartEvent):
            if stack and stack[-1].is_mapping and stack[-1].at is None:
                stack[-1].at = getattr(event, "value", "")
                lines.setdefault((*stack[-1].place, stack[-1].at), line_of(event))
                continue
            place = _placed(stack)
            lines.setdefault(place, line_of(event))
            if isinstance(event, CollectionStartEvent):
                is_mapping = isinstance(event, MappingStartEvent)
                stack.append(_Open(place, is_mapping, None if is_mapping else 0))
    return lines


def _placed(stack: list[_Open]) -> Place:
    """The place of a value, after which the collection around it waits for the next."""
    if not stack:
        return ()
    around = stack[-1]
    at, around.at = around.at, around.at + 1 if isinstance(around.at, int) else None
    return (*around.place, *(() if at is None else (at,)))
