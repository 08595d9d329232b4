"""What values say, drawn as tables: identifiers, shapes, codes, flags, words for "empty"."""

import pytest

from data_contracts.drafting.coding import guess_codes
from data_contracts.drafting.empty_words import words_for_empty
from data_contracts.drafting.flags import flags_of
from data_contracts.drafting.identifiers import is_cro, is_pnc
from data_contracts.drafting.profile import profile_of
from data_contracts.drafting.sample import SampleColumn
from data_contracts.drafting.shapes import SHAPES
from data_contracts.registry import read_canonicals

# The PNC numbers are the two of the domain notes; every letter but one is wrong for a serial.
PNC = [
    ("2019/1234567J", True), ("19/1234567J", True), ("20191234567J", True), ("2003/0000012H", True),
    ("2019/1234567K", False), ("2019/1234567", False), ("1234567J", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "is_one"), PNC)
def test_a_pnc_number_proves_itself(text: str, is_one: bool) -> None:
    assert is_pnc(text) is is_one


def test_a_cro_number_proves_itself() -> None:
    letters = [letter for letter in "ABCDEFGHJKLMNPQRTUVWXYZ" if is_cro(f"123456/19{letter}")]
    assert len(letters) == 1 and is_cro(f"SF19/123456{letters[0]}")
    assert not is_cro("123456/19I"), "I is not used"


SHAPED = {
    "postcode": (["QA1 1AA", "sw1a 1aa", "QA11AA"], ["QA1", "11 AA1", "Leeds"]),
    "phone": (
        ["07700 900123", "+44 7700 900123", "01632960001", "7700900123"],
        ["1709245800000", "12345", "20240102"],
    ),
    "email": (["a.b@example.org"], ["@example", "a b@c.de"]),
    "lsoa": (["E01000001", "W01001234", "X01100012"], ["N00000036", "E1000001"]),
    "cjs": (["OF61016", "CJ88001", "COML025"[:2] + "88001A"], ["OF6101", "61016"]),
    "ho_class": (["008/06", "195/94"], ["36/00025/25", "8N"]),
    "address": (
        ["12 Elder Road, Ousthorne", "Flat 3, Mill House"],
        ["tall, dark hair", "Suspect ran off down the road."],
    ),
    "name": (["O\u2019N\u00e9ill", "Mary Ann", "Smith-Jones"], ["Smith2", "12"]),
    "longitude": (["-2.02525"], ["54.49446", "400000"]),
}


@pytest.mark.parametrize("shape", SHAPED)
def test_shapes_tell_texts_apart(shape: str) -> None:
    yes, no = SHAPED[shape]
    assert [text for text in yes if not SHAPES[shape](text)] == []
    assert [text for text in no if SHAPES[shape](text)] == []


def codes(feed: str, field: str, *texts: str) -> dict[str, tuple[str, bool]]:
    known = read_canonicals()[feed].field(field).code_list
    return {g.text: (g.code, g.is_doubtful) for g in guess_codes(feed, field, known, dict.fromkeys(texts, 3))}


CODES = [
    (
        "crime",
        "outcome_code",
        {"Outcome 14": ("14", False), "O1A": ("1A", False), "15 - Evidential": ("15", False)},
    ),
    ("person", "sex", {"Male": ("M", False), "F": ("F", False), "1": ("M", True), "Blue": ("", True)}),
    (
        "person",
        "ethnicity_self",
        {"W1 - White British": ("W1", False), "Black Caribbean (B1)": ("B1", False)},
    ),
    (
        "crime_party",
        "role",
        {"VIC": ("victim", False), "Suspect": ("suspect", False), "W": ("witness", True)},
    ),
    (
        "custody",
        "disposal",
        {
            "Comm Res": ("community_resolution", True),
            "No Fur Act": ("no_further_action", True),
            "Co Re": ("", True),
        },
    ),
    (
        "missing_episode",
        "risk_initial",
        {"High risk": ("high", False), "2": ("medium", True), "Amber": ("", True)},
    ),
    ("custody", "disposal", {"NFA": ("no_further_action", False), "Charged": ("charged", False)}),
]


@pytest.mark.parametrize(("feed", "field", "wanted"), CODES)
def test_codes_are_told_and_guesses_are_marked(
    feed: str, field: str, wanted: dict[str, tuple[str, bool]]
) -> None:
    assert codes(feed, field, *wanted) == wanted


def test_one_letter_that_two_codes_begin_with_stands_for_neither() -> None:
    assert codes("crime", "status", "R")["R"] == ("", True)


FLAGS = [
    (["Y", "N"], ((), ())),
    (["Yes", "No"], ((), ())),
    (["x"], ((("x", "true"),), ("x",))),
    (["Y", "N", "Maybe"], None),
    (["1", "2"], None),
    (["Smith"], None),
]


@pytest.mark.parametrize(("texts", "wanted"), FLAGS)
def test_yes_and_no(texts: list[str], wanted: tuple[object, object] | None) -> None:
    flags = flags_of(dict.fromkeys(texts, 5))
    assert (None if flags is None else (flags.code_map, flags.in_doubt)) == wanted


def test_words_for_empty_are_known_or_found_out() -> None:
    dates = SampleColumn(
        "Seen", ("01/02/2024", "not logged", "13/02/2024", "not logged", "NULL", "14/02/2024")
    )
    names = SampleColumn("Name", ("Smith", "not logged", "Jones", "NULL", "Brown", "Green"))
    words = words_for_empty([profile_of(dates), profile_of(names)])
    assert set(words.written) == {"NULL", "not logged"} and words.inferred == ("not logged",)
    assert "not logged" in words.by_heading["Name"], "what is empty in one column is empty in all"


def test_unknown_stays_a_code_where_a_column_is_a_list_of_codes() -> None:
    injury = SampleColumn("Injury", ("Minor", "Unknown", "None", "Serious") * 5)
    assert words_for_empty([profile_of(injury)]).by_heading["Injury"] == ()
