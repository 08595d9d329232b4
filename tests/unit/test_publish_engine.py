"""What documents share in a process changes nothing in them: they are those of the bare engine."""

import importlib.util
import multiprocessing
import tempfile
from pathlib import Path

import pytest

from orchestration.press import press
from profiles.publish.engine import PackFetcher, Paper
from profiles.publish.pdf import PDF_VARIANT
from profiles.publish.render import render_html

_SPEC = importlib.util.spec_from_file_location("packs", Path(__file__).parents[1] / "golden" / "packs.py")
assert _SPEC and _SPEC.loader
packs = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(packs)

FORM = (
    '<html lang="en"><head><title>t</title><link rel="stylesheet" href="pack:styles/tokens.css">'
    '<link rel="stylesheet" href="pack:styles/page.css"><link rel="stylesheet" href="pack:styles/people.css"></head>'
    '<body><section class="page" id="p-x"><h1>One</h1><ul class="b"><li>a</li></ul><ol><li>b</li></ol>'
    '<p><a href="#p-x" title="t">here</a><br><i>i</i> <u>u</u> <small>s</small> <strong>b</strong></p>'
    '<form class="dec"><label><input type="radio" name="a.decision" value="1" title="t">yes</label>'
    '<input type="text" name="a.note" title="t" value="v">'
    '<select name="a.reason" title="t"><option value=""></option><option value="1">one</option></select></form>'
    "</section></body></html>"
)


@pytest.mark.parametrize("html", [FORM, "northmoor"], ids=["every element", "a pack"])
def test_pages_are_those_of_the_bare_engine(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint import HTML

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    html = render_html(packs.pack(html)) if html in packs.AS_OF else html
    bare = HTML(string=html, base_url="pack:", url_fetcher=PackFetcher([]))
    wanted = bare.write_pdf(pdf_variant=PDF_VARIANT, pdf_forms=True)
    for _ in range(2):
        ours = Paper(html, []).laid_out(pdf_variant=PDF_VARIANT)
        assert ours.write_pdf(pdf_variant=PDF_VARIANT) == wanted


def test_style_sheets_that_are_not_ours_meet_the_fetcher() -> None:
    problems: list[str] = []
    links = "".join(
        f'<link rel="stylesheet" href="{url}">' for url in ("pack:styles/page.css", "http://evil.test/x.css")
    )
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises(FatalURLFetchingError):
        Paper(f"<html><head>{links}</head><body></body></html>", problems).laid_out()
    assert problems == ["its HTML asks for 'http://evil.test/x.css', and only our own assets may be used."]


_LAY_OUT = """
from profiles.publish.pdf import lay_out
lay_out('<html><head><link rel="stylesheet" href="pack:styles/page.css"></head><body>x</body></html>')
"""


def test_a_child_leaves_no_folder_of_fonts_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    made = [done for _, done, _ in press(exec, [f"{_LAY_OUT}\nopen({str(tmp_path / 'was')!r}, 'w')"], 1, 60)]
    assert made == [True] and not multiprocessing.active_children()
    assert [path.name for path in tmp_path.iterdir()] == ["was"]
