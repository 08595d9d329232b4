"""Three packs about people: whole, and with what the world throws at them. Each gives a proper page or one sentence."""

import dataclasses
import re
import zipfile
from pathlib import Path

import fictional
import pytest
import tagged

from profiles.definitions import load_definition
from profiles.pack.build import Built
from profiles.pack.checks import unmade
from profiles.pack.model import parts_of
from profiles.pack.people.book import PeopleBook
from profiles.pack.rows import Row, TableError
from profiles.pack.tables.head import Head
from profiles.pack.tables.ranked import NobodyOwns, Ranked
from profiles.pack.tables.sharing import AgreementRow
from profiles.pack.tables.subject import Event, EvidenceRow, Identity, LinkRow, ReasonRow
from profiles.pack.tables.victims import VictimGap
from profiles.publish.pack_files import write_pack
from profiles.publish.render import render_html
from profiles.publish.tables_out import safe

PROFILES = ("vawg", "missing", "visor")
SHORT = fictional.only_first(Ranked)


@pytest.fixture(scope="module", params=PROFILES)
def whole(request: pytest.FixtureRequest) -> Built:
    return fictional.built(request.param)


def html(built: Built) -> str:
    return render_html(built.pack)


def test_every_page_of_the_definition_is_there(whole: Built) -> None:
    wanted = {page.page_id for page in whole.book.definition.pages} - {"p-subject"}
    made = [section.section_id for section in whole.pack.sections]
    assert wanted <= set(made)
    assert sum(name.startswith("p-subject") for name in made) == min(
        len(whole.book.rows(Ranked)), whole.book.definition.limits.subjects_listed
    )


def test_every_figure_is_made_again_and_every_numeral_has_its_tag(whole: Built) -> None:
    assert list(unmade(whole.pack.sections, whole.book.resolver())) == []
    assert list(tagged.loose_numerals(whole.pack, html(whole))) == []


def test_the_same_rows_make_the_same_pack(whole: Built) -> None:
    assert fictional.built(whole.book.definition.profile).pack.pack_id == whole.pack.pack_id


@pytest.mark.parametrize("profile", PROFILES)
def test_nobody_over_the_threshold_is_a_whole_pack(profile: str) -> None:
    people = (Ranked, Identity, Event, EvidenceRow, LinkRow, ReasonRow, NobodyOwns)
    built = fictional.built(profile, fictional.without(*people))
    assert not any(section.section_id.startswith("p-subject") for section in built.pack.sections)
    assert len(html(built)) > 10_000


@pytest.mark.parametrize("profile", PROFILES)
def test_a_force_without_a_list_is_one_sentence(profile: str) -> None:
    with pytest.raises(TableError, match=rf"^prof_{profile}__head has no row for northmoor\.$"):
        fictional.built(profile, fictional.without(Head))


@pytest.mark.parametrize("profile", PROFILES)
def test_tables_that_come_later_may_be_absent_and_nothing_is_denied(profile: str) -> None:
    """A page whose table is not there is left out; what remains never says that nothing was found."""
    from profiles.pack.build import build_pack, read_book
    from profiles.pack.frame import Frame
    from profiles.pack.room import room_of
    from profiles.pack.rows import table_name

    with fictional.connect(profile, SHORT) as con:
        for row_type in room_of(profile).later:
            con.execute(f"drop table {table_name(profile, row_type)}")
        frame = Frame(as_of=fictional.AS_OF, previous=fictional.PREVIOUS)
        built = build_pack(read_book(con, load_definition(profile), fictional.FORCE, frame))
    words = re.sub(r"<[^>]+>", " ", html(built))
    for untrue in ("Nobody moved", "Score and ARMS agree", "meets the referral test", "No adult is linked",
                   "has each protection recorded", "No place has"):  # fmt: skip
        assert untrue not in words


NAMES = {
    "long": "ABCDEFGHI, " + "Jklmnopqr " * 19,
    "right to left": "العبد الله, محمد بن عبد الرحمن",
    "html": "<script>alert(1)</script><b>O'Neil & Sons</b>",
    "template": "{{ 7*7 }}{% raw %}",
    "formula": "=cmd|' /C calc'!A0",
}


@pytest.mark.parametrize("kind", NAMES)
def test_hostile_names_are_text_on_paper(kind: str, tmp_path: Path) -> None:
    name = NAMES[kind]
    renamed = fictional.each(Ranked, name=name, short_name=name[:40])
    built = fictional.built(
        "vawg", fictional.both(SHORT, renamed, fictional.each(Identity, name_recorded=name))
    )
    body = html(built).split("<body>")[1]
    assert "<script" not in body and "<b>O'Neil" not in body
    files = write_pack(built, tmp_path)
    assert files.stats.pages >= len(built.pack.sections)


def test_ten_thousand_records_print_to_the_cap_and_say_how_many_are_left() -> None:
    def many(rows: list[Row]) -> list[Row]:
        first = next(row for row in rows if type(row) is EvidenceRow)
        more = [dataclasses.replace(first, evidence_no=100 + at) for at in range(10_000)]
        return [*rows, *more]

    built = fictional.built("vawg", fictional.both(SHORT, many))
    ledger = built.pack.sections[-1]
    limit = built.book.definition.limits.ledger_listed
    assert len(ledger.tables["evidence"].rows) == limit
    assert len(built.pack.evidence) == len(built.book.rows(EvidenceRow)) > 10_000
    assert re.search(r"and [\d,]{5,} more", ledger.tables["evidence"].remainder.plain)


def foreign(**values: object) -> fictional.Change:
    return fictional.both(
        SHORT, fictional.each(EvidenceRow, source_force="eastmarch", gist="ZZSECRET", **values)
    )


@pytest.mark.parametrize(
    "hidden",
    [{"handling": "C"}, {"sensitivity": "restricted"}, {"feed": "managed_visit"}],
    ids=["handling C", "restricted", "no agreement"],
)
def test_what_another_force_does_not_share_is_nowhere_in_the_pack(hidden: dict[str, str]) -> None:
    assert "ZZSECRET" in fictional.built("vawg", foreign()).pack.content_json()
    assert "ZZSECRET" not in fictional.built("vawg", foreign(**hidden)).pack.content_json()


def test_without_agreements_no_row_of_another_force_is_left() -> None:
    built = fictional.built("vawg", fictional.both(SHORT, fictional.without(AgreementRow)))
    for row_type in (EvidenceRow, Identity, Event, LinkRow):
        assert {row.source_force for row in built.book.rows(row_type)} <= {"northmoor"}


def test_suspects_and_victims_share_no_page() -> None:
    whole = fictional.built("vawg")  # the one profile that has both
    names = {row.name for row in whole.book.rows(Ranked)}
    refs = {row.victim_ref for row in whole.book.rows(VictimGap)}
    for section in whole.pack.sections:
        text = " ".join(part.plain for part in parts_of(section) if hasattr(part, "plain"))
        if section.section_id == "p-victims":
            assert not any(name in text for name in names)
        elif section.section_id == "p-list":
            assert not any(ref in text for ref in refs)


def test_every_form_stands_beside_the_pack(tmp_path: Path) -> None:
    built = fictional.built("visor", SHORT)
    files = write_pack(built, tmp_path)
    assert {path.name for path in files.files} >= {
        "visor.pdf",
        "visor.json",
        "visor.tables.zip",
        "visor.links.csv",
    }
    with zipfile.ZipFile(tmp_path / "visor.tables.zip") as archive:
        lines = archive.read("ranked.csv").decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(built.book.rows(Ranked))
    again = tmp_path / "again"
    again.mkdir()
    assert [path.read_bytes() for path in write_pack(built, again).files] == [
        p.read_bytes() for p in files.files
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+44 7700", "-x", "@import", "\tx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"
    assert safe(-3) == -3


def test_book_of_people_knows_what_it_cannot_know() -> None:
    built = fictional.built("vawg", SHORT, previous=None)
    assert isinstance(built.book, PeopleBook) and not built.book.knows_movement
