"""What headings say, drawn as a table: written out, taken apart, and the field each is nearest to."""

from typing import Any

import pytest

from data_contracts.drafting.heading_words import Word, common_words, words_of
from data_contracts.drafting.headings import names_of
from data_contracts.registry import read_canonicals

NEAREST = [
    ("crime", "CrimeNo", "source_record_id"),
    ("crime", "COMMITTED_FROM", "occurred_from"),
    ("crime", "offdesc", "offence_text"),
    ("crime", "HO Class", "ho_class"),
    ("crime", "Modus Operandi", "method_text"),
    ("crime", "knifeFlag", "is_knife"),
    ("crime", "lastUpdatedDateTime", "recorded_at"),
    ("crime", "Related Crime Ref", "linked_crime_ref"),
    ("person", "DOB", "birth_date"),
    ("person", "D.O.B.", "birth_date"),
    ("person", "FamilyName", "surname"),
    ("person", "Given_Name_1", "forename"),
    ("person", "Forename 2", "middle_names"),
    ("person", "NFA", "is_no_fixed_abode"),
    ("missing_episode", "initrisk", "risk_initial"),
    ("missing_episode", "NRM Referral", "is_trafficking_referred"),
    ("managed_offender", "MAPPA_CAT", "mappa_category"),
    ("intel_report", "Source Evaluation", "source_grade"),
    ("custody", "AA Required", "has_appropriate_adult"),
]


@pytest.mark.parametrize(("feed", "heading", "field"), NEAREST)
def test_a_heading_is_nearest_to_its_field(feed: str, heading: str, field: str) -> None:
    names = names_of(read_canonicals()[feed])
    words = words_of(heading)
    likeness = {name: names.likeness(words, name).score for name in names.by_field}
    assert max(likeness, key=lambda name: likeness[name]) == field
    assert likeness[field] > 0.65


@pytest.mark.parametrize("heading", ["Bonnet colour", "QZX", "Printer tray", ""])
def test_a_heading_of_nothing_is_like_nothing(heading: str) -> None:
    names = names_of(read_canonicals()["crime"])
    assert max(names.likeness(words_of(heading), field).score for field in names.by_field) < 0.5


WRITTEN_OUT: list[tuple[str, list[str]]] = [
    ("dateofbirth", ["date", "birth"]),
    ("Mobile No", ["mobile", "number"]),
    ("No Fixed Abode", ["no", "fixed", "abode"]),
    ("PNCID", ["pnc", "id"]),
    ("5x5x5 grade", ["5x5x5", "grade"]),
    ("Children\u2019s home", ["children", "home"]),
]


@pytest.mark.parametrize(("heading", "words"), WRITTEN_OUT)
def test_headings_are_written_out(heading: str, words: list[str]) -> None:
    assert [word.text for word in words_of(heading)] == words


def test_words_higher_up_in_a_path_weigh_less() -> None:
    assert words_of("location.postCode", is_path=True) == (Word("location", 0.4), Word("post"), Word("code"))
    assert words_of("location.postCode") == (Word("location"), Word("post"), Word("code"))


def test_a_word_that_most_headings_begin_with_tells_nothing() -> None:
    headings = ["CRIME_STATUS", "CRIME_DATE", "CRIME_REF", "CRIME_TYPE", "CRIME_TEAM", "NOTES", "OIC"]
    assert common_words(headings) == {"crime"}
    assert common_words(headings[:5]) == frozenset(), "too few to tell"
    assert [w.text for w in words_of("CRIME_STATUS", common=frozenset({"crime"}))] == ["status"]


def test_every_name_is_of_a_field_that_there_is() -> None:
    """Headings for a field that was renamed would silently match nothing."""
    import yaml

    from data_contracts.columns import BINDABLE
    from data_contracts.drafting.heading_words import PATH

    feeds: dict[str, Any] = read_canonicals()
    known = {*BINDABLE, *(f.name for feed in feeds.values() for f in feed.fields)}
    for name in yaml.safe_load(PATH.read_text())["fields"]:
        feed, _, field = name.rpartition(".")
        own = {*BINDABLE, *(f.name for f in feeds[feed].fields)} if feed else known
        assert field in own, name
