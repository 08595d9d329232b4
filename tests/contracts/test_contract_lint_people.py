"""Each advice about a person-level contract, proven by the sample contract with that one fault."""

from collections.abc import Callable
from typing import Any

import pytest

from data_contracts import lint
from data_contracts.model import FeedContract, RuleKind, Severity

AGE = "- {name: age, physicalName: Age, logicalType: integer}"
FILE = "'^northmoor/sample_(?P<date>[0-9]{8})_(?P<mode>full|delta|history)[.]csv$'"
OUTCOME = "physicalName: Outcome\n        logicalType: string\n"
NOTE = "          - {property: unmapped, value: note}\n"
FILES = "  - property: files"


def age_with(rule: str) -> str:
    """The column `age` with a rule of its own."""
    usual = "severity: note, description: the age is not as one would expect}"
    return f"{AGE[:-1]}, quality: [{{name: AGE_ODD, {rule}, {usual}]}}"


def test_the_sample_has_no_problem(sample: Any) -> None:
    assert lint.check(sample.root) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{REC: recorded,", "{REC: recorder,", "maps 'REC' to 'recorder', which is none of its codes"),
        ("{REC: recorded,", "{REC: recorded, rec: cancelled,", "maps 'rec' twice, to different codes"),
        ("{X: true, O: false}", "{X: true, O: nein}", "maps 'O' to 'nein'"),
        (AGE, AGE[:-1] + ", customProperties: [{property: codeMap, value: {a: 1}}]}", "has a codeMap, but its type"),
        (OUTCOME, OUTCOME.replace("Outcome", "Result") + "        required: true\n", "leave `unmapped: note` out"),
        ("value: {X: true, O: false}}]", "value: {X: true}}, {property: unmapped, value: note}]", "has no code list"),
        ('value: ["0"]', "value: [UNKNOWN]", "has the code 'unknown', which nullWords takes for empty"),
        ("      - {name: offence_text, physicalName: Offence, logicalType: string, required: true}\n", "",
         "offence_text is required and bound to no"),
        ("      - {name: source_record_id, physicalName: Sample No, logicalType: string, required: true}\n", "",
         "source_record_id is bound to no heading"),
        ("- name: occurred_from", "- name: occurred_to", "occurred_from is bound to no heading"),
        (AGE, AGE + "\n      " + AGE.replace("Age", "Years"), "age is bound twice"),
        ("physicalName: Age", "physicalName: synthetic", "'synthetic' is both bound and left out"),
        ("physicalName: Age", 'physicalName: "STATUS "', "two headings are the same but for capitals"),
        ("property: constant, value: grey", "property: constant, value: 7.7E+09", ""),
        ("physicalName: Age, logicalType: integer",
         "logicalType: integer, customProperties: [{property: constant, value: old}]",
         "has the constant 'old', which is no value"),
        ("physicalName: Sample No, logicalType: string, required: true",
         "logicalType: string, customProperties: [{property: constant, value: a}]", "source_record_id is a constant"),
        (AGE, age_with("metric: invalidValues, mustBe: 0, arguments: {pattern: '^[0-9]$'}"),
         "looks at the text of age, whose type is integer"),
        (AGE, age_with("type: custom, engine: e, implementation: {kind: equals_period}"), "asks for the month"),
        ("name: DISTANCE_RANGE", "name: AGE_TYPE", "two rules have the code AGE_TYPE"),
        ("kind: number_between, low: 0, high: 500", "kind: present_with, other: moon", "compares with 'moon'"),
        ("^[0-9 ]{11,13}$", "^([0-9]+)+$", "repeats a repeat"),
        (FILE, FILE.replace("northmoor/", "other/"), "must begin with ^northmoor/"),
        (FILE, FILE.replace("$'", "'"), "open with ^ and close with $"),
        (FILE, FILE.replace("sample_", "(?:a+)+_"), "repeats a repeat"),
        ("        reader: csv\n", "        reader: csv\n        trailer: '^(?:a+)+'\n", "for its trailer that repeats"),
        ('delimiter: ","', "delimiter: '\"'", "delimiter that is also its quotation mark"),
        ("mustBeGreaterOrEqualTo: 0", "mustBeGreaterOrEqualTo: 9001", "floor of rows must be at least 0"),
        (FILES, "  - {property: identity, value: [phone]}\n" + FILES, "identity must be [source_record_id]"),
        (FILES, "  - {property: timezone, value: Europe/Atlantis}\n" + FILES, "time zone 'Europe/Atlantis'"),
        (FILES, "  - {property: sensitivity, value: secret}\n" + FILES, "handling and sensitivity"),
        ("logicalType: string\n        customProperties: [{property: isIgnored",
         "customProperties: [{property: isIgnored",
         "not as the standard asks"),
    ],
)  # fmt: skip
def test_fault_is_named(sample: Any, old: str, new: str, words: str) -> None:
    problems = lint.check(sample.change(old, new).root)
    assert any(words in problem for problem in problems) if words else problems == []
    assert all("sample.odcs.yaml" in problem for problem in problems)


def test_a_rule_on_what_is_left_out_is_named(sample: Any) -> None:
    rule = "name: X, metric: nullValues, mustBe: 0, severity: note, description: it is left out"
    quality = f"physicalName: synthetic\n        quality: [{{{rule}}}]\n"
    sample.change("physicalName: synthetic\n", quality)
    (problem,) = lint.check(sample.root)
    assert "ignored_1 is left out on purpose, so it can have no quality" in problem


def test_canonical_code_lists(sample: Any) -> None:
    file = sample.canonical_file
    sample.change('{value: "1A"}', '{value: "Unknown"}', file).change(
        '{value: "3"}', '{value: "three"}', file
    )
    problems = lint.check(sample.root)
    assert any("'outcome' lists the code 'Unknown' twice" in problem for problem in problems)
    assert any("'level' is a whole number and lists a code that is none" in problem for problem in problems)


def test_a_field_may_not_have_the_name_of_a_spine_column(sample: Any) -> None:
    problems = lint.check(sample.change("- name: colour", "- name: known_at", sample.canonical_file).change(
        "- name: colour", "- name: known_at").root)  # fmt: skip
    assert any("known_at, the name of a column that landing gives" in problem for problem in problems)


def test_a_feed_may_be_called_order_but_not_a_field(sample: Any) -> None:
    sample.change("id: sample", "id: order", sample.canonical_file).change("sample/1.0.0", "order/1.0.0")
    sample.change("feed: sample", "feed: order", "canonical/feeds.yml")
    assert lint.check(sample.root) == []
    sample.change("- name: colour", "- name: order", sample.canonical_file)
    assert any("'order' is a reserved word" in problem for problem in lint.check(sample.root))


@pytest.mark.parametrize(
    ("first", "second", "is_overlap"),
    [
        ("{to: 2026-02-28}", "{from: 2026-03-01}", False),
        ("{to: 2026-03-01}", "{from: 2026-03-01}", True),
        ("{from: 2020-01-01}", "{from: 2026-03-01}", True),
        ("{to: 2026-03-01}", "{to: 2027-03-01}", True),
        ("{from: 2026-03-01, to: 2026-12-31}", "{from: 2024-01-01, to: 2026-02-28}", False),
    ],
)
def test_overlapping_validity(sample: Any, first: str, second: str, is_overlap: bool) -> None:
    text = (sample.root / sample.contract_file).read_text(encoding="utf-8")
    sample.write("forces/northmoor/sample-2.odcs.yaml", f"{text}  - {{property: valid, value: {second}}}\n")
    sample.write(sample.contract_file, f"{text}  - {{property: valid, value: {first}}}\n")
    problems = lint.check(sample.root)
    assert [" are both valid on some day; give one an end" in problem for problem in problems] == [
        True
    ] * is_overlap


def test_derived_rules_give_reasons_a_reader_understands(
    typed_contract: FeedContract, changed_contract: Callable[[str, str], FeedContract]
) -> None:
    reasons = {rule.code: rule.reason for rule in typed_contract.rules}
    assert reasons["BIRTH_DATE_TYPE"].endswith("is not a date from 1900 to 2099 written dd-MMM-yyyy")
    assert reasons["REPORTED_AT_TYPE"].endswith("a time in milliseconds since 1970, from 1900 to 2096")
    assert reasons["IS_ONLINE_TYPE"].endswith("one of the agreed words for yes and no")
    notes = {rule.code for rule in typed_contract.rules if rule.severity is Severity.NOTE}
    assert notes == {"OUTCOME_UNKNOWN", "PHONE_SHAPE"}
    strict = changed_contract(NOTE, "").rules
    assert all(rule.severity is Severity.QUARANTINE for rule in strict if rule.kind is RuleKind.IN_CODES)
