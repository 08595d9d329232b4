"""Reads YAML that people outside this project wrote, as text first and as meaning second.

Only mappings, sequences and scalars come out. Refused: tags, repeated keys, merge keys, a second document,
and anything too large, too deep or too full of aliases. A plain scalar becomes true/false/null or a number
only if writing that value back gives the same text, so NO, 010, 1.10 and 12:30:45 stay text. Values are built
from the parser's events, not by a YAML loader. Not here: what a contract's keys mean (odcs), on which line
something stands (yaml_lines).
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    StreamEndEvent,
)

from data_contracts.model import ContractError
from data_contracts.yaml_lines import Place, line_of, lines_of

__all__ = ["Document", "Place", "Value", "read"]

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_ALIASES = 50
MAX_VALUES = 50_000  # after aliases are followed

Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LOADER: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # the parser in C, where PyYAML was built with it


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its value, and the text in which a place can be found again."""

    path: Path
    value: Value
    text: str

    def line(self, place: Place) -> int:
        """Line of the place, or of the nearest enclosing place that is known."""
        lines = lines_of(self.text, _LOADER)
        while place and place not in lines:
            place = place[:-1]
        return lines.get(place, 1)

    def error(self, place: Place, sentence: str) -> ContractError:
        """A ContractError that says where."""
        return ContractError(f"{self.path}, line {self.line(place)}: {sentence}")


@dataclass(slots=True)
class _Open:
    """A collection still being filled."""

    value: dict[str, Value] | list[Value]
    anchor: str | None
    size_before: int
    key: str | None = None  # of a mapping: the key that waits for its value


@dataclass(slots=True)
class _Builder:
    path: Path
    anchors: dict[str, tuple[Value, int]] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    root: Value = None
    size: int = 0
    aliases: int = 0
    documents: int = 0

    def fail(self, event: Event, sentence: str) -> ContractError:
        return ContractError(f"{self.path}, line {line_of(event)}: {sentence}")

    def take(self, event: Event) -> None:
        """Take one parser event."""
        if isinstance(event, ScalarEvent):
            if event.tag is not None:
                raise self._tagged(event, event.tag)
            if _UNWANTED.search(event.value):
                raise self.fail(event, "holds an escaped control character; write visible text")
            self._place(event, _scalar(event), 1, event.anchor)
        elif isinstance(event, CollectionStartEvent):
            if event.tag is not None:
                raise self._tagged(event, event.tag)
            self._open(event)
        elif isinstance(event, CollectionEndEvent):
            done = self.stack.pop()
            if done.anchor:
                self.anchors[done.anchor] = (done.value, self.size - done.size_before)
        elif isinstance(event, AliasEvent):
            self._alias(event)
        elif isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self.fail(event, "holds a second document; keep one document to a file")

    def _tagged(self, event: Event, tag: str) -> ContractError:
        return self.fail(event, f"uses the tag {tag[:40]!r}; write plain values, tags are not allowed")

    def _alias(self, event: AliasEvent) -> None:
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            raise self.fail(event, f"uses more than {MAX_ALIASES} aliases; write the values out")
        if event.anchor not in self.anchors:
            raise self.fail(
                event, f"refers to *{event.anchor}, which is not complete here; write the value out"
            )
        value, size = self.anchors[event.anchor]
        self._place(event, value, size, None)

    def _open(self, event: CollectionStartEvent) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise self.fail(event, f"is nested more than {MAX_DEPTH} deep; make it flatter")
        before = self.size
        value: dict[str, Value] | list[Value] = {} if isinstance(event, MappingStartEvent) else []
        self._place(event, value, 1, None)
        self.stack.append(_Open(value, event.anchor, before))

    def _place(self, event: Event, value: Value, size: int, anchor: str | None) -> None:
        """Put a value where it belongs."""
        self.size += size
        if self.size > MAX_VALUES:
            raise self.fail(
                event, f"holds more than {MAX_VALUES} values once aliases are followed; make it smaller"
            )
        if anchor:
            self.anchors[anchor] = (value, size)
        if not self.stack:
            self.root = value
            return
        around = self.stack[-1]
        if isinstance(around.value, list):
            around.value.append(value)
        elif around.key is None:
            around.key = self._key(event, around.value)
        else:
            around.value[around.key] = value
            around.key = None

    def _key(self, event: Event, parent: dict[str, Value]) -> str:
        if not isinstance(event, ScalarEvent):
            raise self.fail(event, "has a key that is not plain text; keys must be words")
        if event.value == "<<":
            raise self.fail(event, "uses the merge key <<; write the values out")
        if event.value in parent:
            raise self.fail(event, f"repeats the key {event.value[:60]!r}; keep one of them")
        return event.value


def _scalar(event: ScalarEvent) -> Value:
    """Quoted is text; plain is text too, unless it is the one way to write a constant or a number."""
    text = event.value
    if event.style:  # a plain scalar's is None in one parser and empty in the other
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if len(text) <= 20 and text[0] in "-0123456789" and text[-1].isdigit():
        try:
            number = json.loads(text)
        except ValueError:
            return text
        if isinstance(number, int | float) and json.dumps(number) == text:
            return number
    return text


def _taken(builder: _Builder, text: str) -> Value:
    """The value of a text, event by event."""
    loader = _LOADER(text)
    try:
        while not isinstance(event := loader.get_event(), StreamEndEvent):
            builder.take(event)
    finally:
        loader.dispose()
    return builder.root


def read(path: Path) -> Document:
    """Read one YAML file. Raises ContractError, in one sentence, if it is missing, hostile or not YAML."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as problem:
        raise ContractError(f"{path}: cannot be read ({problem.strerror}); check that it is there") from None
    if len(raw) > MAX_BYTES:
        raise ContractError(f"{path}: is larger than {MAX_BYTES:,} bytes; no contract needs that much")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ContractError(f"{path}: is not UTF-8 (byte {problem.start}); save it as UTF-8") from None
    try:
        return Document(path, _taken(_Builder(path), text), text)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise ContractError(
            f"{path}, line {line}: is not YAML ({problem.problem}); mend the text there"
        ) from None
    except (yaml.YAMLError, ValueError, OverflowError):  # ValueError: an escape beyond Unicode
        raise ContractError(f"{path}: holds a character that YAML does not allow; remove it") from None
