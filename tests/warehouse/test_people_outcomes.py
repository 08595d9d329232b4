"""Outcomes to learn from: in the window of the head, known when it had matured, and not taken back by then."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from orchestration.moments import moments_to_learn_from
from orchestration.settings import REPOSITORY
from orchestration.steps.retrain import last_known
from orchestration.warehouse import reading
from profiles.definitions.heads import HEADS, load_head
from profiles.scoring.heads.history import read_history
from profiles.scoring.heads.train import plan_of
from profiles.scoring.judge.protocol import as_ofs
from tests.warehouse.people_by_hand import RAPE, Archive, build, held, mention

pytestmark = pytest.mark.xdist_group("people-features")
MODELS = REPOSITORY / "dbt_project"
DAY = date(2025, 6, 1)
WINDOW = r"after_moment\([^()]*?(\d+), (\d+)\)"
MACRO_OF = {
    "vawg_suspect": "label_vawg",
    "vawg_victim": "label_vawg",
    "missing_child": "label_missing",
    "missing_adult": "label_missing",
}


@pytest.mark.parametrize("name", HEADS)
def test_windows_are_those_of_the_head(name: str) -> None:
    """The days in the SQL are those of the definition, and so is the column of the outcome."""
    head = load_head(name)
    text = (MODELS / "models/marts/labels" / f"label_{name}.sql").read_text()
    if name in MACRO_OF:
        macros = (MODELS / "macros/labels.sql").read_text()
        text = macros[macros.index(f"macro {MACRO_OF[name]}(") :].split("endmacro")[0]
    assert set(re.findall(WINDOW, text)) == {(str(head.horizon_days), str(head.maturity_days))}
    assert f" as {head.outcome_column}" in text


def crime(
    number: int, happened: datetime, late: int, force: str = "northmoor", **told: Any
) -> list[dict[str, Any]]:
    known = happened + timedelta(late)
    return [
        {
            "force_code": force,
            "source_record_id": f"c{number}",
            "delivery_id": "d",
            "line_number": 1,
            "owner_force": force,
            "occurred_from": happened,
            "occurred_to": happened,
            "recorded_at": known,
            "known_at": known,
            "record_version": 1,
            "op": "upsert",
            "is_current": True,
            "is_closed": False,
            "offence_text": "-",
            "status": "recorded",
            "cjs_code": RAPE,
            **told,
        }
    ]


def party(number: int, role: str, row: dict[str, Any]) -> dict[str, Any]:
    spine = {k: v for k, v in row.items() if k not in ("offence_text", "status", "cjs_code")}
    return {
        **spine,
        "source_record_id": f"p{number}{role}",
        "crime_ref": f"c{number}",
        "role": role,
        "sex": "F",
        "birth_date": date(1980, 1, 1),
    }


CASES = [  # days from the moment to the crime, days until it was known, days until it was cancelled, is it an outcome
    (10, 5, None, True),
    (90, 5, None, True),
    (91, 5, None, False),
    (-1, 0, None, False),
    (10, 139, None, True),
    (10, 141, None, False),  # known after the window had matured
    (10, 5, 60, False),  # taken back before
    (10, 5, 300, True),  # taken back later: the label of that time stands
]


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each case is a pair of people of its own, with an earlier crime that puts them in the cohort."""
    (moment,) = moments_to_learn_from([DAY])
    crimes, parties, people = [], [], {}
    for case, (after, late, cancelled, _) in enumerate(CASES):
        for number, happened, known in (
            (2 * case, moment.as_at - timedelta(50), 1),
            (2 * case + 1, moment.as_at + timedelta(after), late),
        ):
            rows = crime(number, happened, known)
            if cancelled is not None and number % 2:
                at = happened + timedelta(cancelled)
                rows += crime(number, happened, known, status="cancelled", recorded_at=at, known_at=at)
            crimes += rows
            for role in ("suspect", "victim"):
                parties.append(party(number, role, rows[0]))
                people[mention("northmoor", "crime_party", f"p{number}{role}", role)] = f"P1{case}{role}"
    archive = Archive({"crime": crimes, "crime_party": parties}, people)
    return build(
        archive, [moment], tmp_path_factory.mktemp("outcomes") / "g", [f"label_{name}" for name in HEADS]
    )


@pytest.mark.parametrize("role", ["suspect", "victim"])
def test_what_is_an_outcome(generation: Path, role: str) -> None:
    found = {row[2] for row in held(generation, f"label_vawg_{role}")}
    assert found == {f"P1{case}{role}" for case, told in enumerate(CASES) if told[3]}


def test_a_cohort_is_read_with_its_outcomes(generation: Path) -> None:
    head = load_head("vawg_suspect")
    with reading(generation) as con:
        known = read_history(con, head, plan_of(head), DAY + timedelta(150))
        young = read_history(con, head, plan_of(head), DAY + timedelta(149))
    assert len(known) == len(CASES) and known.label.sum() == sum(told[3] for told in CASES)
    assert np.isnan(young.label).all()
    assert (
        set(known.rules) == {"rfgv", "count_365", "recency", "harm_365"} and (known.rules["rfgv"] > 0).all()
    )
    assert set(known.groups) == {"sex", "ethnicity", "age_band"}


def test_all_heads_learn_from_the_same_moments() -> None:
    grids = []
    for name in HEADS:
        plan = plan_of(load_head(name), step_days=56)
        grids.append(set(as_ofs(date(2023, 1, 1), last_known(date(2026, 11, 1), plan), plan)))
    assert all(grid <= max(grids, key=len) for grid in grids) and min(len(grid) for grid in grids) > 10


def test_only_the_first_sign_of_exploitation_is_new(tmp_path: Path) -> None:
    """A child with a sign before the moment and again after it has no new one; a child with the first one has."""
    (moment,) = moments_to_learn_from([DAY])
    rows, people = [], {}
    for child, days in (("known", (-20, 10)), ("fresh", (10, 20)), ("none", (10,))):
        for number, after in enumerate(days):
            (row,) = crime(0, moment.as_at + timedelta(after), 1)
            spine = {k: v for k, v in row.items() if k not in ("offence_text", "status", "cjs_code")}
            record = f"{child}{number}"
            rows.append({
                **spine, "source_record_id": record, "reported_at": row["occurred_from"], "status": "closed",
                "has_cse_marker": child != "none",
            })  # fmt: skip
            people[mention("northmoor", "missing_episode", record, "missing person")] = child
    archive = Archive({"missing_episode": rows}, people)
    generation = build(archive, [moment], tmp_path / "g", ["label_missing_child"])
    assert {row[2] for row in held(generation, "label_missing_child")} == {"fresh"}
