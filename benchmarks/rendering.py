"""Rendering beside the bare tool: our HTML-to-PDF against WeasyPrint on the same HTML at the same PDF variant.

The finishing pass and the making of the HTML are printed apart. Not here: landing.
"""

import statistics
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clock import cpu, import_seconds
from orchestration.night import Silent
from orchestration.settings import Settings
from orchestration.shift import run
from orchestration.warehouse import reading
from profiles.definitions.loader import load_definition
from profiles.pack.build import build_pack, read_book
from profiles.pack.frame import Frame
from profiles.publish.engine import PackFetcher
from profiles.publish.pdf import PDF_VARIANT, write_pdf
from profiles.publish.render import render_html


@dataclass(frozen=True, slots=True)
class RenderingBench:
    """Median CPU seconds for one pack."""

    pages: int
    ours: float
    finishing: float
    bare: float
    html_seconds: float
    start_up: float

    def lines(self) -> list[str]:
        """For a person."""
        return [
            f"Rendering one pack of {self.pages} pages ({PDF_VARIANT})",
            f"  ours, layout and write      {self.ours:7.2f} s CPU",
            f"  bare WeasyPrint             {self.bare:7.2f} s CPU",
            f"  ratio                       {self.ours / self.bare:7.2f}   (target: at most 1.3)",
            f"  with finishing pass         {(self.ours + self.finishing) / self.bare:7.2f}   "
            f"({self.finishing:.2f} s wall for tags, order and names)",
            f"  pack and HTML apart         {self.html_seconds:7.2f} s",
            f"  start-up of WeasyPrint      {self.start_up:7.2f} s",
        ]


def _bare(html: str, target: Path) -> None:
    from weasyprint import HTML

    HTML(string=html, base_url="pack:", url_fetcher=PackFetcher([])).write_pdf(
        target, pdf_variant=PDF_VARIANT
    )


def bench_rendering(landing: Path | None, work: Path, rounds: int) -> RenderingBench:
    """Make one night, then render its first force's pack again and again, ours and bare in turn."""
    done = run(Settings(out=work / "night", landing=landing), Silent())
    night = done.night
    generation = night.layout.generations / done.summary["generation"]
    force = done.summary["packs"][0]["force"]
    began = cpu()
    with reading(generation) as con:
        book = read_book(con, load_definition("strategic"), force, Frame(as_of=night.as_of))
    html = render_html(build_pack(book).pack)
    html_seconds = cpu() - began
    ours, bare, finishing, pages = [], [], [], 0
    for turn in range(rounds + 1):
        started = cpu()
        stats = write_pdf(html, work / "ours.pdf", night.as_of)
        spent = cpu() - started - stats.finish_seconds
        started = cpu()
        _bare(html, work / "bare.pdf")
        if turn:  # the first round warms both
            ours.append(spent)
            bare.append(cpu() - started)
            finishing.append(stats.finish_seconds)
        pages = stats.pages
    return RenderingBench(
        pages, statistics.median(ours), statistics.median(finishing), statistics.median(bare), html_seconds,
        import_seconds("weasyprint"),
    )  # fmt: skip
