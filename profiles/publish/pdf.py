"""HTML to a tagged PDF/UA-1 file: lay out, write, finish.

Here: the order of that, and what stops it. Not here: the engine and its assets (engine.py), finishing (finish.py),
what must hold of pages and rows (sheets.py), fitting a pack to its sheets (fit.py).
This is the one place outside orchestration/settings.py that touches os.environ: the font writer takes its
clock from SOURCE_DATE_EPOCH, so the variable is set to the as-of date for the write and put back afterwards.
"""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from profiles.pack.model import PackError, PageOverflow
from profiles.publish.engine import Paper, refusals
from profiles.publish.finish import FinishCounts, finish
from profiles.publish.sheets import check_rows, parted, running_over, sheets_of

PDF_VARIANT = "pdf/ua-1"


@dataclass(frozen=True)
class PdfStats:
    """What writing one PDF took: wall seconds of layout, write and finish apart; pages and bytes."""

    pages: int
    bytes_written: int
    layout_seconds: float
    write_seconds: float
    finish_seconds: float
    finish: FinishCounts


@dataclass(frozen=True)
class LaidOut:
    """A document ready to be written. `problems` may grow while it is: drawings are drawn then."""

    document: Any
    problems: list[str]
    seconds: float


def write_pdf(html: str, path: Path, as_of: date) -> PdfStats:
    """Write one document to `path`; PackError when a page overflows or the HTML asks for anything but our own
    assets."""
    laid_out, pages = lay_out(html), parted(html).pages
    if over := running_over(pages, sheets_of(laid_out.document, pages)):
        taken = len(laid_out.document.pages)
        raise PageOverflow(
            f"Page {min(over)!r} does not fit on one sheet: {taken} sheets for {len(pages)} pages."
        )
    return write(laid_out, html, path, as_of)


def lay_out(html: str, problems: list[str] | None = None) -> LaidOut:
    """Lay pages out without writing them; PackError when the HTML asks for anything but our own assets. Documents of
    one file share their `problems`."""
    started = time.perf_counter()
    problems = [] if problems is None else problems
    with refusals(), _drawings(problems):
        document = Paper(html, problems).laid_out(pdf_variant=PDF_VARIANT)
    return LaidOut(document, problems, time.perf_counter() - started)


def write(laid_out: LaidOut, html: str, path: Path, as_of: date) -> PdfStats:
    """Write what was laid out from `html`; PackError, and no file, when anything was refused or lost."""
    started = time.perf_counter()
    with _clock_of(as_of), refusals(), _drawings(laid_out.problems):
        laid_out.document.write_pdf(path, pdf_variant=PDF_VARIANT)
        written = time.perf_counter()
        counts = finish(path)
    if laid_out.problems:
        path.unlink()
        raise PackError(f"The pack was not written: {laid_out.problems[0]}")
    check_rows(html, counts)
    return PdfStats(
        pages=len(laid_out.document.pages),
        bytes_written=path.stat().st_size,
        layout_seconds=laid_out.seconds,
        write_seconds=written - started,
        finish_seconds=time.perf_counter() - written,
        finish=counts,
    )


@contextmanager
def _drawings(problems: list[str]) -> Iterator[None]:
    """Charts the engine could not draw: it only logs them, and a page with a hole must not be published."""
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: problems.append(record.getMessage())  # type: ignore[method-assign]
    handler.addFilter(lambda record: str(record.msg).startswith("Failed to render"))
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


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
