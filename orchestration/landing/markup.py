"""XML from strangers: no document type, so no entities and nothing fetched; elements are handed on one at a time.

Expat is asked directly, because the defused parsers of Python build every element in Python and are six times slower;
what they guard against needs a document type, and that is refused here. Not here: what the elements mean (workbook,
markup_rows).
"""

from collections.abc import Iterator
from typing import Any, Protocol
from xml.parsers import expat

from orchestration.landing.raw_rows import Unreadable

CHUNK = 2**16
_MOST_NAMES = 20_000


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, n_bytes: int, /) -> bytes:
        """The next bytes, none at the end."""


class LocalNames(dict[str, str]):
    """Names without their namespace, remembered."""

    def __missing__(self, name: str) -> str:
        """The part after the namespace; the memory is emptied when a file makes it too large."""
        if len(self) > _MOST_NAMES:
            self.clear()
        self[name] = local = name.rpartition("}")[2]
        return local


def new_parser() -> Any:
    """A parser that stops at a document type; names are `namespace}name`."""

    def refuse(*_: object) -> None:
        raise Unreadable(
            "XML_DOCTYPE", "it declares a document type, which can hide harm; send it without one"
        )

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def parse(parser: Any, source: Readable) -> Iterator[None]:
    """Feed a stream to a parser, pausing after each piece so that the caller can take what was found."""
    try:
        while chunk := source.read(CHUNK):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code) or "not XML"
        raise Unreadable(
            "XML_BROKEN", f"it stops being XML on line {error.lineno:,} ({said}); send it again"
        ) from None
    except (LookupError, UnicodeError):
        raise Unreadable("XML_BROKEN", "it names an encoding that is not known; save it as UTF-8") from None


def attributes_of(source: Readable, wanted: frozenset[str]) -> list[tuple[str, dict[str, str]]]:
    """Name and attributes (without namespaces) of the wanted elements of a small document, in its order."""
    found: list[tuple[str, dict[str, str]]] = []
    local = LocalNames()

    def start(name: str, attributes: dict[str, str]) -> None:
        if local[name] in wanted:
            found.append((local[name], {local[key]: value for key, value in attributes.items()}))

    parser = new_parser()
    parser.StartElementHandler = start
    for _ in parse(parser, source):
        pass
    return found
