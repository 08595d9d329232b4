"""The PDF itself: accessible, the same bytes every time, marked on every page, and never with a page that
spills."""

import importlib
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pytest

from profiles.pack.model import PackError, ProfilePack
from profiles.publish.pdf import PdfStats, write_pdf
from profiles.publish.render import render_html

_SPEC = importlib.util.spec_from_file_location("packs", Path(__file__).parents[1] / "golden" / "packs.py")
assert _SPEC and _SPEC.loader
packs = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(packs)
text_of = importlib.import_module("paper").text_of  # beside packs.py, which makes it importable


ROOT = Path(__file__).parents[2]
SHEET = (
    '<html lang="en"><head><title>t</title></head>'
    '<body><section class="page" id="p-x">{}</section></body></html>'
)
Printed = tuple[ProfilePack, Path, PdfStats]


@pytest.fixture(scope="module", params=["northmoor", "eastmarch"])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """A pack, its PDF and what writing took."""
    pack = packs.pack(request.param)
    path = tmp_path_factory.mktemp("pdf") / "vawg.pdf"
    return pack, path, write_pdf(render_html(pack), path, packs.AS_OF[request.param])


def elements(node: Any) -> Iterator[Any]:
    """Every structure element of a tagged PDF."""
    kids = node.get("/K")
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def test_it_is_pdf_ua_1(printed: Printed) -> None:
    report = page_validation.validate_pdf(str(printed[1]), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


def test_every_figure_has_a_text_alternative(printed: Printed) -> None:
    with pikepdf.open(printed[1]) as pdf:
        figures = [e for e in elements(pdf.Root.StructTreeRoot) if pikepdf.Name.Figure == e.S]
        assert len(figures) > 30
        assert all(len(str(figure.get("/Alt", ""))) > 8 for figure in figures)


def test_every_table_heading_has_a_scope_and_no_running_head_is_read_out(printed: Printed) -> None:
    with pikepdf.open(printed[1]) as pdf:
        headings = [e for e in elements(pdf.Root.StructTreeRoot) if e.S == pikepdf.Name.TH]
        assert headings and all("/Scope" in heading.A for heading in headings)
    assert printed[2].finish.artefacts == 6 * 6


def test_marking_date_pack_number_and_page_number_on_every_page(printed: Printed) -> None:
    pack = printed[0]
    with pikepdf.open(printed[1]) as pdf:
        assert len(pdf.pages) == 6
        for number, page in enumerate(pdf.pages, start=1):
            text = text_of(page)
            assert text.count("DRAFT · OFFICIAL") >= 2
            assert f"Data as at {pack.head.data_as_at.plain}" in text
            assert f"Page {number} of 6" in text
            assert pack.pack_id in text


def test_titles_and_figures_can_be_copied(printed: Printed) -> None:
    with pikepdf.open(printed[1]) as pdf:
        for section, page in list(zip(printed[0].sections, pdf.pages, strict=True))[1:]:
            assert section.title.plain in text_of(page)
        assert printed[0].sections[0].kpis[0].value.plain in text_of(pdf.pages[0])


def test_recording_practice_is_printed(printed: Printed) -> None:
    with pikepdf.open(printed[1]) as pdf:
        assert "it reflects reporting and recording practice" in text_of(pdf.pages[1])


def test_nothing_is_hidden_in_it(printed: Printed) -> None:
    with pikepdf.open(printed[1]) as pdf:
        assert (
            not pdf.attachments
            and "/AcroForm" not in pdf.Root
            and "/JavaScript" not in pdf.Root.get("/Names", {})
        )
        assert set(pdf.docinfo.keys()) <= {"/Title", "/Author", "/Subject", "/Keywords", "/Producer"}


_PROGRAM = """
import sys
from pathlib import Path
sys.path[:0] = ["tests/golden", "tests/packs"]
import fictional, packs
from profiles.publish.pack_files import write_pack
for name in sys.argv[2:]:
    folder = Path(sys.argv[1]) / name
    folder.mkdir(parents=True)
    write_pack(packs.built(name) if name in packs.AS_OF else fictional.built(name), folder)
"""


def test_two_processes_write_the_same_bytes_whatever_they_made_before(tmp_path: Path) -> None:
    """Forces with other dates and packs with other fonts, made before, must leave no trace."""
    running = []
    for seed, names in (("1", ["northmoor"]), ("2", ["eastmarch", "visor", "northmoor"]), ("3", ["visor"])):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
        command = [sys.executable, "-c", _PROGRAM, str(tmp_path / seed), *names]
        running.append(subprocess.Popen(command, cwd=ROOT, env=environment))
    assert [process.wait(timeout=300) for process in running] == [0, 0, 0]
    for alone, name in (("1", "northmoor"), ("3", "visor")):
        made = sorted(path.name for path in (tmp_path / "2" / name).iterdir())
        assert made == sorted(path.name for path in (tmp_path / alone / name).iterdir()) and len(made) > 1
        for each in made:
            assert (tmp_path / "2" / name / each).read_bytes() == (
                tmp_path / alone / name / each
            ).read_bytes()


def test_a_page_that_spills_stops_the_pack(tmp_path: Path) -> None:
    pack = packs.pack("northmoor")
    data = pack.sections[5]
    rules = data.panels["rules"]
    longer = rules.model_copy(update={"lines": rules.lines * 12})
    spilling = data.model_copy(update={"panels": {**data.panels, "rules": longer}})
    html = render_html(pack.model_copy(update={"sections": (*pack.sections[:5], spilling)}))
    with pytest.raises(PackError, match=r"Page 'p-data' does not fit on one sheet: [0-9]+ sheets for 6"):
        write_pdf(html, tmp_path / "x.pdf", date(2026, 11, 1))
    assert not (tmp_path / "x.pdf").exists()


def test_a_chart_that_cannot_be_drawn_stops_the_pack(tmp_path: Path) -> None:
    html = SHEET.format(
        '<svg width="9" height="9" viewBox="0 0 9 9"><circle r="1" transform="rotate(zz)"/></svg>'
    )
    with pytest.raises(PackError, match="Failed to render"):
        write_pdf(html, tmp_path / "x.pdf", date(2026, 11, 1))


def test_the_clock_is_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "123")
    html = SHEET.format("<h1>x</h1>")
    write_pdf(html, tmp_path / "x.pdf", date(2026, 11, 1))
    assert os.environ["SOURCE_DATE_EPOCH"] == "123"
