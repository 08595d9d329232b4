"""Reads the HTML of a pack as a reader sees it, with the tag that each piece of text stands under.

Here: pieces of text with their tags, and which numerals have no tag. Not here: what a tag resolves to
(profiles/pack/resolve.py).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from profiles.pack.cite import Run, Text
from profiles.pack.figures import Drawn
from profiles.pack.model import ProfilePack, parts_of

VOID = frozenset({"meta", "link", "br", "path", "line", "rect", "circle", "input", "polygon"})


@dataclass(frozen=True)
class Piece:
    """A stretch of text, the element it stands in, and the nearest tag around it."""

    text: str
    element: str
    classes: str
    tag: str
    is_link: bool


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str, str, bool]] = []
        self.pieces: list[Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = dict(attrs)
        above = self.open[-1] if self.open else ("", "", "", False)
        name = given.get("data-ref") or above[2]
        self.open.append((tag, given.get("class") or "", name, tag == "a" or above[3]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop()[0] == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and self.open:
            element, classes, name, is_link = self.open[-1]
            self.pieces.append(Piece(text, element, classes, name, is_link))


def pieces_of(html: str) -> list[Piece]:
    """Every stretch of text in an HTML document."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.pieces


def printed_under(pack: ProfilePack) -> dict[str, set[str]]:
    """What may stand under each tag: the texts of runs, of sentences, of charts."""
    found: dict[str, set[str]] = defaultdict(set)
    for part in parts_of(pack):
        if isinstance(part, Run) and part.cites:
            found[part.tag].add(" ".join(part.text.split()))
        elif isinstance(part, Drawn):
            found[part.tag].add(" ".join(part.alt.plain.split()))
        elif isinstance(part, Text) and part.rule:
            found[part.tag].add(" ".join(part.plain.split()))
    return found


def loose_numerals(pack: ProfilePack, html: str) -> Iterator[Piece]:
    """Numerals that stand under no tag, or under a tag that prints something else; the allow-list is here."""
    known = printed_under(pack)
    frame = {pack.pack_id, pack.head.short_title, pack.head.force_name}
    for piece in pieces_of(html.split("<body>")[1].split("</body>")[0]):
        if not any(letter.isdigit() for letter in piece.text):
            continue
        if piece.tag and piece.text in known[piece.tag]:
            continue
        is_page = piece.is_link and piece.text.isdigit()
        is_list = piece.classes == "n" and piece.text.isdigit()
        is_order = piece.element == "b" and piece.text.isdigit()
        is_scale = piece.classes == "scale" and piece.text.replace(".", "").isdigit()
        in_frame = piece.text in frame or piece.text == "In 60 seconds"
        if not (is_page or is_list or is_order or is_scale or in_frame):
            yield piece
