"""From a pack to its sheets: each page is laid out once, and only a page that runs over gets fewer lines.

Some things are known only when pages are laid out: which of them need fewer lines, on which sheet each starts, and so
the number of the pack, which follows from all it prints. Pages whose words change by it are laid out again, the others
stay. Heads and feet print it on every sheet: they are laid out last, on blank sheets, and joined to the pages.
Not here: the layout of a document (pdf.py), what a page with fewer lines says (profiles/pack/build.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from profiles.pack.build import Built, with_fewer_lines
from profiles.pack.model import PackError, PageOverflow
from profiles.publish.engine import with_margins_of
from profiles.publish.pdf import LaidOut, lay_out
from profiles.publish.render import render_html, sheets_in_order
from profiles.publish.sheets import PackHtml, parted, running_over, sheets_of, starts_of

_ROUNDS = 6  # one or two are usual


@dataclass(frozen=True)
class Fitted:
    """A pack as it fits its sheets: its content in the end, its HTML, and what is to be written."""

    built: Built
    html: str
    laid_out: LaidOut


def fit(built: Built, pack_id: str = "") -> Fitted:
    """Lay a pack out; PageOverflow when a page does not fit even with fewer lines. A part of a pack bears the `pack_id`
    of the whole."""
    desk, numbers, snug = _Desk(), sheets_in_order(built.pack), frozenset[str]()
    for _ in range(_ROUNDS):
        html = render_html(built.pack, numbers, pack_id)
        pack = parted(html)
        sheets = desk.sheets_of(pack)
        over, starts = running_over(pack.pages, sheets), starts_of(pack.pages, sheets)
        if not over and starts == numbers:
            return Fitted(built, html, desk.joined(pack))
        if crowded := over & snug:
            raise PageOverflow(f"Page {min(crowded)!r} does not fit on one sheet, even with fewer lines.")
        if over:
            built, snug = with_fewer_lines(built, over), snug | over
        numbers = starts
    raise PackError(f"Page numbers did not come to rest in {_ROUNDS} rounds of layout.")


class _Desk:
    """Pages laid out so far."""

    def __init__(self) -> None:
        self.sheets: dict[tuple[str, str, str], tuple[Any, ...]] = {}
        self.problems: list[str] = []
        self.seconds = 0.0

    def sheets_of(self, pack: PackHtml) -> dict[str, tuple[Any, ...]]:
        """The sheets of each page; those that are new or have other words are laid out, in one document."""
        new = [page for page in pack.pages if page.body not in self.sheets]
        if new:
            found = sheets_of(self._document(pack, (page.html for page in new)), new)
            self.sheets.update((page.body, found.get(page.section_id, ())) for page in new)
        return {page.section_id: self.sheets[page.body] for page in pack.pages}

    def joined(self, pack: PackHtml) -> LaidOut:
        """All sheets in order, with heads and feet that say what is so in the end."""
        sheets = [(page, sheet) for page in pack.pages for sheet in self.sheets[page.body]]
        blank = self._document(pack, (page.blank for page, _ in sheets))
        document = with_margins_of(blank, [sheet for _, sheet in sheets])
        return LaidOut(document, self.problems, self.seconds)

    def _document(self, pack: PackHtml, pages: Iterable[str]) -> Any:
        laid_out = lay_out(pack.holding(pages), self.problems)
        self.seconds += laid_out.seconds
        return laid_out.document
