"""Write one pack in all its forms into a folder: PDF, JSON, tables, links, and the pages printed apart.

Here: the order of that, and the second try with fewer lines a page. Not here: each form (pdf.py, tables_out.py),
the receipt (receipt.py), the shelf (shelf.py, settle.py).
"""

from dataclasses import dataclass
from pathlib import Path

from profiles.pack.build import Built, build_pack
from profiles.pack.model import PageOverflow
from profiles.publish.pdf import PdfStats, write_pdf
from profiles.publish.render import render_html, sheets_in_order
from profiles.publish.sheets import has_moved


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
        snug = built.book.with_definition(built.book.definition.snug())
        built = build_pack(snug)
        stats = _printed(built, pdf)
    content = folder / f"{name}.json"
    content.write_text(built.pack.content_json(), encoding="utf-8")
    return PackFiles(built, (pdf, content), stats)


def _printed(built: Built, path: Path) -> PdfStats:
    """Lay out and write; once more where a page that ran over moved those after it, for their printed numbers."""
    numbers = sheets_in_order(built.pack)
    stats = write_pdf(render_html(built.pack, numbers), path, built.book.frame.as_of)
    if has_moved(stats.starts, numbers):
        stats = write_pdf(render_html(built.pack, stats.starts), path, built.book.frame.as_of)
    return stats
