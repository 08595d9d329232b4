"""HTML to a tagged PDF/UA-1 file: the only door to WeasyPrint.

Here: the fetcher that serves our own assets and nothing else, the layout, the write.
Not here: finishing (finish.py), what must hold of pages and rows (sheets.py).
This is the one place outside orchestration/settings.py that touches os.environ: the font writer takes its
clock from SOURCE_DATE_EPOCH, so the variable is set to the as-of date for the write and put back afterwards.
"""

import logging
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from profiles.pack.model import PackError
from profiles.publish.finish import FinishCounts, finish
from profiles.publish.render import TEMPLATES
from profiles.publish.sheets import check_rows, starts_of

PDF_VARIANT = "pdf/ua-1"
_KINDS = {".css": "text/css", ".woff2": "font/woff2"}
_FOLDERS = ("styles", "fonts")


@dataclass(frozen=True)
class PdfStats:
    """What writing one PDF took: wall seconds of layout, write and finish apart; pages and bytes."""

    pages: int
    bytes_written: int
    layout_seconds: float
    write_seconds: float
    finish_seconds: float
    finish: FinishCounts
    starts: Mapping[str, int]


def write_pdf(html: str, path: Path, as_of: date) -> PdfStats:
    """Write the PDF to `path`; PackError when a page overflows or the HTML asks for anything but our own
    assets."""
    with _clock_of(as_of), _refusals(), _drawings() as lost:
        started = time.perf_counter()
        document, asked = _laid_out(html)
        starts = starts_of(document, html)
        laid_out = time.perf_counter()
        document.write_pdf(path, pdf_variant=PDF_VARIANT, pdf_forms=_has_form(html))
        written = time.perf_counter()
        counts = finish(path)
    if asked or lost:
        path.unlink()
        raise PackError(f"The pack was not written: {_sentence(asked[0]) if asked else lost[0]}")
    check_rows(html, counts)
    return PdfStats(
        pages=len(document.pages),
        bytes_written=path.stat().st_size,
        layout_seconds=laid_out - started,
        write_seconds=written - laid_out,
        finish_seconds=time.perf_counter() - written,
        finish=counts,
        starts=starts,
    )


def sheets_taken(html: str) -> dict[str, int]:
    """How many sheets each page takes, laid out and not written."""
    document = lay_out(html)
    starts = starts_of(document, html)
    ends = [*list(starts.values())[1:], len(document.pages) + 1]
    return {anchor: end - start for (anchor, start), end in zip(starts.items(), ends, strict=True)}


def lay_out(html: str) -> Any:
    """Lay the pages out without writing them; the same refusals as `write_pdf`."""
    with _refusals():
        return _laid_out(html)[0]


def _laid_out(html: str) -> tuple[Any, list[str]]:
    """The document, and the addresses that were asked for and refused: the engine hides those inside a
    drawing."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    asked: list[str] = []
    made = HTML(string=html, base_url="pack:", url_fetcher=fetcher(asked))
    font_config = FontConfiguration()
    return made.render(font_config=font_config, pdf_variant=PDF_VARIANT, pdf_forms=_has_form(html)), asked


def _has_form(html: str) -> bool:
    """Fields can be filled only where the page has some: a file without them stays as it was."""
    return "<form" in html


@contextmanager
def _refusals() -> Iterator[None]:
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as error:
        raise PackError(f"The pack was not written: {error}") from error


@contextmanager
def _drawings() -> Iterator[list[str]]:
    """Charts the engine could not draw: it only logs them, and a page with a hole must not be published."""
    lost: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: lost.append(record.getMessage())  # type: ignore[method-assign]
    handler.addFilter(lambda record: str(record.msg).startswith("Failed to render"))
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield lost
    finally:
        logger.removeHandler(handler)


def _sentence(url: str) -> str:
    return f"its HTML asks for {url[:120]!r}, and only our own assets may be used."


def fetcher(asked: list[str]) -> Any:
    """A fetcher that serves `pack:styles/…` and `pack:fonts/…` and refuses all else, loudly and into
    `asked`."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class PackFetcher(URLFetcher):  # type: ignore[misc]
        """Deny all but our own assets. The error is a BaseException, so that few `except` clauses hide it."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            path = asset_path(url)
            if path is None:
                asked.append(url)
                raise FatalURLFetchingError(_sentence(url))
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _KINDS[path.suffix]})

    return PackFetcher()


def asset_path(url: str) -> Path | None:
    """The file a `pack:` address names, or None for every other address."""
    if not url.startswith("pack:"):
        return None
    parts = PurePosixPath(url.removeprefix("pack:")).parts
    if len(parts) != 2 or parts[0] not in _FOLDERS or PurePosixPath(parts[1]).suffix not in _KINDS:
        return None
    path = TEMPLATES / parts[0] / parts[1]
    return path if path.is_file() and path.parent == TEMPLATES / parts[0] else None


@contextmanager
def _clock_of(as_of: date) -> Iterator[None]:
    """Fonts are stamped with the as-of date, so that one input gives one file."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(
        int(datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC).timestamp())
    )
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
