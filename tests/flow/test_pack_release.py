"""Two acts: a night makes drafts, people release and withdraw. What stands on the shelf is never covered unasked."""

import json
import shutil
from pathlib import Path

import pytest

from orchestration.release import ReleaseError, release_pack, withdraw_pack
from orchestration.steps.publish import PackJob, PackMade, make_pack, put_out
from profiles.publish import shelf

pytestmark = pytest.mark.xdist_group("whole-night")


@pytest.fixture
def standing(whole_night, tmp_path: Path) -> tuple[PackJob, Path]:  # type: ignore[no-untyped-def]
    """A copy of one force's pack on a shelf of its own, and the job that makes it."""
    summary = whole_night.summary
    made = next(p for p in summary["packs"] if p["pdf"])
    source = Path(made["pdf"]).parent
    folder = shelf.pack_folder(tmp_path / "out", _as_of(summary), made["force"])
    shutil.copytree(source, folder)
    (generation,) = whole_night.out.glob(f"warehouse/*/generations/{summary['generation']}")
    entry = json.loads((folder / "receipt.json").read_text())["packs"]["vawg"]
    job = PackJob(
        generation, tmp_path / "out", made["force"], _as_of(summary), entry["code_version"], "strategic"
    )
    return job, folder / "vawg.pdf"


def again(job: PackJob) -> PackMade:
    """Tonight's pack of one force, made and put out."""
    shelf.stage(job.final)
    (put,) = put_out([job], [make_pack(job)])
    return put


def _as_of(summary: dict[str, str]):  # type: ignore[no-untyped-def]
    from datetime import date

    return date.fromisoformat(summary["as_of"])


def test_a_release_needs_two_people_and_writes_a_slip(standing: tuple[PackJob, Path]) -> None:
    _, pdf = standing
    before = pdf.read_bytes()
    with pytest.raises(ReleaseError):
        release_pack(pdf, "A. Analyst", "a. analyst", "for tasking", ["Chair"])
    answer = release_pack(pdf, "A. Analyst", "D. Inspector", "for tasking", ["Chair", "Crime lead"])
    slip = json.loads(Path(answer["slip"]).read_text())
    assert pdf.read_bytes() == before
    assert "D. Inspector" in json.dumps(slip)
    assert pdf.with_name("vawg.slip.pdf").read_bytes().startswith(b"%PDF")
    log = pdf.parents[3] / "audit.jsonl"
    assert "disclosure" in log.read_text()


def test_the_same_draft_leaves_a_released_pack_and_its_slip(standing: tuple[PackJob, Path]) -> None:
    job, pdf = standing
    release_pack(pdf, "A. Analyst", "D. Inspector", "for tasking", ["Chair"])
    made = again(job)
    assert made.problem == ""
    assert pdf.with_name("vawg.slip.json").is_file()


def test_a_differing_draft_is_not_put_over_a_released_pack(standing: tuple[PackJob, Path]) -> None:
    job, pdf = standing
    earlier = pdf.read_bytes() + b"\n%another pack\n"
    pdf.write_bytes(earlier)
    receipt = pdf.with_name("receipt.json")
    import hashlib

    changed = json.loads(receipt.read_text())
    changed["packs"]["vawg"]["pdf_sha256"] = hashlib.sha256(earlier).hexdigest()
    receipt.write_text(json.dumps(changed))
    release_pack(pdf, "A. Analyst", "D. Inspector", "for tasking", ["Chair"])
    made = again(job)
    assert "was released" in made.problem
    assert pdf.read_bytes() == earlier
    answer = withdraw_pack(pdf, "D. Inspector", "a neighbourhood was wrong")
    assert answer["recipients"] == ["Chair"]
    assert again(job).problem == ""
    assert pdf.read_bytes() != earlier
    assert list(pdf.parent.parent.glob(".withdrawn-*/vawg.slip.json"))


def test_a_withdrawn_pack_does_not_come_back_unchanged(standing: tuple[PackJob, Path]) -> None:
    job, pdf = standing
    release_pack(pdf, "A. Analyst", "D. Inspector", "for tasking", ["Chair"])
    withdraw_pack(pdf, "D. Inspector", "a feed was wrong")
    assert "withdrawn" in again(job).problem
    assert pdf.with_name("vawg.withdrawn.json").is_file()
