"""The shelf: a force's folder is old or new, never half, and the receipt says what went in."""

import hashlib
import importlib.util
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from governance.release import ReleaseRequest, release
from profiles.publish import receipt, shelf

_SPEC = importlib.util.spec_from_file_location("packs", Path(__file__).parents[1] / "golden" / "packs.py")
assert _SPEC and _SPEC.loader
packs = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(packs)


def fill(shelf_dir: Path, text: str) -> Path:
    staged = shelf.stage(shelf_dir)
    (staged / "vawg.pdf").write_text(text)
    (staged / "receipt.json").write_text(text)
    return staged


def test_first_pack_and_its_replacement(tmp_path: Path) -> None:
    target = shelf.pack_folder(tmp_path, date(2026, 11, 1), "northmoor")
    shelf.place(fill(target, "one"), target)
    assert (target / "vawg.pdf").read_text() == "one"
    shelf.place(fill(target, "two"), target)
    assert (target / "vawg.pdf").read_text() == "two"
    assert [path.name for path in target.parent.iterdir()] == ["northmoor"]


def test_without_exchange_the_result_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_exchange", lambda one, other: False)
    target = tmp_path / "packs" / "2026-11-01" / "northmoor"
    shelf.place(fill(target, "one"), target)
    shelf.place(fill(target, "two"), target)
    assert (target / "vawg.pdf").read_text() == "two"
    assert [path.name for path in target.parent.iterdir()] == ["northmoor"]


def test_a_crash_between_the_two_renames_is_undone(tmp_path: Path) -> None:
    target = tmp_path / "packs" / "2026-11-01" / "northmoor"
    shelf.place(fill(target, "one"), target)
    target.rename(target.with_name(".before-northmoor"))
    shelf.recover(target)
    assert (target / "vawg.pdf").read_text() == "one"


def test_a_crash_after_the_second_rename_is_finished(tmp_path: Path) -> None:
    target = tmp_path / "packs" / "2026-11-01" / "northmoor"
    shelf.place(fill(target, "two"), target)
    aside = target.with_name(".before-northmoor")
    aside.mkdir()
    (aside / "vawg.pdf").write_text("one")
    staged = shelf.stage(target)
    assert not aside.exists() and (target / "vawg.pdf").read_text() == "two" and staged.is_dir()


def test_a_half_written_folder_of_a_killed_run_is_cleared(tmp_path: Path) -> None:
    target = tmp_path / "packs" / "2026-11-01" / "northmoor"
    (fill(target, "half") / "left-over").write_text("x")
    assert list(shelf.stage(target).iterdir()) == []


def put(out: Path, day: str, force: str, file_name: str = "vawg") -> None:
    folder = out / "packs" / day / force
    folder.mkdir(parents=True)
    entry = {"pack_id": f"VAWG-{day}", "state": "DRAFT"}
    (folder / "receipt.json").write_text(json.dumps({"packs": {file_name: entry}}))


def release_the_pack_of(folder: Path) -> None:
    """A person's act: the slip beside the pack, not a word in its receipt, makes it released."""
    pdf, receipt = folder / "vawg.pdf", folder / "receipt.json"
    pdf.write_bytes(b"%PDF-1.7")
    known = json.loads(receipt.read_text())
    known["packs"]["vawg"]["pdf_sha256"] = hashlib.sha256(pdf.read_bytes()).hexdigest()
    receipt.write_text(json.dumps(known))
    request = ReleaseRequest(
        author="A. Analyst", reviewer="D. Inspector", reason="tasking", recipients=["Chair"]
    )
    release(pdf, receipt, request, datetime(2026, 8, 2, tzinfo=UTC), lambda slip: b"%PDF-1.7")


def test_the_pack_before(tmp_path: Path) -> None:
    for day in ("2026-08-01", "2026-09-01", "2026-11-01"):
        put(tmp_path, day, "northmoor")
    put(tmp_path, "2026-10-01", "northmoor", file_name="missing")
    put(tmp_path, "2026-10-02", "calderwick")
    found = shelf.previous(tmp_path, "northmoor", "vawg", date(2026, 11, 1))
    assert found is not None and (found.pack_id, found.is_released) == ("VAWG-2026-09-01", False)
    assert shelf.previous(tmp_path, "northmoor", "vawg", date(2026, 8, 1)) is None
    assert shelf.previous(tmp_path / "nowhere", "northmoor", "vawg", date(2026, 8, 1)) is None


def test_a_released_pack_goes_before_a_newer_draft(tmp_path: Path) -> None:
    put(tmp_path, "2026-08-01", "northmoor")
    put(tmp_path, "2026-09-01", "northmoor")
    release_the_pack_of(tmp_path / "packs" / "2026-08-01" / "northmoor")
    found = shelf.previous(tmp_path, "northmoor", "vawg", date(2026, 11, 1))
    assert found is not None and found.is_released and found.as_of == date(2026, 8, 1)


def test_a_broken_receipt_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "2026-08-01", "northmoor")
    put(tmp_path, "2026-09-01", "northmoor")
    (tmp_path / "packs" / "2026-09-01" / "northmoor" / "receipt.json").write_text("{")
    found = shelf.previous(tmp_path, "northmoor", "vawg", date(2026, 11, 1))
    assert found is not None and found.as_of == date(2026, 8, 1)


def test_the_receipt_names_inputs_contracts_and_warnings_and_no_clock(tmp_path: Path) -> None:
    pdf = tmp_path / "vawg.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    built = packs.built("eastmarch")
    made = receipt.entry(built, [pdf], "0.1.0+abc", ["a fallback was used"])
    assert made["pack_id"] == built.pack.pack_id and made["contracts"] == {"street_crime": "1.0.0"}
    assert len(made["inputs"]) == 15 and all(len(item["content_sha256"]) == 64 for item in made["inputs"])
    assert sum("far fewer rows than usual" in warning for warning in made["warnings"]) == 4
    assert made["warnings"][-1] == "a fallback was used"
    assert made["files"] == {"vawg.pdf": hashlib.sha256(b"%PDF-1.7").hexdigest()}
    assert not [key for key in made if key.endswith("_at")]


def test_the_receipt_of_a_folder_lists_its_packs_and_is_read_back(tmp_path: Path) -> None:
    made = receipt.of_folder(
        "northmoor", date(2026, 11, 1), {"vawg": {"pack_id": "B"}, "missing": {"pack_id": "A"}}
    )
    (tmp_path / receipt.FILE).write_text(receipt.receipt_json(made))
    assert list(receipt.read(tmp_path)) == ["missing", "vawg"]
    (tmp_path / receipt.FILE).write_text("{")
    assert receipt.read(tmp_path) == {}
