"""Definitions of heads and the library of reasons: words for everything, none forbidden, bad files in a sentence."""

from pathlib import Path

import pytest

from profiles.definitions.heads import GROUPS, HEADS, load_head
from profiles.definitions.loader import DefinitionError
from profiles.definitions.reasons import load_reasons, words_of

LIBRARY = load_reasons()
HEAD = load_head("vawg_suspect")


@pytest.mark.parametrize("name", HEADS)
def test_every_feature_of_every_head_has_words_and_none_is_forbidden(name: str) -> None:
    head = load_head(name)
    assert {feature.group for feature in head.features} == set(GROUPS)
    said = [(text, LIBRARY.forbidden_in(text, head.role)) for text in words_of(head)]
    assert [one for one in said if one[1]] == []
    for feature in head.features:
        assert (
            "{" not in feature.says(3) and feature.says(0) == feature.none and feature.says(1) == feature.one
        )


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("sign", ["raises", "lowers"])
@pytest.mark.parametrize("day", [None, "14 February 2027"])
def test_every_group_sign_and_tense_has_a_sentence(group: str, sign: str, day: str | None) -> None:
    sentence = LIBRARY.sentence(group, sign, ["4 crimes", "2 crimes"], day)  # type: ignore[arg-type]
    assert "4 crimes; 2 crimes" in sentence and sentence.endswith(".") and "{" not in sentence
    assert (day is None) or (day in sentence)


FORBIDDEN = [
    ("This person will offend again.", "suspect", ["will"]),
    ("A dangerous man.", "victim", ["dangerous"]),
    ("Three offenders named.", "suspect", ["offender"]),
    ("Harm caused by drink.", "managed", ["caused by"]),
    ("4 such crimes in 90 days.", "suspect", []),
    ("The willing witness was goodwill itself.", "suspect", []),
]


@pytest.mark.parametrize(("text", "role", "found"), FORBIDDEN)
def test_forbidden_words_are_found_as_words(text: str, role: str, found: list[str]) -> None:
    assert LIBRARY.forbidden_in(text, role) == found  # type: ignore[arg-type]


SAYS = [
    (0, "no such crime in 90 days"),
    (1, "1 such crime in 90 days"),
    (2, "2 such crimes in 90 days"),
    (2.5, "2.5 such crimes in 90 days"),
    (1234, "1,234 such crimes in 90 days"),
]


@pytest.mark.parametrize(("value", "words"), SAYS)
def test_singular_plural_and_none(value: float, words: str) -> None:
    assert HEAD.feature("n_vawg_90").says(value) == words


HEAD_TEXT = """
head: x
profile: vawg
role: suspect
title: t
cohort: c
outcome: o
outcome_column: y
horizon_days: 90
maturity_days: 60
rule: RFGV
decision: d
features:
  - {name: %s, group: frequency, sign: 1, kind: count, unit: u, feeds: [crime], one: "1", many: "%s", none: "0"}
"""
BAD_HEADS = [
    (HEAD_TEXT % ("ethnicity", "{n}"), "protected attribute"),
    (HEAD_TEXT % ("victim_sex", "{n}"), "protected attribute"),
    (HEAD_TEXT % ("age_years", "{n}"), "age is a feature only of missing and managed"),
    (HEAD_TEXT % ("n_crimes", "many"), "must hold {n}"),
    ("head: [", "is not YAML"),
]


@pytest.mark.parametrize(("text", "sentence"), BAD_HEADS)
def test_a_bad_head_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "x.yml").write_text(text)
    with pytest.raises(DefinitionError) as caught:
        load_head("x", tmp_path)
    assert sentence in str(caught.value) and "\n" not in str(caught.value)


def test_a_head_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(DefinitionError, match="no head called 'nobody'"):
        load_head("nobody")


def test_suspects_and_victims_share_no_head_and_age_is_only_where_it_is_the_exception() -> None:
    roles = {name: load_head(name).role for name in HEADS}
    assert roles["vawg_suspect"] == "suspect" and roles["vawg_victim"] == "victim"
    for name in HEADS:
        has_age = any("age" in feature.name.split("_") for feature in load_head(name).features)
        assert has_age == (roles[name] in ("missing", "managed"))
