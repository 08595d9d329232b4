"""XML, in a zip or alone: records below one element, and a document or zip that could do harm is refused."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

Land = Callable[..., Any]
NAME = "TESTSHIRE_20261001.zip"
FILE = {
    "pattern": "^testshire/TESTSHIRE_(?P<date>[0-9]{8})[.]zip$", "reader": "xml", "mode": "delta",
    "member": "^samples[.]xml$", "records": "Sample",
}  # fmt: skip
PATHS = {
    "source_record_id": "@ref", "recorded_at": "Logged", "op": "Action", "text": "Said/Text", "grade": "Said/@grade",
    "seen_date": "Seen", "is_sure": "Sure", "n_people": "People", "distance_km": "Km",
}  # fmt: skip
RECORD = (
    '<Sample ref="{ref}" synthetic="true"><Logged>01/10/2026 09:30:00</Logged>'
    '<Said grade="2"><Text>{text}</Text></Said>'
    "<Seen>30/09/2026</Seen><Sure>Y</Sure><People>3</People><Km>1.5</Km>{more}</Sample>"
)


def record(ref: str = "S/1", text: str = "Seen", more: str = "") -> str:
    return RECORD.format(ref=ref, text=text, more=more)


def document(*records: str, head: str = "", root: str = "Extract") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<{root}>\n{"".join(records)}</{root}>\n'


@pytest.fixture
def markup(shire: Any, files: Any) -> Any:
    columns = files.sample_columns(PATHS)
    columns[-1]["physicalName"] = "@synthetic"
    shire.contract([FILE], columns)
    return files


@pytest.fixture
def send(markup: Any, shire: Any) -> Callable[..., None]:
    """Put a zip with this document, and others, into the landing folder."""

    def put(text: str | bytes, **others: bytes | str) -> None:
        shire.put(NAME, markup.zipped({"samples.xml": text, **others}))

    return put


def test_records_land_with_attributes_and_nested_fields(send: Any, land: Land) -> None:
    send(document(record(), record("S/2", "O’Néill &amp; <![CDATA[<b>]]> &#x1F693;")))
    landed = land()
    landed.is_conserved()
    assert landed.outcome.notes == ()
    assert landed.rows(
        "line_number, source_record_id, text, grade, cast(recorded_at as varchar), n_people, is_sure"
    ) == [
        (2, "S/1", "Seen", "2", "2026-10-01 08:30:00", 3, True),
        (3, "S/2", "O’Néill & <b> 🚓", "2", "2026-10-01 08:30:00", 3, True),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_the_encoding_that_a_document_names_is_its_encoding(send: Any, land: Land, encoding: str) -> None:
    send(document(record(text="Néill")).replace("UTF-8", encoding).encode(encoding))
    assert land().rows("text") == [("Néill",)]


def test_namespaces_and_layout_make_no_difference(send: Any, land: Land) -> None:
    text = document(record(text="a"), record("S/2", "b")).replace(
        "<Extract>", '<Extract xmlns="urn:x" xmlns:q="urn:q">'
    )
    send(text.replace("><", ">\n\t<").replace("<Km>", '<q:Km q:unit="km">').replace("</Km>", "</q:Km>"))
    landed = land()
    assert landed.rows("source_record_id, text, distance_km") == [("S/1", "a", 1.5), ("S/2", "b", 1.5)]
    assert landed.outcome.notes == ("extra column 'Km/@unit' was left out",)


def test_what_stands_twice_or_beside_elements_is_never_lost(send: Any, land: Land) -> None:
    good = [record(f"S/{n}") for n in range(10)]
    send(
        document(*good[:2], record("S/x", more="<Km>2</Km>"), *good[2:], record("S/y", more="loose<br/>text"))
    )
    landed = land()
    landed.is_conserved()
    assert landed.refused() == [(4, "XML_ELEMENT_TWICE"), (13, "XML_ELEMENT_TWICE")]
    assert "S/x" in landed.refused("raw")[0][0]


def test_elements_outside_the_records_are_noted(send: Any, land: Land) -> None:
    send(document("<Head><Made>today</Made></Head>", record()))
    assert land().outcome.notes == (
        "elements 'Head' outside the records were left out", "elements 'Made' outside the records were left out",
    )  # fmt: skip


def test_a_renamed_element_is_named(send: Any, land: Land) -> None:
    send(document(record()).replace("Sample", "Samples"))
    assert (
        land().outcome.reason
        == "it holds no element 'Sample' (did 'Samples' replace it?); send the records as agreed"
    )


def test_a_renamed_field_is_named(send: Any, land: Land) -> None:
    send(document(record()).replace("Text>", "Texts>"))
    assert "'Said/Text' is in none of its records (did 'Said/Texts' replace it?)" in land().outcome.reason


def test_a_document_without_records_is_a_quiet_night(send: Any, land: Land) -> None:
    send(document())
    outcome = land().outcome
    assert (outcome.state, outcome.rows_in) == ("landed", 0)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HARM = {
    "XML_DOCTYPE": [
        document(record(text="&b;"), head=LAUGHS),
        document(record(text="&f;"), head='<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'),
        document(record(), head='<!DOCTYPE x SYSTEM "http://example.example/x.dtd">'),
    ],
    "XML_BROKEN": [
        document(record(text="&b;")), document(record()) + LAUGHS, document(record())[:-20], "no XML at all",
        document(record(text="a\0b")), document(record(text="&#7;")), document(record()).replace("UTF-8", "martian"),
    ],
    "XML_TOO_DEEP": [document(record(more="<a>" * 40 + "</a>" * 40))],
}  # fmt: skip


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in HARM.items() for text in texts])
def test_a_harmful_or_broken_document_is_one_sentence(send: Any, land: Land, code: str, text: str) -> None:
    send(text)
    outcome = land().outcome
    assert (outcome.state, outcome.reason_code, outcome.rows_accepted) == ("refused", code, 0)
    assert "\n" not in outcome.reason and "passwd" not in outcome.reason


def test_the_member_that_is_agreed_must_be_there(send: Any, shire: Any, markup: Any, land: Land) -> None:
    shire.put(NAME, markup.zipped({"other.xml": document(record())}))
    assert land().outcome.reason_code == "MEMBER_MISSING"


def test_other_members_are_never_opened(send: Any, land: Land) -> None:
    send(
        document(record()),
        **{"other.xml": "not xml", "more.zip": b"PK\x03\x04", "../up.xml": "x", "big.xml": b" " * 2**23},
    )
    landed = land()
    assert landed.outcome.rows_accepted == 1
    assert [i.sentence for i in landed.report.left_alone] == [
        f"testshire/{NAME}: its member 'other.xml' is in no contract"
    ]
    assert sorted(r.code for r in landed.report.refused_files) == ["BOMB", "NESTED_ARCHIVE", "PATH_OUTSIDE"]


def test_a_member_that_is_there_twice_is_refused(markup: Any, shire: Any, land: Land) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning):
        archive.writestr("samples.xml", document(record()))
        archive.writestr("samples.xml", document(record("S/2")))
    shire.put(NAME, out.getvalue())
    assert land().outcome.reason_code == "DUPLICATE_NAME"


def test_a_member_that_unpacks_without_end_is_refused(send: Any, land: Land) -> None:
    send(document(record(text=" " * 2**23)))
    assert land().outcome.reason_code == "BOMB"


def test_a_member_whose_bytes_are_spoilt_is_refused(markup: Any, shire: Any, land: Land) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("samples.xml", document(record()))
    shire.put(NAME, out.getvalue().replace(b"<People>3<", b"<People>4<"))
    assert land().outcome.reason_code == "DAMAGED"


def test_an_archive_is_opened_only_where_a_contract_names_it(
    send: Any, markup: Any, shire: Any, land: Land
) -> None:
    send(document(record()))
    shire.put("OTHER_20261001.zip", markup.zipped({"samples.xml": document(record())}))
    report = land().report
    assert [o.file_name for o in report.outcomes] == [f"testshire/{NAME}"]
    assert [r.code for r in report.refused_files] == ["NESTED_ARCHIVE"]


def test_a_zip_of_the_whole_landing_folder_lands_alike(
    send: Any, markup: Any, shire: Any, land: Land, tmp_path: Any
) -> None:
    send(document(record()))
    shire.put("OTHER_20261001.zip", b"PK\x03\x04")
    whole = tmp_path / "whole.zip"
    whole.write_bytes(
        markup.zipped(
            {str(p.relative_to(shire.landing)): p.read_bytes() for p in shire.landing.rglob("*.zip")}
        )
    )
    inside, outside = land(whole, "inside"), land(home="outside")
    assert inside.rows() == outside.rows() != []
    assert [r.code for r in inside.report.refused_files] == ["NESTED_ARCHIVE"]


def test_plain_xml_needs_no_zip(shire: Any, files: Any, land: Land) -> None:
    columns = files.sample_columns(PATHS)
    columns[-1]["physicalName"] = "@synthetic"
    shire.contract(
        [
            {
                "pattern": "^testshire/(?P<date>[0-9]{8})[.]xml$",
                "reader": "xml",
                "mode": "full",
                "records": "Sample",
            }
        ],
        columns,
    )
    shire.put("20261001.xml", document(record()).encode())
    assert land().outcome.rows_accepted == 1


@pytest.mark.parametrize(
    "content", [b"Ref,Logged\n", b"<?xml version='1.0'?><a/>", b"PAR1", b"PK\x03\x04 and no more"]
)
def test_another_kind_of_file_is_one_sentence(markup: Any, shire: Any, land: Land, content: bytes) -> None:
    shire.put(NAME, content)
    assert land().outcome.reason_code in ("NOT_ZIP", "DAMAGED")
