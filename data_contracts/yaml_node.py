"""A place in a YAML document that knows its line, so that every complaint can say where it is.

Not here: reading the text (yaml_reader), the meaning of the keys (odcs, registry).
"""

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from data_contracts.model import ContractError
from data_contracts.yaml_reader import Document, Place, Value


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a document. Getters return the type they are named for or raise ContractError."""

    document: Document
    place: Place
    value: Value

    @classmethod
    def root(cls, document: Document) -> "Node":
        """The top of a document, which must be a mapping."""
        node = cls(document, (), document.value)
        node.mapping()
        return node

    def error(self, sentence: str) -> ContractError:
        """A ContractError pointing here."""
        return self.document.error(self.place, sentence)

    @property
    def label(self) -> str:
        """The key this node stands under."""
        return next((str(part) for part in reversed(self.place) if isinstance(part, str)), "the file")

    def mapping(self) -> dict[str, Value]:
        """This node as a mapping."""
        if not isinstance(self.value, dict):
            raise self.error(f"{self.label} must be a mapping of keys to values")
        return self.value

    def find(self, key: str) -> "Node | None":
        """The node under a key, or None if the key is absent or empty."""
        value = self.mapping().get(key)
        return None if value is None else Node(self.document, (*self.place, key), value)

    def get(self, key: str) -> "Node":
        """The node under a key that must be there."""
        node = self.find(key)
        if node is None:
            raise self.error(f"{key} is missing from {self.label}; add it")
        return node

    def items(self) -> Iterator["Node"]:
        """The nodes of a list."""
        if not isinstance(self.value, list):
            raise self.error(f"{self.label} must be a list")
        for index, value in enumerate(self.value):
            yield Node(self.document, (*self.place, index), value)

    def text(self) -> str:
        """This node as text that is not blank."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.error(f"{self.label} must be text; put it in quotes if it looks like something else")
        return self.value.strip()

    def flat(self) -> str:
        """This node as text on one line."""
        return " ".join(self.text().split())

    def code(self) -> str:
        """This node as a code: text as it stands, a number or true or false as it is written."""
        if isinstance(self.value, bool | int | float):
            return json.dumps(self.value)
        return self.text()

    def day(self) -> date:
        """This node as a day, written YYYY-MM-DD."""
        text = self.text()
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                pass
        raise self.error(f"{self.label} is {text[:60]!r}, which is no day; write YYYY-MM-DD")

    def raw_text(self) -> str:
        """This node as text, blanks kept (a delimiter may be a blank)."""
        if not isinstance(self.value, str):
            raise self.error(f"{self.label} must be text in quotes")
        return self.value

    def flag(self) -> bool:
        """This node as true or false."""
        if not isinstance(self.value, bool):
            raise self.error(f"{self.label} must be true or false")
        return self.value

    def number(self) -> float:
        """This node as a number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.error(f"{self.label} must be a number")
        return self.value

    def whole(self) -> int:
        """This node as a whole number that is not negative."""
        number = self.number()
        if not isinstance(number, int) or number < 0:
            raise self.error(f"{self.label} must be a whole number of 0 or more")
        return number

    def texts(self) -> tuple[str, ...]:
        """This node as a list of text."""
        return tuple(item.text() for item in self.items())

    def choice(self, allowed: Iterable[str]) -> str:
        """This node as one of the allowed words."""
        words, text = list(allowed), self.text()
        if text not in words:
            raise self.error(
                f"{self.label} is {text[:60]!r}{_hint(text, words)}; allowed are {', '.join(words)}"
            )
        return text

    def only(self, allowed: Iterable[str]) -> None:
        """Refuse keys beyond the allowed ones, so that a slip of the pen is not silently ignored."""
        words = list(allowed)
        for key in self.mapping():
            if key not in words:
                place = Node(self.document, (*self.place, key), None)
                raise place.error(f"{key[:60]!r} is not a key of {self.label}{_hint(key, words)}")

    def custom(self, allowed: Iterable[str]) -> dict[str, "Node"]:
        """The `customProperties` of an ODCS element by name; unknown or repeated names are refused."""
        words, found = list(allowed), dict[str, Node]()
        listed = self.find("customProperties")
        for item in listed.items() if listed else ():
            name = item.get("property").text()
            if name not in words:
                raise item.error(f"{name[:60]!r} is not a property we know{_hint(name, words)}")
            if name in found:
                raise item.error(f"the property {name} is given twice; keep one of them")
            found[name] = item.get("value")
        return found

    def need(self, properties: dict[str, "Node"], name: str) -> "Node":
        """A custom property that must be there."""
        if name not in properties:
            raise self.error(f"the custom property {name} is missing; add it")
        return properties[name]


def _hint(word: str, words: list[str]) -> str:
    near = difflib.get_close_matches(word[:60], words, n=1)
    return f" (did you mean {near[0]}?)" if near else ""
