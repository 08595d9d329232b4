"""Rendering beside the bare tool: our packs to PDF against WeasyPrint on the same HTML at the same PDF variant.

Ours is what a night does: pages fitted to their sheets, heads and feet joined to them, making the HTML included. The
bare tool reads its fonts and style sheets anew, as it does for whoever calls it. Not here: landing.
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
from profiles.pack.build import Built, build_pack, read_book
from profiles.pack.frame import Frame
from profiles.pack.rows import TableError
from profiles.publish.engine import PackFetcher
from profiles.publish.fit import fit
from profiles.publish.pack_files import printed
from profiles.publish.pdf import PDF_VARIANT

PROFILES = ("strategic", "vawg")


@dataclass(frozen=True, slots=True)
class RenderingBench:
    """Median CPU seconds for one pack."""

    profile: str
    pages: int
    ours: float
    finishing: float
    bare: float
    built: float

    def lines(self) -> list[str]:
        """For a person."""
        return [
            f"Rendering one pack {self.profile} of {self.pages} pages ({PDF_VARIANT})",
            f"  ours, HTML, layout, write   {self.ours:7.2f} s CPU",
            f"  bare WeasyPrint             {self.bare:7.2f} s CPU",
            f"  ratio                       {self.ours / self.bare:7.2f}   (target: at most 1.3)",
            f"  with finishing pass         {(self.ours + self.finishing) / self.bare:7.2f}   "
            f"({self.finishing:.2f} s wall for tags, order and names)",
            f"  reading and building apart  {self.built:7.2f} s",
        ]


def bench_rendering(landing: Path | None, work: Path, rounds: int) -> list[str]:
    """Make one night, then render packs of its first force again and again, ours and bare in turn."""
    done = run(Settings(out=work / "night", landing=landing), Silent())
    night = done.night
    generation = night.layout.generations / done.summary["generation"]
    force, frame = done.summary["packs"][0]["force"], Frame(as_of=night.as_of)
    lines = []
    for profile in PROFILES:
        began = cpu()
        try:
            with reading(generation) as con:
                built = build_pack(read_book(con, load_definition(profile), force, frame))
        except TableError:  # open data knows no people
            continue
        lines += bench_pack(built, work, rounds, cpu() - began).lines()
    return [*lines, f"  start-up of WeasyPrint      {import_seconds('weasyprint'):7.2f} s"]


def bench_pack(built: Built, work: Path, rounds: int, built_seconds: float) -> RenderingBench:
    """One pack, ours and bare in turn; the first round warms both."""
    html, profile = fit(built).html, built.book.definition.profile
    ours, bare, finishing, pages = [], [], [], 0
    for turn in range(rounds + 1):
        started = cpu()
        _, stats = printed(built, work / "ours.pdf")
        spent = cpu() - started - stats.finish_seconds
        started = cpu()
        _bare(html, work / "bare.pdf")
        if turn:
            ours.append(spent)
            bare.append(cpu() - started)
            finishing.append(stats.finish_seconds)
        pages = stats.pages
    return RenderingBench(
        profile,
        pages,
        statistics.median(ours),
        statistics.median(finishing),
        statistics.median(bare),
        built_seconds,
    )


def _bare(html: str, target: Path) -> None:
    from weasyprint import HTML

    HTML(string=html, base_url="pack:", url_fetcher=PackFetcher([])).write_pdf(
        target, pdf_variant=PDF_VARIANT, pdf_forms="<form" in html
    )
