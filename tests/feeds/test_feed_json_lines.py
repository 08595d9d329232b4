"""JSON Lines: values exactly as written, nested records taken apart, and each bad line costs only itself."""

import codecs
import json
from collections.abc import Callable
from typing import Any

import pytest

Land = Callable[..., Any]
NAME = "samples-20261001.jsonl"
FILE = {"pattern": "^testshire/samples-(?P<date>[0-9]{8})[.]jsonl$", "reader": "jsonl", "mode": "delta"}
PATHS = {
    "source_record_id": "ref", "recorded_at": "when.logged", "op": "op", "text": "text", "grade": "grade",
    "seen_date": "when.seen", "is_sure": "sure", "n_people": "people", "distance_km": "km",
}  # fmt: skip
GOOD = {
    "ref": "S/1", "when": {"logged": 1790843400000, "seen": 1790723000000}, "op": None, "text": "Seen", "grade": "2",
    "sure": True, "people": 3, "km": 1.5, "synthetic": True,
    "parties": [{"key": "P/1", "surname": "Quill"}, {"key": "P/2", "surname": "Vane"}],
}  # fmt: skip


@pytest.fixture
def nested(shire: Any, files: Any) -> Any:
    """Testshire sends samples with the people in them, two feeds in one file."""
    columns = files.sample_columns(PATHS, recorded_at="epoch-ms", seen_date="epoch-ms")
    shire.contract([FILE], columns)
    parties = files.party_columns("key", "^.ref", "^.when.logged", "surname", format="epoch-ms")
    shire.contract([{**FILE, "records": "parties"}], parties, feed="sample_party")
    return files


@pytest.fixture
def flat(shire: Any, files: Any) -> Any:
    """Testshire sends samples only."""
    shire.contract([FILE], files.sample_columns(PATHS, recorded_at="epoch-ms", seen_date="epoch-ms"))
    return files


def line(**changes: Any) -> dict[str, Any]:
    return {**GOOD, **changes}


def test_one_file_brings_two_feeds(nested: Any, shire: Any, land: Land) -> None:
    second = line(ref="S/2", parties=[{"key": "P/3", "surname": "Oaks"}])
    shire.put(NAME, nested.json_lines([GOOD, second, line(ref="S/3", parties=[])]))
    landed = land()
    landed.is_conserved()
    assert [(o.feed, o.rows_in, o.notes) for o in landed.outcomes] == [
        ("sample", 3, ()),
        ("sample_party", 3, ()),
    ]
    seen = "line_number, source_record_id, cast(recorded_at as varchar), cast(seen_date as varchar), is_sure, n_people"
    assert landed.rows(seen)[0] == (2, "S/1", "2026-10-01 08:30:00", "2026-09-30", True, 3)
    assert landed.rows("line_number, source_record_id, sample_ref, surname", "sample_party") == [
        (2, "P/1", "S/1", "Quill"), (3, "P/2", "S/1", "Vane"), (4, "P/3", "S/2", "Oaks"),
    ]  # fmt: skip


def test_numbers_are_the_text_that_stands_in_the_file(flat: Any, shire: Any, land: Land) -> None:
    text = (
        json.dumps(line(parties=[]))
        .replace('"people": 3', '"people": 007e1')
        .replace('"S/1"', "12345678901234567890.50")
    )
    shire.put(NAME, f"{json.dumps(line(ref=7700900123))}\n{text.replace('007e1', '700')}\n{text}\n".encode())
    landed = land()
    assert landed.rows("source_record_id, n_people") == [("7700900123", 3), ("12345678901234567890.50", 700)]
    assert landed.refused() == [(4, "JSON_NOT_AN_OBJECT")]


def test_a_list_of_plain_texts_is_one_text(flat: Any, shire: Any, land: Land) -> None:
    shire.put(NAME, flat.json_lines([line(text=["red", 2, None, True])]))
    assert land().rows("text") == [("red; 2; true",)]


BAD = {
    b'{"ref": "S/1", "ref": "S/2"}': "JSON_KEY_TWICE",
    b'{"when": {"logged": 1, "logged": 2}}': "JSON_KEY_TWICE",
    b'["S/1"]': "JSON_NOT_AN_OBJECT",
    b'"S/1"': "JSON_NOT_AN_OBJECT",
    b'{"ref": NaN}': "JSON_NOT_AN_OBJECT",
    b'{"ref": "S/1"': "JSON_NOT_AN_OBJECT",
    b'{"ref": "S/1"} {"ref": "S/2"}': "JSON_NOT_AN_OBJECT",
    b'{"ref": "S\xe9"}': "ENC_NOT_UTF8",
    b'{"ref": "\\ud83d"}': "ENC_NOT_UTF8",
    b'{"ref": "S/1", "text": "a\\u0000b"}': "CONTROL_CHARACTER",
    b'{"ref": "S/1", "text": "' + b"a" * 70_000 + b'"}': "CELL_TOO_LONG",
    b'{"ref": {"no": 1}}': "JSON_SHAPE",
    b'{"ref": "S/1", "text": [{"a": 1}]}': "JSON_SHAPE",
    b'{"ref": "S/1", "when": "today"}': "JSON_SHAPE",
    b'{"a":' * 100_000 + b"1" + b"}" * 100_000: "JSON_TOO_DEEP",
    b'{"a":' * 50 + b"1" + b"}" * 50: "JSON_TOO_DEEP",
    b'{"text": "' + b"a" * 2**23 + b'"}': "JSON_TOO_DEEP",
}


def test_a_bad_line_costs_only_itself(flat: Any, shire: Any, land: Land) -> None:
    good = [flat.json_lines([line(ref=f"S/{n}")]) for n in range(100)]
    lines = [*good[:3], *(bad + b"\r\n" for bad in BAD), *good[3:]]
    shire.put(NAME, codecs.BOM_UTF8 + b"\n".join(lines))
    landed = land()
    landed.is_conserved()
    assert landed.refused() == [(5 + n, code) for n, code in enumerate(BAD.values())]
    assert landed.outcome.rows_accepted == 100
    assert "first in record" not in landed.outcome.reason


def test_a_bad_record_within_a_line_costs_only_itself(nested: Any, shire: Any, land: Land) -> None:
    parties = [{"key": f"P/{n}", "surname": "Quill"} for n in range(8)]
    shire.put(
        NAME,
        nested.json_lines(
            [line(parties=[*parties[:2], "Vane", {"key": ["x", {}], "surname": "V"}, *parties[2:]])]
        ),
    )
    landed = land()
    landed.is_conserved()
    assert landed.refused(feed="sample_party") == [(4, "JSON_SHAPE"), (5, "JSON_SHAPE")]
    assert landed.refused("raw", "sample_party")[0] == ('"Vane"',)


@pytest.mark.parametrize(("objects", "words"), [
    ([{**GOOD, "reference": "S/1", "ref": None}], "the column 'ref' is in none of its records"),
    ([{k: v for k, v in GOOD.items() if k != "ref"} | {"Reff": "S/1"}], "none of its records (did 'Reff' replace it?)"),
])  # fmt: skip
def test_a_needed_key_that_is_nowhere_is_named(
    flat: Any, shire: Any, land: Land, objects: Any, words: str
) -> None:
    shire.put(NAME, flat.json_lines(objects))
    outcome = land().outcome
    if outcome.reason_code == "HEADER":
        assert words in outcome.reason
    else:  # a key that is there and empty is a matter of its rows
        assert outcome.refused_rows[0].reason_code == "SOURCE_RECORD_ID_MISSING"


def test_a_list_that_is_nowhere_refuses_its_feed_alone(nested: Any, shire: Any, land: Land) -> None:
    renamed = {k: v for k, v in GOOD.items() if k != "parties"} | {"partys": GOOD["parties"]}
    shire.put(NAME, nested.json_lines([renamed]))
    samples, parties = land().outcomes
    assert (samples.state, parties.state, parties.reason_code) == ("landed", "refused", "HEADER")
    assert (
        parties.reason
        == "none of its lines holds the list 'parties' (did 'partys' replace it?); send it, empty where need be"
    )


def test_extra_keys_are_noted_and_lists_are_records_of_their_own(nested: Any, shire: Any, land: Land) -> None:
    extra = line(weather="wet", when={**GOOD["when"], "printed": 1}, others=[{"a": 1}], none=[])
    shire.put(NAME, nested.json_lines([GOOD, extra]))
    assert land().outcomes[0].notes == (
        "extra column 'weather' was left out",
        "extra column 'when.printed' was left out",
    )


def test_an_empty_line_is_no_record_and_an_empty_file_no_delivery(
    nested: Any, shire: Any, land: Land
) -> None:
    shire.put(NAME, b"\n")
    assert [(o.state, o.rows_in) for o in land().outcomes] == [("landed", 0)] * 2
    shire.put(NAME, b"")
    assert {o.reason_code for o in land(home="again").outcomes} == {"EMPTY"}


@pytest.mark.parametrize(("content", "code"), [
    ("{}\n".encode("utf-16"), "ENC_UTF16"), (b'{"ref": "a\0"}\n', "NUL_BYTE"), (b"PK\x03\x04 ...", "NOT_JSONL"),
])  # fmt: skip
def test_other_files_are_shown_to_no_parser(
    flat: Any, shire: Any, land: Land, content: bytes, code: str
) -> None:
    shire.put(NAME, content)
    assert land().outcome.reason_code == code
