"""Which words a verdict may get, drawn as tables: the manual of the pack's sentences."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.pack import titles, together, wording
from profiles.pack.cite import Cite
from profiles.pack.facts import Fact
from profiles.pack.strategic.titles import data_title, outcomes_title, place_title
from profiles.pack.verdicts import ABOVE, BELOW, KINDS, Verdict

CHANGE_WORDS = (
    "above",
    "below",
    "rise",
    "rising",
    "fall",
    "falling",
    "up",
    "down",
    "shift",
    "signal",
    "▲",
    "▼",
)


def made(kind: str, name: str = "Violence and sexual offences", months: int = 3) -> Verdict:
    """A verdict of one kind with a range where a range belongs."""
    has_range = kind in ABOVE | BELOW | {"within"}
    mean, lower, upper = (100.0, 80.0, 120.0) if has_range else (None, None, None)
    month = None if kind == "no_data" else date(2026, 10, 1)
    value = None if kind == "no_data" else 439.0
    return Verdict(name.lower(), name, kind, "records", mean, lower, upper, month, value, months, 11)  # type: ignore[arg-type]


def fact(value: object) -> Fact:
    """A value from somewhere."""
    return Fact(value, Cite(table="prof_strategic__x", column="x"))


CAPTIONS = [
    ("above_limit", 1, "▲ Above normal range"),
    ("above_limit", 3, "▲ Above range for 3 months"),
    ("below_limit", 1, "▼ Below normal range"),
    ("below_limit", 2, "▼ Below range for 2 months"),
    ("run_8_above", 8, "▲ Above average 8 months"),
    ("run_8_below", 9, "▼ Below average 9 months"),
    ("within", 5, "Within normal range"),
    ("too_few_months", 0, "Too few months in a row: 11 held, 12 needed"),
    ("too_few_counts", 0, "Under 5 a month: no range is drawn"),
    ("not_judged", 4, "Not judged: too few records"),
    ("no_data", 0, "No records held"),
]


@pytest.mark.parametrize(("kind", "months", "words"), CAPTIONS)
def test_caption(kind: str, months: int, words: str) -> None:
    assert wording.caption(made(kind, months=months)).plain == words


def test_every_verdict_has_a_caption_in_the_table() -> None:
    assert {kind for kind, _, _ in CAPTIONS} == set(KINDS)


SENTENCES = [
    ("above_limit", "Violence and sexual offences are above their normal range.",
     "439 records in October 2026, against a normal range of 80 to 120, for the third month running."),
    ("below_limit", "Violence and sexual offences are below their normal range.",
     "439 records in October 2026, against a normal range of 80 to 120, for the third month running."),
    ("run_8_above", "Violence and sexual offences have shifted to above their average.",
     "3 months in a row on one side of 100; 439 records in October 2026."),
    ("run_8_below", "Violence and sexual offences have shifted to below their average.",
     "3 months in a row on one side of 100; 439 records in October 2026."),
    ("within", "Violence and sexual offences are within their normal range.",
     "439 records in October 2026; the normal range is 80 to 120. No change to report."),
    ("too_few_months", "Violence and sexual offences cannot be judged yet.",
     "439 records in October 2026. Only 11 months in a row can be used; a normal range needs 12."),
    ("too_few_counts", "Violence and sexual offences cannot be judged yet.",
     "439 records in October 2026. With fewer than 5 a month, no range can be drawn."),
    ("not_judged", "Violence and sexual offences cannot be judged this month.",
     "Only 439 records came for October 2026, far below the usual. "
     "Treat it as a gap in the feed until its owner says otherwise."),
    ("no_data", "No records of this kind are held.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "lead", "rest"), SENTENCES)
def test_cover_sentence(kind: str, lead: str, rest: str) -> None:
    found = wording.series_sentence(made(kind))
    assert (found[0].plain, found[1].plain) == (lead, rest)


def test_every_verdict_has_a_cover_sentence_in_the_table() -> None:
    assert {kind for kind, _, _ in SENTENCES} == set(KINDS)


TITLES = [
    (["within"] * 3, "Every crime type is within its normal range"),
    (["within", "too_few_counts"], "No crime type judged is out of range"),
    (["too_few_months"] * 3, "No trend can be judged: too few months in a row are held"),
    (["not_judged"] * 3, "No trend can be judged this month"),
    (["above_limit", "within"], "Type A above normal range, the rest steady"),
    (["run_8_below", "within"], "Type A below average, the rest steady"),
    (["above_limit", "not_judged"], "Type A above normal range, nothing else judged has moved"),
    (["above_limit", "above_limit", "within"], "Type A and type B above normal range, the rest steady"),
    (["above_limit", "below_limit", "within"], "Two of 3 crime types have left their usual course"),
]


@pytest.mark.parametrize(("kinds", "title"), TITLES)
def test_trend_title(kinds: list[str], title: str) -> None:
    verdicts = [made(kind, f"Type {'ABC'[index]}") for index, kind in enumerate(kinds)]
    assert titles.trend_title(verdicts).plain == title


DATA_TITLES = [
    ((0, 0, 0, 0, True), "The feed is current and every row is accounted for"),
    ((13, 4, 0, 1, True), "13 months missing; 4 far below usual volume; the feed is late"),
    ((0, 0, 17, 0, True), "17 rows refused; every row accounted for"),
    ((0, 0, 17, 0, False), "Rows are not all accounted for: do not use this pack yet"),
]


@pytest.mark.parametrize(("facts", "title"), DATA_TITLES)
def test_data_title(facts: tuple[int, int, int, int, bool], title: str) -> None:
    assert data_title(*(fact(n) for n in facts[:4]), is_conserved=facts[4]).plain == title


NAMES = st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=60)
KIND = st.sampled_from(KINDS)


@given(st.lists(st.tuples(KIND, NAMES), min_size=1, max_size=14))
def test_no_trend_title_is_too_long(series: list[tuple[str, str]]) -> None:
    assert len(titles.trend_title([made(kind, name) for kind, name in series]).plain) <= titles.TITLE_LIMIT


@given(st.integers(0, 400), st.integers(0, 9999), NAMES)
def test_no_place_title_is_too_long(n_above: int, n_compared: int, name: str) -> None:
    for level in ("neighbourhood", "district"):
        title = place_title(fact(n_above), fact(n_compared), level, fact(name))
        assert len(title.plain) <= titles.TITLE_LIMIT


@given(st.floats(0, 100), st.floats(0, 100))
def test_no_outcomes_title_is_too_long(no_suspect: float, charged: float) -> None:
    title = outcomes_title([fact(no_suspect / 100)], [fact(charged / 100)])
    assert len(title.plain) <= titles.TITLE_LIMIT


@given(*(st.integers(0, 10**9) for _ in range(3)), st.integers(0, 1))
def test_no_data_title_is_too_long(missing: int, suspect: int, refused: int, stale: int) -> None:
    title = data_title(fact(missing), fact(suspect), fact(refused), fact(stale))
    assert len(title.plain) <= titles.TITLE_LIMIT


@given(st.lists(st.sampled_from(sorted(set(KINDS) - ABOVE - BELOW)), min_size=1, max_size=14))
def test_without_a_signal_no_word_of_change_is_ever_used(kinds: list[str]) -> None:
    verdicts = [made(kind, "Type x") for kind in kinds]
    said = [titles.trend_title(verdicts).plain, together.others_sentence(verdicts)[0].plain]
    for verdict in verdicts:
        said += [wording.caption(verdict).plain, wording.series_sentence(verdict)[0].plain]
    words = {word.strip(".,;:").lower() for line in said for word in line.split()}
    assert not words & set(CHANGE_WORDS)
