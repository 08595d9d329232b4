"""WeasyPrint as packs use it, and the one door to it: fonts and style sheets read once a process, our own assets alone.

Here: a document before layout, what documents share, the fetcher, sheets joined with the margins of others.
Not here: the order of layout, write and finish (pdf.py), how pages look (report_templates/styles).
"""

import atexit
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path, PurePosixPath
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from profiles.pack.model import PackError
from profiles.publish.environment import TEMPLATES

_DEFAULTS = "pack:styles/defaults.css"
_KINDS = {".css": "text/css", ".woff2": "font/woff2"}
_FOLDERS = ("styles", "fonts")


class Paper(HTML):  # type: ignore[misc]
    """A document to lay out. Its links to our style sheets give way to the sheets that the process has parsed already;
    every other address in it meets the fetcher, which tells what it refused in `problems`."""

    def __init__(self, html: str, problems: list[str]) -> None:
        """Read the document."""
        super().__init__(string=html, base_url="pack:", url_fetcher=PackFetcher(problems))
        self._styles = _styles(_taken_out(self.etree_element))

    def laid_out(self, **options: Any) -> Any:
        """The pages of the document."""
        fonts, sheet = self._styles
        return self.render(font_config=fonts, stylesheets=[sheet], **options)

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        """In place of the engine's own defaults: those of the elements our pages have."""
        return [_defaults()]


class PackFetcher(URLFetcher):  # type: ignore[misc]
    """Deny all but our own assets. The error is a BaseException, so that few `except` clauses hide it; what was refused
    also goes into `problems`, because the engine hides errors inside a drawing."""

    def __init__(self, problems: list[str]) -> None:
        """With a context that trusts nobody: the engine's own reads certificates that are never needed."""
        super().__init__(ssl_context=SSLContext(PROTOCOL_TLS_CLIENT))
        self._problems = problems

    def fetch(self, url: str, headers: Any = None) -> Any:
        """An asset of ours; any other address is refused."""
        path = asset_path(url)
        if path is None:
            self._problems.append(f"its HTML asks for {url[:120]!r}, and only our own assets may be used.")
            raise FatalURLFetchingError(self._problems[-1])
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _KINDS[path.suffix]})


@contextmanager
def refusals() -> Iterator[None]:
    """PackError when anything is asked for that is not ours."""
    try:
        yield
    except FatalURLFetchingError as error:
        raise PackError(f"The pack was not written: {error}") from error


def with_margins_of(blank: Any, sheets: Sequence[Any]) -> Any:
    """A document of these sheets, with what stands in the margins of a document of as many blank ones."""
    for sheet, bare in zip(sheets, blank.pages, strict=True):
        box, margins = sheet._page_box, bare._page_box.children
        box.children = (
            *(child for child in box.children if not isinstance(child, MarginBox)),
            *(child for child in margins if isinstance(child, MarginBox)),
        )
    return blank.copy(sheets)


def asset_path(url: str) -> Path | None:
    """The file a `pack:` address names, or None for every other address."""
    if not url.startswith("pack:"):
        return None
    parts = PurePosixPath(url.removeprefix("pack:")).parts
    if len(parts) != 2 or parts[0] not in _FOLDERS or PurePosixPath(parts[1]).suffix not in _KINDS:
        return None
    path = TEMPLATES / parts[0] / parts[1]
    return path if path.is_file() and path.parent == TEMPLATES / parts[0] else None


def _taken_out(root: Any) -> tuple[str, ...]:
    """Take the links to our style sheets out of a document; their addresses in order."""
    found = []
    for head in root.findall("head"):
        for link in head.findall("link[@rel='stylesheet']"):
            if asset_path(link.get("href", "")):
                found.append(link.get("href"))
                head.remove(link)
    return tuple(found)


@cache
def _styles(addresses: tuple[str, ...]) -> tuple[Any, Any]:
    """Fonts and style sheets of documents that name the same ones, the sheets as one. Fonts are not shared any wider: a
    face that another kind of document brings could then stand in for a glyph."""
    fonts = FontConfiguration()
    atexit.register(fonts.__del__)  # its folder of unpacked fonts
    return fonts, _sheet(addresses, fonts)


@cache
def _defaults() -> Any:
    return _sheet((_DEFAULTS,), None)


def _sheet(addresses: tuple[str, ...], fonts: Any) -> Any:
    paths = (path for address in addresses if (path := asset_path(address)))
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    return CSS(string=text, base_url="pack:", url_fetcher=PackFetcher([]), font_config=fonts)
