"""Reasons: words for every feature and group, none forbidden, none that raises without raising, all evidence."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.definitions.heads import GROUPS, Head, load_head
from profiles.definitions.reasons import load_reasons
from profiles.scoring.explain.ahead import ahead
from profiles.scoring.explain.reasons import Cohort, Evidence, Reasons, by_group, reasons_of

LIBRARY = load_reasons()
HEAD = load_head("vawg_suspect")
EVERYBODY = Cohort.of(np.tile(np.arange(100.0)[:, None], (1, len(HEAD.features))))


def told(
    parts: dict[str, float],
    values: dict[str, float] | None = None,
    head: Head = HEAD,
    **evidence: list[Evidence],
) -> Reasons:
    """Reasons from contributions and values by feature; the rest is 0."""
    row = np.array([parts.get(name, 0.0) for name in head.names])
    held = np.array([(values or {}).get(name, 50.0) for name in head.names])
    return reasons_of(head, LIBRARY, row, held, EVERYBODY, evidence)


def test_three_raise_and_one_lowers_with_value_comparison_and_size() -> None:
    found = told(
        {"n_vawg_90": 0.5, "n_vawg_30": 0.4, "days_since_vawg": 0.2, "harm_365": 0.1, "n_custody_365": -0.3},
        {"n_vawg_90": 97, "days_since_vawg": 3, "n_custody_365": 0},
    )
    assert [(one.group, one.size) for one in found.raising] == [
        ("frequency", "+++"),
        ("recency", "+"),
        ("gravity", "+"),
    ]
    assert (
        found.raising[0].sentence == "Repeated: 97 such crimes in 90 days (more than 97 of 100 here); "
        "50 such crimes in 30 days (more than 50 of 100 here)."
    )
    assert (
        found.raising[1].sentence == "Recent: last such crime 3 days ago (more recent than 96 of 100 here)."
    )
    assert [(one.group, one.size) for one in found.lowering] == [("custody_orders", "−−")]
    assert "not in custody in a year (fewer than 99 of 100 here)" in found.lowering[0].sentence
    assert found.lacking == ()


def test_one_group_alone_is_told_by_its_single_facts() -> None:
    found = told(
        {"n_vawg_30": 0.5, "n_vawg_90": 0.4, "n_vawg_365": 0.3, "n_vawg_730": 0.2},
        {"n_vawg_365": 5, "n_vawg_730": 7},
    )
    assert [one.group for one in found.raising] == ["frequency"] * 3
    assert [fact.feature for one in found.raising for fact in one.facts] == [
        "n_vawg_30",
        "n_vawg_90",
        "n_vawg_365",
        "n_vawg_730",
    ]
    assert found.lacking == ("Nothing that is counted lowers this score.",)


def test_where_there_are_fewer_that_is_said() -> None:
    assert (
        told({"n_vawg_30": 0.5}).lacking[0]
        == "No more than 1 of the things that are counted raise this score."
    )
    assert told({}).lacking[0] == "Nothing that is counted raises this score."


PARTS = st.lists(st.floats(-2, 2), min_size=len(HEAD.features), max_size=len(HEAD.features))


@settings(max_examples=150, deadline=None)
@given(PARTS)
def test_what_does_not_raise_never_prints_as_raising(parts: list[float]) -> None:
    found = told(dict(zip(HEAD.names, parts, strict=True)))
    for one in found.raising:
        assert (
            one.contribution > 0
            and all(fact.contribution > 0 for fact in one.facts)
            and set(one.size) == {"+"}
        )
    for one in found.lowering:
        assert (
            one.contribution < 0
            and all(fact.contribution < 0 for fact in one.facts)
            and set(one.size) == {"−"}
        )
    if sum(part > 1e-6 for part in parts) >= 4:
        assert found.raising
    total = by_group(HEAD, np.array([parts]))[0]
    for one in found.raising:
        if len(one.facts) > 1:
            assert one.contribution == pytest.approx(total[GROUPS.index(one.group)])


def record(n: int = 1, **differs: object) -> Evidence:
    given_ = {
        "force_code": "northmoor", "feed": "crime", "record_id": f"C{n}", "occurred": date(2026, 10, n),
        "kind": "ALLEGATION", "source": "northmoor", **differs,
    }  # fmt: skip
    return Evidence(**given_)  # type: ignore[arg-type]


BADGES = [
    ([record(1)], ("one record",)),
    ([record(1), record(1)], ("one record",)),
    ([record(1), record(2)], ("one source",)),
    ([record(1), record(2, force_code="eastmarch", source="eastmarch")], ()),
    ([record(1), record(2, source="eastmarch", is_identity_confirmed=False)], ("identity not confirmed",)),
    ([record(1, is_identity_confirmed=False)], ("one record", "identity not confirmed")),
    ([], ()),
]


@pytest.mark.parametrize(("records", "badges"), BADGES)
def test_badges(records: list[Evidence], badges: tuple[str, ...]) -> None:
    (reason,) = told({"n_vawg_90": 0.5}, n_vawg_90=records).raising
    assert reason.badges == badges and reason.facts[0].evidence == tuple(records)


def test_kinds_of_evidence_are_named() -> None:
    (reason,) = told({"n_vawg_90": 0.5}, n_vawg_90=[record(1), record(2, kind="INTELLIGENCE")]).raising
    assert reason.kinds == ("ALLEGATION", "INTELLIGENCE")


AHEAD = [
    # log-odds at 30, 60 and 90 days; the cut is 1.0, today 2.0           leaves on
    ({30: 1.5, 60: 1.2, 90: 1.1}, None),
    ({30: 1.5, 60: 0.5, 90: 0.1}, date(2026, 12, 16)),
    ({30: 0.0, 60: -1, 90: -2}, date(2026, 11, 16)),
    ({30: 1.5, 60: 1.2, 90: 0.9}, date(2027, 1, 20)),
]


@pytest.mark.parametrize(("later", "leaves"), AHEAD)
def test_time_alone(later: dict[int, float], leaves: date | None) -> None:
    now = np.zeros(7)
    falls = np.array([-0.1, -0.5, 0, 0, 0, 0, 0.2])
    found = ahead(
        date(2026, 11, 1),
        50,
        1.0,
        (2.0, now),
        {day: (score, now + falls) for day, score in later.items()},
        LIBRARY,
    )
    assert found.leaves_on == leaves and found.falls_most == "frequency"
    if leaves is None:
        assert (
            found.sentences[0] == "Stays among the first 50 for 90 days even if nothing further is recorded."
        )
    else:
        assert (
            found.sentences[0]
            == f"Leaves the first 50 around {leaves.day} {leaves:%B %Y} if nothing further is recorded."
        )
    assert all(LIBRARY.forbidden_in(sentence, "suspect") == [] for sentence in found.sentences)
