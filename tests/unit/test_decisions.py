"""The feed decisions/1: what is taken, what is refused in which words, and that nothing is written over."""

import json
import os
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from governance.decisions import Decision, add_decisions, read_decisions

ROOT = Path(__file__).resolve().parents[2]
SHA = "ab" * 32
ROW = {
    "subject_id": "P-1",
    "profile": "vawg",
    "decision": "task",
    "reason_code": "risk real and unmanaged",
    "reviewer_id": "r.okafor",
    "decided_at": "2026-11-02T09:00:00+00:00",
    "source_route": "companion",
}


def file_of(*rows: Any, **changes: Any) -> bytes:
    whole = {
        "schema": "decisions/1",
        "pack_id": "VAWG-1",
        "pack_sha256": SHA,
        "decisions": list(rows),
        **changes,
    }
    return json.dumps(whole).encode()


def sentence_for(folder: Path, content: bytes) -> str:
    (folder / "d.json").write_bytes(content)
    taken, refusals = read_decisions(folder)
    assert taken == ()
    assert len(refusals) == 1
    return refusals[0].sentence


def test_no_folder_and_an_empty_folder_are_no_decisions(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "absent") == ((), ())
    assert read_decisions(tmp_path) == ((), ())


def test_decisions_come_in_order_of_time_whatever_file_they_are_in(tmp_path: Path) -> None:
    later = {**ROW, "decided_at": "2026-11-03T09:00:00+00:00", "decision": "known", "due": "2026-12-01"}
    (tmp_path / "a.json").write_bytes(file_of(later))
    (tmp_path / "b.json").write_bytes(file_of(ROW))
    taken, refusals = read_decisions(tmp_path)
    assert refusals == ()
    assert [(each.decision, each.pack_id, each.pack_sha256) for each in taken] == [
        ("task", "VAWG-1", SHA),
        ("known", "VAWG-1", SHA),
    ]


def test_the_same_decision_sent_twice_is_one_and_a_changed_mind_is_another(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(file_of(ROW))
    (tmp_path / "b.json").write_bytes(file_of(ROW, ROW))
    (first,), _ = read_decisions(tmp_path)
    (tmp_path / "c.json").write_bytes(
        file_of(
            {
                **ROW,
                "decision": "reject",
                "reason_code": "other",
                "note": "n",
                "supersedes_id": first.decision_id,
            }
        )
    )
    taken, refusals = read_decisions(tmp_path)
    assert (len(taken), refusals) == (2, ())
    assert len({each.decision_id for each in taken}) == 2


def test_an_id_used_for_two_different_decisions_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(file_of({**ROW, "decision_id": "d1"}))
    (tmp_path / "b.json").write_bytes(file_of({**ROW, "decision_id": "d1", "decision": "reject"}))
    taken, refusals = read_decisions(tmp_path)
    assert [each.decision for each in taken] == ["task"]
    assert [each.file_name for each in refusals] == ["b.json"]


WRONG = [
    ({"decision": "arrest"}, "decision ("),
    ({"reason_code": "hunch"}, "reason_code ("),
    ({"reason_code": "other"}, "the reason 'other' needs a note"),
    ({"reviewer_id": "  "}, "reviewer_id ("),
    ({"decided_at": "2026-11-02T09:00:00"}, "decided_at ("),
    ({"decided_at": "Canary"}, "decided_at ("),
    ({"rank": 0}, "rank ("),
    ({"pack_sha256": "cd" * 32}, "about another pack"),
    ({"surname": "Canary"}, "is not valid"),
    ({"subject_id": ["Canary"]}, "subject_id ("),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_a_bad_decision_is_refused_without_quoting_it_and_its_neighbours_are_taken(
    tmp_path: Path, change: dict[str, Any], sentence: str
) -> None:
    (tmp_path / "d.json").write_bytes(file_of({**ROW, **change}, {**ROW, "subject_id": "P-2"}))
    taken, (refusal,) = read_decisions(tmp_path)
    assert [each.subject_id for each in taken] == ["P-2"]
    assert refusal.sentence.startswith("d.json, decision 1, ")
    assert sentence in refusal.sentence
    assert "Canary" not in refusal.sentence
    assert "\n" not in refusal.sentence


@pytest.mark.parametrize("row", [None, 7, "text", []])
def test_a_row_that_is_no_record_is_refused(tmp_path: Path, row: Any) -> None:
    assert "is no record" in sentence_for(tmp_path, file_of(row))


FILES = [
    (b"", "not JSON"),
    (b"\xff\xfe{", "not JSON"),
    (b"[" * 100_000, "nested too deeply"),
    (b'{"schema": "decisions/1", "schema": "decisions/1"}', "names a field twice"),
    (b"[]", "does not say that its schema is decisions/1"),
    (file_of(ROW, schema="decisions/2"), "does not say that its schema is decisions/1"),
    (file_of(ROW, pack_id=None), "does not name its pack"),
    (file_of(decisions={}), "no list of decisions"),
    (b" " * (1024**2 + 1), "larger than"),
]


@pytest.mark.parametrize(("content", "sentence"), FILES)
def test_a_bad_file_is_refused_as_a_whole(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert sentence in sentence_for(tmp_path, content)


def test_a_link_or_a_pipe_is_refused_unopened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.json")
    (tmp_path / "b.json").symlink_to("/etc/hostname")
    taken, refusals = read_decisions(tmp_path)
    assert taken == ()
    assert [
        each.sentence.endswith("is not a plain file; put the file itself there.") for each in refusals
    ] == [True] * 2


def test_foreign_and_stale_packs_are_refused_by_the_caller(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(file_of(ROW))
    (tmp_path / "b.json").write_bytes(file_of(ROW, pack_id="VAWG-9"))

    def check(pack_id: str, pack_sha256: str) -> str | None:
        assert pack_sha256 == SHA
        return None if pack_id == "VAWG-1" else "that pack is not ours"

    taken, (refusal,) = read_decisions(tmp_path, check)
    assert [each.pack_id for each in taken] == ["VAWG-1"]
    assert refusal.sentence == "b.json is refused: that pack is not ours."


def test_adding_never_writes_over(tmp_path: Path) -> None:
    path = add_decisions(tmp_path / "new", file_of(ROW))
    assert add_decisions(tmp_path / "new", file_of(ROW)) == path
    path.write_bytes(b"tampered")
    with pytest.raises(ValueError, match="there already"):
        add_decisions(tmp_path / "new", file_of(ROW))
    assert path.read_bytes() == b"tampered"
    with pytest.raises(ValueError, match="not JSON"):
        add_decisions(tmp_path / "new", b"nonsense")
    assert [each.name for each in (tmp_path / "new").iterdir()] == [path.name]


def test_the_schema_and_the_contract_agree() -> None:
    contract = yaml.safe_load((ROOT / "data_contracts/canonical/decision.odcs.yaml").read_text())
    fields = {each["name"]: each for each in contract["schema"][0]["properties"]}
    assert set(fields) == set(Decision.model_fields)
    own = {name for name, field in Decision.model_fields.items() if field.is_required()}
    assert {name for name, field in fields.items() if field.get("required")} == own | {"decision_id"}
    for name, field in fields.items():
        if "enum" in field:
            allowed = get_args(Decision.model_fields[name].annotation)
            assert [each["value"] for each in field["enum"]] == list(allowed), name
