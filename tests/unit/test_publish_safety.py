"""Hostile names are text, and nothing but our own assets is ever fetched."""

import importlib.util
import re
from datetime import date
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from profiles.pack.model import PackError
from profiles.publish.engine import asset_path
from profiles.publish.pdf import lay_out, write_pdf
from profiles.publish.render import TEMPLATES, environment, render_html

_SPEC = importlib.util.spec_from_file_location("packs", Path(__file__).parents[1] / "golden" / "packs.py")
assert _SPEC and _SPEC.loader
packs = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(packs)


PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd>",
    "\"><link rel=attachment href='file:///etc/passwd'>",
    "<style>@import url(http://evil.test/x.css)</style>",
    "'; } @font-face{src:url(http://evil.test/f.woff2)} x{",
    "<svg><image href='http://evil.test/i.png'/></svg>",
    "<object data='file:///etc/passwd'></object>",
    "{{ 7*7 }}{% raw %}",
    "**bold** {name} &amp; \\201C",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_names_are_shown_literally_and_fetch_nothing(payload: str) -> None:
    quoted = payload.replace("'", "''")
    rename = f"UPDATE prof_strategic__places SET place_name = '{quoted}' || place_name"
    html = render_html(packs.pack("northmoor", payload, rename))
    body = html.split("<body>")[1]
    assert "<script" not in body and "<img" not in body and "<object" not in body and "<link" not in body
    assert "<style" not in html and "<image" not in html and "49" not in html.split("<title>")[1][:40]
    assert html.count('href="pack:') == 4


def test_a_hostile_name_is_laid_out_as_text() -> None:
    document = lay_out(render_html(packs.pack("northmoor", PAYLOADS[2]))).document
    assert len(document.pages) == 6
    assert not document.metadata.attachments


URLS = (
    "file:///etc/passwd",
    "http://evil.test/x",
    "https://evil.test/x",
    "data:text/css,*{color:red}",
    "ftp://evil.test/x",
    "pack:../pyproject.toml",
    "pack:styles/../../pyproject.toml",
    "pack:fonts/Inter-OFL.txt",
    "pack:styles/nothing.css",
    "pack:/etc/passwd",
)


@pytest.mark.parametrize("url", URLS)
def test_no_other_address_names_a_file(url: str) -> None:
    assert asset_path(url) is None


def test_our_own_assets_do() -> None:
    assert asset_path("pack:styles/page.css") == TEMPLATES / "styles" / "page.css"
    assert asset_path("pack:fonts/Inter-Bold.woff2") == TEMPLATES / "fonts" / "Inter-Bold.woff2"


ASKING = (
    '<img src="file:///etc/passwd">',
    '<img src="http://evil.test/x.png">',
    '<img src="data:image/png;base64,AAAA">',
    '<link rel="stylesheet" href="http://evil.test/x.css">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<style>@import url("http://evil.test/x.css");</style>',
    "<style>@font-face{font-family:x;src:url(http://evil.test/f.woff2)} p{font-family:x}</style><p>x</p>",
    '<div style="background:url(file:///etc/passwd)">x</div>',
    '<object data="file:///etc/passwd"></object>',
    '<svg width="9" height="9"><image href="http://evil.test/i.png" width="9" height="9"/></svg>',
)


@pytest.mark.parametrize("asking", ASKING)
def test_the_engine_refuses_and_says_what_was_asked(asking: str, tmp_path: Path) -> None:
    html = f'<html><head></head><body><section class="page" id="p-x">{asking}</section></body></html>'
    with pytest.raises(PackError, match="only our own assets"):
        write_pdf(html, tmp_path / "x.pdf", date(2026, 11, 1))
    assert not (tmp_path / "x.pdf").exists()


FORBIDDEN = {
    "a safe filter": r"\|\s*safe",
    "Markup": r"Markup",
    "autoescape off": r"autoescape",
    "data in a style attribute": r"style\s*=\s*['\"][^'\"]*\{",
    "data in a url": r"url\(",
    "a style element of more than our own sheets": (
        r"<style(?!>\s*(\{% include 'styles/\w+\.css' %\}\s*)+</style>)"
    ),
    "an unquoted attribute": r"[\w-]+=\{\{",
    "a sum in a template": r"\|\s*(sum|round)\b",
}
SCREEN_FRAME = {"operations/page.html.j2"}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_templates_hold_none_of_it(what: str) -> None:
    templates = [*TEMPLATES.rglob("*.j2")]
    assert len(templates) > 8
    found = {
        path.relative_to(TEMPLATES).as_posix()
        for path in templates
        if re.search(FORBIDDEN[what], path.read_text(encoding="utf-8"))
    }
    assert found == (SCREEN_FRAME if what == "a style element" else set())


def test_the_frame_of_screen_pages_puts_style_sheets_alone_into_its_style_element() -> None:
    """A page of one file has nowhere else for its style sheets; no data may stand there."""
    for name in SCREEN_FRAME:
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        (inside,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
        assert set(re.sub(r"{% include 'styles/[a-z]+\.css' %}", "", inside)) == {"\n"}


def test_an_undefined_name_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing_of_this_name }}").render()
