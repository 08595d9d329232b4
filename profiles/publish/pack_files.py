"""Write one pack in all its forms into a folder: PDF, JSON, tables, links, and the pages printed apart.

Here: the order of that. Not here: each form (pdf.py, tables_out.py), how a pack is made to fit its sheets (fit.py), the
receipt (receipt.py), the shelf (shelf.py, settle.py).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from profiles.pack.build import Built
from profiles.pack.model import ProfilePack, Section
from profiles.pack.people.book import PeopleBook
from profiles.publish.fit import fit
from profiles.publish.pdf import PdfStats, write
from profiles.publish.tables_out import write_tables


@dataclass(frozen=True)
class PackFiles:
    """What was written: the pack as it was laid out in the end, its files (PDF first), and what the PDF took."""

    built: Built
    files: tuple[Path, ...]
    stats: PdfStats


def write_pack(built: Built, folder: Path) -> PackFiles:
    """Write every form; PackError when the pack may not be published."""
    name = built.pack.head.file_name
    pdf, content = folder / f"{name}.pdf", folder / f"{name}.json"
    built, stats = printed(built, pdf)
    content.write_text(built.pack.content_json(), encoding="utf-8")
    beside: tuple[Path, ...] = ()
    if isinstance(built.book, PeopleBook):  # its pages say "and n more, …": this is where the more stands
        beside = (*_apart(built, folder, name), *write_tables(built.book, folder, name))
    return PackFiles(built, (pdf, content, *beside), stats)


def printed(built: Built, path: Path, pack_id: str = "") -> tuple[Built, PdfStats]:
    """The PDF alone: the pack as it was laid out in the end, and what that took. A part of a pack bears the `pack_id`
    of the whole."""
    with _unswept():
        fitted = fit(built, pack_id)
        stats = write(fitted.laid_out, fitted.html, path, built.book.frame.as_of)
    return fitted.built, stats


@contextmanager
def _unswept() -> Iterator[None]:
    """Boxes of a layout are made by the hundred thousand and live until they are written: looking for rubbish among
    them again and again took a seventh of the time, and found none."""
    was_swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_swept:
            gc.enable()


def _apart(built: Built, folder: Path, name: str) -> tuple[Path, ...]:
    """The people after those in the pack, each as a PDF of one page under the pack's number."""
    return tuple(_alone(built, section, folder, name) for section in built.extra)


def _alone(built: Built, section: Section, folder: Path, name: str) -> Path:
    path = folder / f"{name}.{section.section_id.removeprefix('p-')}.pdf"
    alone = ProfilePack(head=built.pack.head, sections=(section,))
    printed(replace(built, pack=alone, extra=()), path, built.pack.pack_id)
    return path
