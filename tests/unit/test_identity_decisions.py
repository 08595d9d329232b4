"""Decisions about who is who, and who may see what: files of people, judged one by one."""

import json
from pathlib import Path

import pytest

from governance.identity_decisions import read_identity_decisions
from governance.sharing import agreements, is_visible

TOLD = {
    "mention_a": "m2",
    "mention_b": "m1",
    "decision": "same person",
    "reason": "fingerprints",
    "reviewer_id": "A. Reviewer",
    "decided_at": "2026-03-01T10:00:00Z",
}


def write(folder: Path, *rows: object, schema: str = "identity/1") -> None:
    folder.mkdir(exist_ok=True)
    name = f"{len(list(folder.iterdir()))}.json"
    (folder / name).write_text(json.dumps({"schema": schema, "decisions": rows}), encoding="utf-8")


def test_the_latest_word_about_two_mentions_stands(tmp_path: Path) -> None:
    write(tmp_path / "in", TOLD)
    write(tmp_path / "in", TOLD | {"decision": "not the same person", "decided_at": "2026-03-02T10:00:00Z"})
    standing, refused = read_identity_decisions(tmp_path / "in")
    assert [decision.told for decision in standing] == [("m1", "m2", "never")]
    assert refused == ()


def test_no_folder_is_no_decision(tmp_path: Path) -> None:
    assert read_identity_decisions(tmp_path / "none") == ((), ())


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (TOLD | {"mention_b": "m2"}, "two mentions"),
        (TOLD | {"reason": ""}, "reason"),
        (TOLD | {"reviewer_id": " "}, "reviewer_id"),
        (TOLD | {"decided_at": "yesterday"}, "decided_at"),
        ({}, "mention_a"),
    ],
)
def test_a_decision_that_is_not_whole_is_refused_in_one_sentence(
    tmp_path: Path, row: object, said: str
) -> None:
    write(tmp_path / "in", row, TOLD)
    standing, refused = read_identity_decisions(tmp_path / "in")
    assert len(standing) == 1
    assert said in refused[0].sentence
    assert "fingerprints" not in refused[0].sentence


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "in", TOLD, schema="decisions/1")
    (tmp_path / "in" / "broken.json").write_text("{", encoding="utf-8")
    standing, refused = read_identity_decisions(tmp_path / "in")
    assert standing == ()
    assert len(refused) == 2


@pytest.mark.parametrize(
    ("viewer", "owner", "feed", "handling", "sensitivity", "seen"),
    [
        ("northmoor", "northmoor", "managed_offender", "C", "restricted", True),
        ("northmoor", "calderwick", "custody", "P", "none", True),
        ("northmoor", "calderwick", "intel_party", "P", "none", True),
        ("northmoor", "calderwick", "intel_party", "C", "none", False),
        ("northmoor", "calderwick", "intel_party", None, "none", False),
        ("northmoor", "calderwick", "custody", "P", "restricted", False),
        ("northmoor", "calderwick", "managed_offender", "P", "none", False),
        ("northmoor", "somewhere-else", "custody", "P", "none", False),
    ],
)
def test_the_default_is_no(
    viewer: str, owner: str, feed: str, handling: str | None, sensitivity: str, seen: bool
) -> None:
    assert is_visible(viewer, owner, feed, handling, sensitivity, agreements()) is seen
