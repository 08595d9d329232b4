"""Each advice of the contract check, proven by a copy of the contracts with that one fault."""

import shutil
import time
from pathlib import Path

import duckdb
import pytest

from data_contracts import lint, names, patterns
from data_contracts.registry import HERE, Registry, canonical_paths

SOURCE = "sources/police_uk/street_crime.odcs.yaml"
CANONICAL = "canonical/street_crime.odcs.yaml"
NO_ROWS = "a month without any record, so a file without rows is a failed export"
RETENTION = "          - {property: retentionGroup, value: not_personal}\n"
WEAPONS = "          - {value: Possession of weapons}\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Our contracts without those of forces and people, which would only take time."""
    root = tmp_path / "data_contracts"
    shutil.copytree(
        HERE, root, ignore=shutil.ignore_patterns("*.py", "__pycache__", "forces", "released.json")
    )
    for path in canonical_paths(root):
        if path.name.split(".")[0] not in ("street_crime", "decision"):
            path.unlink()
    return root


def test_our_contracts_have_no_problem() -> None:
    assert lint.check() == []


def test_exit_code_is_1_with_problems(monkeypatch: pytest.MonkeyPatch, copy: Path) -> None:
    (copy / SOURCE).write_text("a: 1\n", encoding="utf-8")
    said: list[str] = []
    problems = lint.check(copy)
    monkeypatch.setattr(lint, "check", lambda: problems)
    assert lint.main(said.append) == 1 and said == problems
    monkeypatch.setattr(lint, "check", list)
    assert lint.main(said.append) == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (SOURCE, NO_ROWS, "x", "reason in plain words"),
        (SOURCE, "mustBeGreaterOrEqualTo: 1", "mustBeGreaterOrEqualTo: 0", "at least 1"),
        (SOURCE, "mustBeGreaterOrEqualTo: 1", "mustBeGreaterOrEqualTo: 300000", "not above the ceiling"),
        (SOURCE, "physicalName: Month", "physicalName: Crime ID", "declared twice"),
        (SOURCE, "- name: reported_by", "- name: falls_within", "two headings are mapped to falls_within"),
        (SOURCE, "- name: reported_by", "- name: recorded_by", "street_crime does not have"),
        (SOURCE, "- name: crime_type\n", "- name: offence_type\n", "'offence_type'"),
        (SOURCE, "- name: crime_type\n", "- name: offence_type\n", "crime_type is required"),
        (SOURCE, "other: latitude", "other: northing", "'northing', which has no heading"),
        (SOURCE, "low: -180, high: 180", "low: 180, high: -180", "low end"),
        (SOURCE, "name: MONTH_SHAPE", "name: MONTH_MISSING", "two rules have the code MONTH_MISSING"),
        (SOURCE, "name: MONTH_SHAPE", "name: month shape", "capital letters"),
        (SOURCE, "the month is empty", "bad", "no reason that a reader"),
        (SOURCE, '"^[0-9a-f]{64}$"', '"[0-9a-f]{64}"', "open with ^"),
        (SOURCE, '"^[0-9a-f]{64}$"', '"^(?:[0-9a-f]+)+$"', "repeats a repeat"),
        (SOURCE, '"^[0-9a-f]{64}$"', '"^\\\\w{64}$"', "differ between engines"),
        (SOURCE, "high: 3, window", "high: 0.9, window", "low below 1"),
        (SOURCE, "value: 62", "value: 0", "at least one day"),
        (SOURCE, "property: handling, value: P", "property: handling, value: X", "handling"),
        (SOURCE, "retentionGroup, value: not_personal", "retentionGroup, value: ever", "retention group"),
        (SOURCE, "Europe/London", "Europe/Atlantis", "time zone"),
        (SOURCE, "encoding: utf-8", "encoding: utf-9", "encoding"),
        (SOURCE, "monthField: month", "monthField: moon", "'moon'"),
        (SOURCE, "value: file_line", "value: [crime_id, colour]", "'colour'"),
        (SOURCE, "apiVersion: v3.2.0", "apiVersion: v9", "not as the standard asks"),
        (SOURCE, "kind: DataContract", "kind: DataContract\nflavour: sweet", "not as the standard asks"),
        (CANONICAL, "- name: longitude", "- name: order", "reserved word"),
        (CANONICAL, "- name: longitude", "- name: Longitude", "small letters"),
        (CANONICAL, "- name: longitude", "- name: latitude", "declared twice"),
        (CANONICAL, "The force that supplied the record.", "Force.", "has no meaning"),
        (CANONICAL, "classification: public", "classification: secretish", "classification"),
        (CANONICAL, "classification: public", "tags: [x]", "classification is missing"),
        (CANONICAL, "value: not_personal", "value: for ever", "retention group"),
        (CANONICAL, RETENTION, "", "retentionGroup is missing"),
        (CANONICAL, WEAPONS, WEAPONS + WEAPONS, "code 'Possession of weapons' twice"),
        ("canonical/feeds.yml", "feed: street_crime", "feed: street_theft", "not declared in"),
        ("canonical/feeds.yml", "feed: custody", "feed: crime", "declared twice"),
        ("sources/police_uk/skipped.yml", "'^__MACOSX/.*$'", "'^__MACOSX/(?:.+)+$'", "repeats a repeat"),
    ],
)  # fmt: skip
def test_fault_is_named(copy: Path, file: str, old: str, new: str, words: str) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = lint.check(copy)
    assert any(words in problem for problem in problems), problems
    assert all(Path(file).name in problem or file in problem for problem in problems if words in problem)


def test_empty_code_list(copy: Path) -> None:
    path = copy / CANONICAL
    text = path.read_text(encoding="utf-8")
    start = text.index("        enum:\n          - {value: Anti-social")
    end = text.index("        customProperties", start)
    path.write_text(text[:start] + "        enum: []\n" + text[end:], encoding="utf-8")
    problems = lint.check(copy)
    assert any("code list of crime_type is empty" in problem for problem in problems)
    assert any("CRIME_TYPE_UNKNOWN has an empty code list" in problem for problem in problems)


@pytest.mark.parametrize(
    "name", ["ethnicity", "nationality", "religion", "home_postcode", "victim_sex", "lsoa_code"]
)
def test_protected_attribute_is_never_a_feature(copy: Path, name: str) -> None:
    path = copy / "canonical/decision.odcs.yaml"
    text = path.read_text(encoding="utf-8").replace("- name: owner\n", f"- name: {name}\n")
    place = text.index("isFeatureAllowed, value: false", text.index(f"- name: {name}\n"))
    path.write_text(text[:place] + text[place:].replace("false", "true", 1), encoding="utf-8")
    problems = lint.check(copy)
    assert len(problems) == 1 and f"'{name}' is a protected attribute" in problems[0]


def test_reserved_words_include_those_of_the_warehouse() -> None:
    found = duckdb.sql(
        "select keyword_name from duckdb_keywords() where keyword_category = 'reserved'"
    ).fetchall()
    assert {word for (word,) in found} <= names.RESERVED


@pytest.mark.parametrize(
    "pattern",
    [
        "^(?:a+)+$",
        "^(?:a|aa)+$",
        "^(?:a*b*)*$",
        "^(?:.*a){0,9}$",
        "^(?:a?){30}$",
        "^(?=a)a$",
        r"^(a)\1$",
        r"^\d$",
        "^a",
        "a$",
        "^(a$",
    ],
)
def test_dangerous_pattern_is_refused(pattern: str) -> None:
    assert patterns.problem_of(pattern, is_for_values=True)


def test_our_patterns_are_quick_on_the_longest_name() -> None:
    registry = Registry.load()
    patterns = [file.pattern for contract in registry.contracts for file in contract.files]
    start = time.process_time()
    for hostile in (
        "2024-01/2024-01-" + "a-" * 190, "/" * 400, "a/" * 200, "2024-01-" * 49, "wendale/Wendale " + "2026" * 90,
    ):  # fmt: skip
        for pattern in (*patterns, *(pattern for pattern, _ in registry.skipped)):
            assert pattern.fullmatch(hostile) is None
    assert time.process_time() - start < 0.1
