"""Standard form: what names, dates, identifiers and places become before anything is compared."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflation.columns import LinkageError, map_of, read_map
from conflation.identifiers import LETTERS, standard_cro, standard_email, standard_phone, standard_pnc
from conflation.names import LONGEST, split_full_name, standard_name
from conflation.standardise import standardise
from conflation.workspace import Connection, ask, columns_of, workspace


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    with workspace(tmp_path / "scratch", threads=1, memory="500MB") as connection:
        yield connection


def standard(con: Connection, columns: dict[str, str], **table: list[str | None]) -> list[dict[str, object]]:
    """The standard form of a small table, in the order of record_id."""
    con.register("given", pa.table({name: pa.array(values, pa.string()) for name, values in table.items()}))
    ask(con, "create or replace table raw as from given")
    ask(con, "drop table if exists done")
    standardise(con, "raw", map_of(dict(columns)), None, "done")
    names = columns_of(con, "done")
    rows = ask(con, "from done order by cast(record_id as integer)")
    return [dict(zip(names, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("O’Néill", "oneill"),
        ("MC DONALD", "mcdonald"),
        ("Łukasz", "lukasz"),
        ("Anne-Marie", "anne marie"),
        ("Mr John Smith Jr", "john smith"),
        ("محمد", "mhmd"),
        ("NO_SHOW_Jones", "jones"),
        ("UNKNOWN", None),
        ("Not Known", None),
        ("N/A", None),
        ("", None),
    ],
)
def test_a_name_becomes_plain_words(written: str, words: str | None) -> None:
    assert standard_name(written).whole == words


def test_a_name_of_two_hundred_letters_is_cut() -> None:
    assert len(standard_name("x" * 200 + "y" * 5000).whole or "") == LONGEST


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Smith, John Paul", ("john", "paul", "smith")),
        ("John van der Berg", ("john", None, "van der berg")),
        ("Sukarno", ("sukarno", None, None)),
        ("SUKARNO,", (None, None, "sukarno")),
    ],
)
def test_whole_names_come_apart(written: str, parts: tuple[str | None, ...]) -> None:
    assert tuple(part.whole for part in split_full_name(written)) == parts


@given(st.text(max_size=300))
def test_standard_names_are_stable_and_plain(written: str) -> None:
    whole = standard_name(written).whole
    assert whole is None or all(letter.isascii() and (letter.islower() or letter == " ") for letter in whole)
    assert whole is None or len(whole) <= LONGEST


@pytest.mark.parametrize("good", ["2019/1234567J", "19/1234567j", "2003/0000012H", "2003/12H"])
def test_a_pnc_id_with_the_right_letter_is_kept(good: str) -> None:
    assert standard_pnc(good) in ("19/1234567J", "03/0000012H")


@given(st.integers(0, 99), st.integers(1, 9_999_999), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_only_one_letter_fits_a_pnc_id(year: int, serial: int, letter: str) -> None:
    right = LETTERS[int(f"{year:02}{serial:07}") % 23]
    assert (standard_pnc(f"{year:02}/{serial}{letter}") is not None) == (letter == right)


def test_zero_numbers_are_no_identifiers() -> None:
    assert standard_cro("000000/00Z") is None
    assert standard_pnc("2000/0000000Z") is None


def test_phones_of_one_line_are_one() -> None:
    written = ["07700 900123", "+44 7700 900123", "0044 (0)7700 900123", "(07700) 900-123"]
    assert {standard_phone(number) for number in written} == {"+447700900123"}
    assert standard_phone("7.7E+09") is None


def test_emails_keep_their_mailbox() -> None:
    assert standard_email(" A.B+c@Mail.example ") == "a.b+c@mail.example"
    assert standard_email("not an address") is None


@pytest.mark.parametrize(
    ("written", "born"),
    [
        (["13/02/1990", "01/12/1985", "28/07/1971"], ["1990-02-13", "1985-12-01", "1971-07-28"]),
        (["02/13/1990", "12/01/1985", "07/28/1971"], ["1990-02-13", "1985-12-01", "1971-07-28"]),
        (["19900213", "19851201", "19710728"], ["1990-02-13", "1985-12-01", "1971-07-28"]),
        (["13-FEB-90", "01-Dec-85", "28-JUL-45"], ["1990-02-13", "1985-12-01", "1945-07-28"]),
        (["1990", "1985", "1971"], ["1990", "1985", "1971"]),
        (["1900-01-01", "1970-01-01", "1971-07-28"], [None, None, "1971-07-28"]),
        (["1856-86-18", "1856-06-18", "1900-05-05"], ["1856-86-18", "1856-06-18", "1900-05-05"]),
    ],
)
def test_the_format_of_dates_is_learned_from_the_column(
    con: Connection, written: list[str | None], born: list[str | None]
) -> None:
    assert [row["dob"] for row in standard(con, {"date_of_birth": "d"}, d=written)] == born


def test_one_column_of_whole_names_is_seen_as_one(con: Connection) -> None:
    rows = standard(con, {"forename": "n"}, n=["John Smith", "Ann de la Cruz", "Madonna"])
    assert [(row["forename"], row["surname"]) for row in rows] == [
        ("john", "smith"),
        ("ann", "de la cruz"),
        ("madonna", None),
    ]


def test_split_and_single_addresses_meet(con: Connection) -> None:
    apart = standard(con, {"number": "n", "street": "s"}, n=["12A"], s=["High St"])[0]
    whole = standard(con, {"address": "a"}, a=["12a high street"])[0]
    assert (apart["address"], apart["house"], apart["street"]) == ("12a high street", "12a", "high street")
    assert {name: whole[name] for name in ("address", "house", "street")} == {
        name: apart[name] for name in ("address", "house", "street")
    }


def test_placeholders_of_places_are_nothing(con: Connection) -> None:
    rows = standard(
        con, {"address": "a", "postcode": "p"}, a=["NFA", "No fixed abode"], p=["NF1 1NF", "nf11fa"]
    )
    assert [(row["address"], row["postcode"]) for row in rows] == [(None, None), (None, None)]


def test_postcodes_need_not_be_british(con: Connection) -> None:
    rows = standard(con, {"postcode": "p"}, p=["tq13 8df", "90210", "K1A 0B1"])
    assert [(row["postcode"], row["outcode"]) for row in rows] == [
        ("TQ138DF", "TQ13"),
        ("90210", "902"),
        ("K1A0B1", "K1A"),
    ]


def test_another_number_in_the_place_of_a_pnc_id_is_kept(con: Connection) -> None:
    rows = standard(con, {"pnc_id": "s"}, s=["584-16-0130", "854-13-6295", None])
    assert [row["pnc_id"] for row in rows] == ["584160130", "854136295", None]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("forname: x", "did you mean 'forename'"),
        ("- a", "must map canonical names"),
        ("a: [", "is not YAML"),
    ],
)
def test_a_map_that_is_wrong_is_one_sentence(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "map.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LinkageError, match=said):
        read_map(path)
