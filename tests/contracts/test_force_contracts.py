"""The contracts of the nine fictional forces, held against the canonical feeds and against each other.

Everything is drawn from the registry: a feed or force added later is tested without a line here. Not here: what
makes any contract good (test_contract_lint), how one is read (test_contract_registry).
"""

from datetime import date
from itertools import combinations, pairwise
from pathlib import PurePosixPath

import pytest

from data_contracts.checks import read_value
from data_contracts.model import Column, FeedContract, FileMatch
from data_contracts.registry import Registry

FORCES = (
    "northmoor", "calderwick", "eastmarch", "saltways", "highfell", "marlbrook", "thornsea", "wendale", "carrick-vale",
)  # fmt: skip
WITH_ADVERTS = ("northmoor", "eastmarch", "marlbrook")
NOT_OF_FORCES = {"street_crime", "decision"}
# What a model may never look at, by name or by how the name ends, beside the protected words that lint knows.
NEVER_A_FEATURE = {
    "age_recorded", "birth_date", "birth_country", "nationality", "address_line", "middle_names", "alias_names",
    "phone", "email", "pnc_id", "cro_number", "asn", "longitude", "latitude", "officer_in_case", "team",
    "vehicle_registration", "value", "account_name", "payer_ref", "text", "outcome_code", "outcome_date",
    "risk_initial", "risk_current", "risk_level", "risk_band", "score", "arms_level", "osp_dc", "osp_iic",
    "has_mental_health_marker", "has_dementia_marker", "has_self_harm_marker", "suspect_status",
}  # fmt: skip
NEVER_ENDS = ("_ref", "_refs", "_text", "_names", "_conditions", "_markers", "forename", "surname")


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


@pytest.fixture(scope="module")
def contracts(registry: Registry) -> tuple[FeedContract, ...]:
    return tuple(contract for contract in registry.contracts if contract.force_code in FORCES)


def _columns(contracts: tuple[FeedContract, ...]) -> list[tuple[str, Column]]:
    return [
        (f"{c.force_code}/{c.path.name} {column.name}", column) for c in contracts for column in c.columns
    ]


def test_nine_forces_are_fictional(registry: Registry) -> None:
    assert {code for code, force in registry.forces.items() if force.is_fictional} == set(FORCES)
    assert all(registry.force(code).population and registry.force(code).n_lsoas for code in FORCES)


def test_every_force_sends_every_feed(registry: Registry, contracts: tuple[FeedContract, ...]) -> None:
    feeds = set(registry.canonicals) - NOT_OF_FORCES
    assert len(feeds) == 18
    for force in FORCES:
        missing = feeds - {contract.feed for contract in contracts if contract.force_code == force}
        excused = set() if force in WITH_ADVERTS else {"advert_referral"}
        assert missing == excused | ({"intel_party"} if force == "carrick-vale" else set()), force


def test_every_canonical_feed_is_declared_under_its_title(registry: Registry) -> None:
    declared = {feed.feed: feed.title for feed in registry.declared_feeds}
    for name, canonical in registry.canonicals.items():
        assert name == "decision" or declared[name] == canonical.title


def test_nothing_personal_is_a_feature(registry: Registry) -> None:
    for canonical in registry.canonicals.values():
        for field in (field for field in canonical.fields if field.is_feature_allowed):
            assert field.name not in NEVER_A_FEATURE, (canonical.feed, field.name)
            assert not field.name.endswith(NEVER_ENDS), (canonical.feed, field.name)


def test_code_maps_are_onto(contracts: tuple[FeedContract, ...]) -> None:
    for contract in contracts:
        for column in (column for column in contract.columns if column.codes):
            excused = {"merge"} if column.name == "op" and contract.feed != "person" else set()
            if (contract.force_code, contract.feed, column.name) == ("carrick-vale", "crime_party", "role"):
                excused = {"suspect", "reporter"}  # they stand in the crime's suspects_text, or nowhere
            reached = {code for _, code in column.code_map}
            assert set(column.codes) - reached == excused, (contract.path, column.name)


def test_codes_read_as_themselves_in_any_case(contracts: tuple[FeedContract, ...]) -> None:
    for place, column in _columns(contracts):
        for written, code in column.code_map:
            expected = code == "true" if column.logical_type == "boolean" else code
            for text in (written, written.upper(), f" {written}\u00a0"):
                assert read_value(column, text, zone="Europe/London", period="2026-10-31") == expected, place


def test_no_null_word_is_a_code(contracts: tuple[FeedContract, ...]) -> None:
    for place, column in _columns(contracts):
        codes = {written.casefold() for written, _ in column.code_map}
        assert codes.isdisjoint(word.casefold() for word in column.null_words), place


def test_every_file_carries_the_watermark(contracts: tuple[FeedContract, ...]) -> None:
    for contract in contracts:
        assert [c.physical for c in contract.columns if c.is_ignored] == ["synthetic"], contract.path


def test_every_row_says_its_times_and_its_key(contracts: tuple[FeedContract, ...]) -> None:
    for contract in contracts:
        needed = {column.name for column in contract.columns if column.required}
        assert {"source_record_id", "occurred_from", "recorded_at"} <= needed, contract.path
        assert contract.identity == ("source_record_id",), contract.path


def test_a_merge_can_be_said_of_nominals_everywhere(contracts: tuple[FeedContract, ...]) -> None:
    for contract in (contract for contract in contracts if contract.feed == "person"):
        bound = {column.name for column in contract.columns}
        assert {"op", "merged_into_ref"} <= bound, contract.path


def test_a_path_is_never_within_another(contracts: tuple[FeedContract, ...]) -> None:
    separators = {"highfell": ".", "thornsea": "/"}
    for contract in (contract for contract in contracts if contract.force_code in separators):
        inner = {(a, b) for a in contract.physicals for b in contract.physicals if a != b}
        sign = separators[contract.force_code]
        assert not [pair for pair in inner if pair[1].startswith(pair[0] + sign)], contract.path


def test_headings_differ_from_force_to_force(contracts: tuple[FeedContract, ...]) -> None:
    for feed in ("crime", "crime_party", "person", "custody", "missing_episode"):
        written = {c.force_code: set(c.physicals) for c in contracts if c.feed == feed}
        for one, other in combinations(FORCES, 2):
            shared = written[one] & written[other]
            assert len(shared) <= 0.6 * min(len(written[one]), len(written[other])), (feed, one, other)


def test_codes_and_dates_differ_from_force_to_force(contracts: tuple[FeedContract, ...]) -> None:
    parties = [c for c in contracts if c.feed == "crime_party"]
    columns = [{column.name: column for column in c.columns} for c in parties]
    assert len({found["sex"].code_map for found in columns}) >= 8
    assert len({found["recorded_at"].format for found in columns}) >= 8


def test_offences_are_told_in_different_ways(contracts: tuple[FeedContract, ...]) -> None:
    told = {
        (c.force_code, c.valid_from): {column.name for column in c.columns}
        & {"rc_class", "ho_class", "cjs_code"}
        for c in contracts
        if c.feed == "crime"
    }
    assert {frozenset(names) for names in told.values()} >= {
        frozenset(), frozenset({"ho_class"}), frozenset({"rc_class", "cjs_code"}), frozenset({"cjs_code"}),
    }  # fmt: skip


def test_intelligence_of_carrick_vale_is_three_columns(contracts: tuple[FeedContract, ...]) -> None:
    (contract,) = (c for c in contracts if (c.force_code, c.feed) == ("carrick-vale", "intel_report"))
    assert contract.physicals == ("ref", "date", "text", "synthetic")
    assert [name for heading, name in contract.headings if heading == "date"] == [
        "occurred_from",
        "recorded_at",
    ]


@pytest.mark.parametrize(
    ("path", "mode", "feeds"),
    [
        ("northmoor/crime_northmoor_20261031_delta.csv", "delta", {"crime"}),
        ("northmoor/crime_party_northmoor_20261031_full.csv", "full", {"crime_party"}),
        ("northmoor/advert_referral_northmoor_20261017_history.csv", "history", {"advert_referral"}),
        ("calderwick/CALD_CRIME_PARTY_20261031_delta.csv", "delta", {"crime_party"}),
        ("eastmarch/em.intel_report.20261017.history.txt", "history", {"intel_report"}),
        ("saltways/crime history 2026-10-17.csv", "history", {"crime"}),
        ("highfell/occurrences-20261031.jsonl", "delta", {"crime", "crime_party"}),
        ("highfell/intelligence-20261031.jsonl", "delta", {"intel_report", "intel_party"}),
        ("highfell/missing-20261031.jsonl", "delta", {"missing_episode", "return_interview"}),
        ("highfell/crime_party-history-20261017.csv", "history", {"crime_party"}),
        ("marlbrook/order/marlbrook_order_20261031_delta.parquet", "delta", {"order"}),
        ("thornsea/thornsea_crime_20261017_history.csv", "history", {"crime"}),
        ("wendale/Wendale Recorded crimes 20261031.csv", "full", {"crime"}),
        ("wendale/Wendale Recorded crimes 20261017 history.csv", "history", {"crime"}),
        ("carrick-vale/cv_missing_episode_20261031_delta.csv", "delta", {"missing_episode"}),
        ("carrick-vale/cv_crime_20261331_delta.csv", "", set()),
        ("northmoor/CALD_CRIME_20261031_delta.csv", "", set()),
    ],
)  # fmt: skip
def test_files_are_matched(registry: Registry, path: str, mode: str, feeds: set[str]) -> None:
    found = registry.matches(PurePosixPath(path))
    assert {match.contract.feed for match in found} == feeds and len(found) == len(feeds)
    for match in found:
        assert (match.force_code, match.mode) == (path.split("/")[0], mode)


@pytest.mark.parametrize("path", ["saltways/saltways 2026-10-31.xlsx", "thornsea/THORNSEA_20261031.zip"])
def test_one_file_brings_every_feed(registry: Registry, path: str) -> None:
    found = registry.matches(PurePosixPath(path))
    sent = {c.feed for c in registry.contracts if c.force_code == path.split("/")[0]}
    assert {match.contract.feed for match in found} == sent and len(found) == len(sent) == 17
    assert len({match.file.sheet or match.file.member for match in found}) == 17
    assert all(len(match.file.sheet) <= 31 for match in found)  # Excel allows no more


@pytest.mark.parametrize(
    ("name", "last", "versions"),
    [
        ("wendale/Wendale Recorded crimes {}.csv", date(2026, 2, 28), 2),
        ("wendale/Wendale Nominals {}.csv", date(2026, 2, 28), 2),
        ("wendale/Wendale Victims and suspects {}.csv", date(2026, 2, 28), 2),
        ("wendale/Wendale Custody {}.csv", date(2026, 2, 28), 1),
        ("highfell/nominals-{}.jsonl", date(2026, 6, 30), 2),
        ("highfell/custody-{}.jsonl", date(2026, 6, 30), 1),
    ],
)
def test_a_new_shape_takes_over_on_its_day(registry: Registry, name: str, last: date, versions: int) -> None:
    days = [last, date.fromordinal(last.toordinal() + 1)]
    matches = [registry.match(PurePosixPath(name.format(day.strftime("%Y%m%d")))) for day in days]
    read = [match.contract for match in matches if isinstance(match, FileMatch)]
    assert len(read) == 2 and len({contract.path for contract in read}) == versions
    assert versions == 1 or read[0].physicals != read[1].physicals


def test_every_feed_has_one_contract_a_day(contracts: tuple[FeedContract, ...]) -> None:
    kept: dict[tuple[str, str], list[tuple[date, date]]] = {}
    for c in contracts:
        span = (c.valid_from or date.min, c.valid_to or date.max)
        kept.setdefault((c.force_code, c.feed), []).append(span)
    for place, spans in kept.items():
        spans.sort()
        assert (spans[0][0], spans[-1][1]) == (date.min, date.max), place
        assert all(a[1].toordinal() + 1 == b[0].toordinal() for a, b in pairwise(spans)), place
