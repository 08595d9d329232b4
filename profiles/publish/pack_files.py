"""Write one pack in all its forms into a folder: PDF, JSON, tables, links, and the pages printed apart.

Here: the order of that, and the second try with fewer lines a page. Not here: each form (pdf.py, tables_out.py),
the receipt (receipt.py), the shelf (shelf.py, settle.py).
"""

from dataclasses import dataclass
from pathlib import Path

from profiles.pack.build import Built, build_pack
from profiles.pack.model import PageOverflow, ProfilePack, Section
from profiles.pack.people.book import PeopleBook
from profiles.publish.pdf import PdfStats, sheets_taken, write_pdf
from profiles.publish.render import render_html, sheets_in_order
from profiles.publish.sheets import has_moved, numbers_of
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
    pdf = folder / f"{name}.pdf"
    try:
        stats = _printed(built, pdf)
    except PageOverflow:  # long words in the data: the same pages with fewer lines
        built = _snug(built)
        stats = _printed(built, pdf)
    content = folder / f"{name}.json"
    content.write_text(built.pack.content_json(), encoding="utf-8")
    beside: tuple[Path, ...] = ()
    if isinstance(
        built.book, PeopleBook
    ):  # pages about people say "and n more, …": this is where the more stands
        beside = (*_apart(built, folder, name), *write_tables(built.book, folder, name))
    return PackFiles(built, (pdf, content, *beside), stats)


def _apart(built: Built, folder: Path, name: str) -> tuple[Path, ...]:
    """The people after those in the pack, each as a PDF of one page with a number of its own."""
    try:
        return tuple(_alone(built, section, folder, name) for section in built.extra)
    except PageOverflow:
        snug = _snug(built)
        return tuple(_alone(snug, section, folder, name) for section in snug.extra)


def _alone(built: Built, section: Section, folder: Path, name: str) -> Path:
    alone = built.pack.model_copy(update={"sections": (section,), "evidence": ()})
    path = folder / f"{name}.{section.section_id.removeprefix('p-')}.pdf"
    write_pdf(render_html(alone), path, built.book.frame.as_of)
    return path


def _snug(built: Built) -> Built:
    """The same pack with fewer lines a page."""
    return build_pack(built.book.with_definition(built.book.definition.snug()))


def _printed(built: Built, path: Path) -> PdfStats:
    """Lay out and write; once more only where a page ran over unforeseen, for the numbers printed after it."""
    numbers = _numbers(built.pack)
    stats = write_pdf(render_html(built.pack, numbers), path, built.book.frame.as_of)
    if has_moved(stats.starts, numbers):
        stats = write_pdf(render_html(built.pack, stats.starts), path, built.book.frame.as_of)
    return stats


def _numbers(pack: ProfilePack) -> dict[str, int]:
    """The sheet each page starts on. Pages that may run over are laid out by themselves first, which costs a tenth of
    laying out the whole pack a second time."""
    in_order = sheets_in_order(pack)
    running = tuple(section for section in pack.sections if section.may_continue)
    if not running:
        return in_order
    alone = pack.model_copy(update={"sections": running})
    return numbers_of(in_order, sheets_taken(render_html(alone, in_order)))
