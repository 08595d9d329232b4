"""Finish a tagged PDF: what the PDF engine leaves undone for people who use assistive technology.

Here: running heads and feet become artefacts, table headings get a scope, empty tags go, links print, form fields
are listed once, headings begin with the first level, rows are counted.
Not here: writing the PDF (pdf.py). The bytes depend on the input alone.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from profiles.pack.model import PackError

_MARK = re.compile(rb"^/\w+\n<</MCID (\d+)>>\nBDC$", re.M)
_LEVELS = [Name(f"/H{level}") for level in range(1, 7)]
_ARTEFACT = b"/Artifact\n<</Type /Pagination>>\nBDC"


@dataclass
class FinishCounts:
    """What was mended, for the run's metadata."""

    scopes: int = 0
    pruned: int = 0
    artefacts: int = 0
    print_flags: int = 0
    rows: int = 0
    fields: int = 0
    marked: dict[tuple[int, int], set[int]] = field(default_factory=dict, repr=False)
    headings: list[Any] = field(default_factory=list, repr=False)


def finish(path: Path) -> FinishCounts:
    """Rewrite the PDF at `path` in place."""
    counts = FinishCounts()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for top in _kids(pdf.Root.StructTreeRoot):
            _walk(top, None, False, counts)
        _raise_headings(counts.headings)
        _list_fields_once(pdf, counts)
        for page in pdf.pages:
            _mark_artefacts(pdf, page, counts)
            _print_links(page, counts)
        pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return counts


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _walk(element: Any, page: Any, in_head: bool, counts: FinishCounts) -> bool:
    """Mend one structure element; False when it ends up empty and can be dropped."""
    page = element.get("/Pg", page)
    kind = element.get("/S")
    in_head = in_head or kind == Name.THead
    if kind == Name.TBody:
        counts.rows += sum(kid.get("/S") == Name.TR for kid in _kids(element) if isinstance(kid, Dictionary))
    if kind in _LEVELS:
        counts.headings.append(element)
    if kind == Name.TH:
        attributes = element.get("/A") or Dictionary(O=Name.Table)
        attributes["/Scope"] = Name.Column if in_head else Name.Row
        element["/A"] = attributes
        counts.scopes += 1
    kept = Array()
    for kid in _kids(element):
        if isinstance(kid, Dictionary) and kid.get("/Type") == Name.StructElem:
            if _walk(kid, page, in_head, counts):
                kept.append(kid)
            else:
                counts.pruned += 1
            continue
        if isinstance(kid, int) and page is not None:
            counts.marked.setdefault(page.objgen, set()).add(int(kid))
        kept.append(kid)
    element["/K"] = kept
    return len(kept) > 0 or "/Alt" in element or kind in (Name.TD, Name.TH, Name.TR)


def _raise_headings(headings: list[Any]) -> None:
    """A page that is printed apart has no cover, and so begins with a heading of the second level: all go up by one."""
    levels = [_LEVELS.index(heading.S) for heading in headings]
    for heading, level in zip(headings, levels, strict=True):
        heading["/S"] = _LEVELS[max(0, level - levels[0])]


def _list_fields_once(pdf: Any, counts: FinishCounts) -> None:
    """Radio buttons stand under their group only: listed twice, a filled form reads back wrongly."""
    form = pdf.Root.get("/AcroForm")
    if form is None:
        return
    form.Fields = Array([each for each in form.Fields if "/Parent" not in each])
    for group in form.Fields:
        counts.fields += 1
        for kid in group.get("/Kids", []):
            if "/T" in kid:
                del kid["/T"]


def _mark_artefacts(pdf: Any, page: Any, counts: FinishCounts) -> None:
    """Marked content no tag points at is a running head or foot. The engine writes each mark on three lines of its own,
    and all text in hexadecimal, so nothing else looks like one."""
    known = counts.marked.get(page.obj.objgen, set())
    found: set[int] = set()

    def mended(mark: re.Match[bytes]) -> bytes:
        found.add(int(mark[1]))
        return mark[0] if int(mark[1]) in known else _ARTEFACT

    content = _MARK.sub(mended, page.Contents.read_bytes())
    if lost := known - found:
        raise PackError(f"The pack was not written: {len(lost)} tags point at nothing on their sheet.")
    counts.artefacts += len(found - known)
    page.Contents = pdf.make_stream(content)


def _print_links(page: Any, counts: FinishCounts) -> None:
    for annotation in page.get("/Annots", []):
        flags = int(annotation.get("/F", 0))
        if not flags & 4:
            annotation["/F"] = flags | 4
            counts.print_flags += 1
