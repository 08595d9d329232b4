"""Pages as HTML and as sheets of paper: which sheets a page takes, nothing spills, nothing is lost on the way to paper.

Here: taking the HTML of a pack apart, the sheets of each page, how many rows the tables must have.
Not here: layout (pdf.py), what is done about a page that spills (fit.py).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from profiles.pack.model import PackError
from profiles.publish.finish import FinishCounts

_OPENS = re.compile(r'<section class="page([^"]*)" id="(p-[\w-]+)"([^>]*)>')
_CLOSES = "</section>"
_BODY = re.compile(r"<tbody>(.*?)</tbody>", re.S)


@dataclass(frozen=True)
class PageHtml:
    """One page: its classes and anchor, the words of its head and foot (as attributes), and what stands on it."""

    classes: str
    section_id: str
    words: str
    content: str

    @property
    def may_continue(self) -> bool:
        """Whether it may take more than one sheet."""
        return "continues" in self.classes

    @property
    def body(self) -> tuple[str, str, str]:
        """All but the words of head and foot: pages with the same body are laid out alike."""
        return self.classes, self.section_id, self.content

    @property
    def html(self) -> str:
        """The whole page."""
        opens = f'<section class="page{self.classes}" id="{self.section_id}"{self.words}>'
        return f"{opens}{self.content}{_CLOSES}"

    @property
    def blank(self) -> str:
        """A sheet with its head and foot, and nothing on it."""
        return f'<section class="page{self.classes}"{self.words}>{_CLOSES}'


@dataclass(frozen=True)
class PackHtml:
    """A document taken apart: what stands before its pages, the pages, what stands after."""

    before: str
    pages: tuple[PageHtml, ...]
    after: str

    def holding(self, pages: Iterable[str]) -> str:
        """The same document with these pages only."""
        return f"{self.before}{''.join(pages)}{self.after}"


def parted(html: str) -> PackHtml:
    """Take a document apart. Pages hold no sections, and templates escape what could look like one."""
    before, *parts = _OPENS.split(html)
    pages, after = [], ""
    for classes, section_id, words, rest in zip(*(iter(parts),) * 4, strict=True):
        content, _, after = rest.rpartition(_CLOSES)
        pages.append(PageHtml(classes, section_id, words, content))
    return PackHtml(before, tuple(pages), after)


def sheets_of(document: Any, pages: Iterable[PageHtml]) -> dict[str, tuple[Any, ...]]:
    """The sheets that each page takes in a laid-out document, by anchor."""
    found: dict[str, int] = {}
    for at, sheet in enumerate(document.pages):
        for anchor in sheet.anchors:
            found.setdefault(anchor, at)
    starts = [(page.section_id, found[page.section_id]) for page in pages if page.section_id in found]
    ends = [*(start for _, start in starts[1:]), len(document.pages)]
    return {
        anchor: tuple(document.pages[start:end]) for (anchor, start), end in zip(starts, ends, strict=True)
    }


def running_over(pages: Iterable[PageHtml], sheets: Mapping[str, tuple[Any, ...]]) -> frozenset[str]:
    """Anchors of pages that take more than one sheet and may not."""
    return frozenset(
        page.section_id
        for page in pages
        if len(sheets.get(page.section_id, ())) != 1 and not page.may_continue
    )


def starts_of(pages: Iterable[PageHtml], sheets: Mapping[str, tuple[Any, ...]]) -> dict[str, int]:
    """The number of the sheet each page starts on, once every page that must fit on one does."""
    found, number = {}, 1
    for page in pages:
        found[page.section_id] = number
        number += len(sheets[page.section_id]) if page.may_continue else 1
    return found


def check_rows(html: str, counts: FinishCounts) -> None:
    """PackError unless every row of every table stands in the file, once."""
    wanted = sum(body.count("<tr") for body in _BODY.findall(html))
    if wanted != counts.rows:
        raise PackError(
            f"The pack was not written: its tables have {wanted} rows, and {counts.rows} of them stand in the file."
        )
