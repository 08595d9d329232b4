"""A pack and its sheets: only a page that runs over gets fewer lines, and every sheet says its own number."""

import dataclasses
import re
from pathlib import Path

import fictional
import page as page_validation
import paper
import pikepdf
import pytest

from profiles.pack.build import Built, with_fewer_lines
from profiles.pack.model import PageOverflow, Section
from profiles.pack.rows import Row
from profiles.pack.tables.ranked import NobodyOwns, Ranked
from profiles.pack.tables.subject import EvidenceRow, Identity
from profiles.publish.fit import fit
from profiles.publish.pack_files import write_pack

FIRST, LAST = "S-104772", "S-130377"  # with a page in the pack, and printed apart


def crowded(*refs: str) -> fictional.Change:
    """More lines about these people than their pages hold."""

    def change(rows: list[Row]) -> list[Row]:
        told = {
            (type(row), row.person_ref): row
            for row in rows
            if isinstance(row, EvidenceRow | Identity) and row.person_ref in refs
        }
        more = [
            dataclasses.replace(row, **{name: 50 + at})
            for (kind, _), row in told.items()
            for name in ("evidence_no" if kind is EvidenceRow else "identity_no",)
            for at in range(12)
        ]
        return [*rows, *more]

    return change


def changed(one: Built, other: Built) -> list[str]:
    """Anchors of the pages that differ."""
    pairs = zip(one.pack.sections, other.pack.sections, strict=True)
    return [a.section_id for a, b in pairs if a != b]


@pytest.fixture(scope="module")
def overfull() -> Built:
    return fictional.built("vawg", crowded(FIRST))


def faults_of(path: Path) -> list[tuple[str, str]]:
    """What a checker of PDF/UA-1 has to say against a file."""
    report = page_validation.validate_pdf(str(path), profile=page_validation.ValidationProfile.PDF_UA_1)
    return [(failure.rule_id, failure.message) for failure in report.failures]


def test_only_the_page_that_runs_over_gets_fewer_lines(overfull: Built) -> None:
    fitted = fit(overfull)
    assert changed(fitted.built, overfull) == ["p-subject-1"]
    snug = with_fewer_lines(overfull, {section.section_id for section in overfull.pack.sections})
    assert len(changed(snug, overfull)) > 3
    assert changed(fitted.built, snug) == [name for name in changed(snug, overfull) if name != "p-subject-1"]
    assert f">{fitted.built.pack.pack_id}<" in fitted.html and overfull.pack.pack_id not in fitted.html


def test_sheets_of_several_layouts_are_one_accessible_file(overfull: Built, tmp_path: Path) -> None:
    path = write_pack(overfull, tmp_path).files[0]
    assert faults_of(path) == []
    with pikepdf.open(path) as pdf:
        names = {str(name) for name in list(pdf.Root.Names.Dests.Names)[::2]}
        found = [
            str(note.get("/Dest", note.get("/A", {}).get("/D", "")))
            for sheet in pdf.pages
            for note in sheet.get("/Annots", [])
            if note.Subtype == pikepdf.Name.Link
        ]
    assert len(found) > 3 and set(found) <= names == {each.section_id for each in overfull.pack.sections}


def test_a_pack_that_fits_keeps_every_line() -> None:
    built = fictional.built("vawg", fictional.only_first(Ranked))
    assert fit(built).built is built


def test_pages_after_one_that_continues_say_their_own_numbers(tmp_path: Path) -> None:
    def many(rows: list[Row]) -> list[Row]:
        first = next(row for row in rows if isinstance(row, NobodyOwns))
        more = [
            dataclasses.replace(first, person_ref=f"S-90000{at}", rank=90 + at, teams=first.teams * 6)
            for at in range(9)
        ]
        return [*rows, *more]

    built = fictional.built("vawg", many)
    write_pack(built, tmp_path)
    links = dict(re.findall(r'href="#(p-[\w-]+)" title="Page (\d+)', fit(built).html))
    starts = {section.section_id: at for at, section in enumerate(built.pack.sections, start=1)}
    assert int(links["p-owner"]) == starts["p-owner"] and int(links["p-data"]) == starts["p-data"] + 1
    with pikepdf.open(tmp_path / "vawg.pdf") as pdf:
        pages = [paper.text_of(page) for page in pdf.pages]
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text and built.pack.pack_id in text
    for section in built.pack.sections[1:]:
        words = section.title.plain.split()[0]
        assert pages[int(links[section.section_id]) - 1].startswith(words)


def test_a_person_printed_apart_stands_under_the_number_of_the_pack(tmp_path: Path) -> None:
    written = write_pack(fictional.built("vawg", crowded(LAST)), tmp_path)
    (last,) = (row.rank for row in written.built.book.rows(Ranked) if row.person_ref == LAST)
    with pikepdf.open(tmp_path / f"vawg.subject-{last}.pdf") as pdf:
        (page,) = pdf.pages
        text = paper.text_of(page)
    assert f"Pack {written.built.pack.pack_id}" in text and "Page 1 of 1" in text
    assert faults_of(tmp_path / f"vawg.subject-{last}.pdf") == [], "a page apart is accessible by itself"


def test_a_page_that_does_not_fit_with_fewer_lines_stops_its_pack() -> None:
    built = fictional.built("vawg", fictional.only_first(Ranked))

    def spilling(section: Section) -> Section:
        if section.section_id != "p-data":
            return section
        rules = section.panels["rules"].model_copy(update={"lines": section.panels["rules"].lines * 30})
        return section.model_copy(update={"panels": {**section.panels, "rules": rules}})

    pages = tuple(map(spilling, built.pack.sections))
    spilt = dataclasses.replace(
        built,
        room=dataclasses.replace(built.room, sections=lambda book: pages),
        pack=built.pack.model_copy(update={"sections": pages}),
    )
    with pytest.raises(PageOverflow, match="'p-data' does not fit on one sheet, even with fewer lines"):
        fit(spilt)
