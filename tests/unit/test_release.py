"""Release: two people, the right bytes, once; the slip is the act, and a withdrawn pack stays withdrawn."""

import dataclasses
import hashlib
import json
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from governance.release import (
    IssueSlip,
    ReleaseError,
    ReleaseRequest,
    ReleaseState,
    read_slip,
    release,
    slip_path,
    slip_pdf_path,
    state_of,
    withdraw,
    withdrawal_path,
)

AT = datetime(2026, 11, 2, 10, 0, tzinfo=timezone(timedelta(hours=1)))
REQUEST = ReleaseRequest(
    author="a.begum",
    reviewer="r.okafor",
    reason="tasking meeting of 3 November",
    recipients=("Head of PPU", "TTCG chair"),
)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "vawg.pdf"
    path.write_bytes(b"%PDF-1.7 a pack")
    entry = {"pack_id": "VAWG-0123456789ab", "pdf_sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    receipt = {"packs": {"vawg": entry}}
    (tmp_path / "receipt.json").write_text(json.dumps(receipt))
    return path


def issue(pack: Path, request: ReleaseRequest = REQUEST, at: datetime = AT) -> IssueSlip:
    return release(pack, pack.parent / "receipt.json", request, at, lambda slip: slip.pack_id.encode())


def test_a_release_leaves_the_pack_as_it_was_and_a_slip_beside_it(pack: Path) -> None:
    before = pack.read_bytes()
    assert state_of(pack) is ReleaseState.DRAFT
    slip = issue(pack)
    assert state_of(pack) is ReleaseState.RELEASED
    assert pack.read_bytes() == before
    assert slip_pdf_path(pack).read_bytes() == b"VAWG-0123456789ab"
    assert read_slip(pack) == slip
    stored = json.loads(slip_path(pack).read_text())
    assert stored["copies"] == [
        {"copy_number": 1, "recipient": "Head of PPU"},
        {"copy_number": 2, "recipient": "TTCG chair"},
    ]
    assert (stored["released_at"], stored["pack_sha256"]) == (
        "2026-11-02T09:00:00+00:00",
        hashlib.sha256(before).hexdigest(),
    )
    assert sorted(each.name for each in pack.parent.iterdir()) == [
        "receipt.json",
        "vawg.pdf",
        "vawg.slip.json",
        "vawg.slip.pdf",
    ]


REFUSED = [
    ({"reviewer": "a.begum"}, "another person"),
    ({"reviewer": " A.BEGUM "}, "another person"),
    ({"reviewer": "\uff41.begum"}, "another person"),
    ({"author": " "}, "an author and a reviewer"),
    ({"reviewer": ""}, "an author and a reviewer"),
    ({"reason": " "}, "needs a reason"),
    ({"recipients": ()}, "at least one recipient"),
    ({"recipients": ("PPU", " ")}, "at least one recipient"),
    ({"recipients": ("PPU", "ppu")}, "named once"),
]


@pytest.mark.parametrize(("change", "sentence"), REFUSED)
def test_people_and_reasons_are_checked(pack: Path, change: dict[str, object], sentence: str) -> None:
    with pytest.raises(ReleaseError, match=sentence):
        issue(pack, dataclasses.replace(REQUEST, **change))  # type: ignore[arg-type]
    assert state_of(pack) is ReleaseState.DRAFT
    assert not slip_pdf_path(pack).exists()


def test_a_pack_that_is_not_the_one_on_the_receipt_is_refused(pack: Path) -> None:
    pack.write_bytes(b"%PDF-1.7 another pack")
    with pytest.raises(ReleaseError, match="not the file its receipt describes"):
        issue(pack)
    assert state_of(pack) is ReleaseState.DRAFT


def test_missing_and_damaged_papers_are_one_sentence(pack: Path) -> None:
    (pack.parent / "receipt.json").write_text("{}")
    with pytest.raises(ReleaseError, match="no receipt of a pack called vawg"):
        issue(pack)
    (pack.parent / "receipt.json").unlink()
    with pytest.raises(ReleaseError, match="cannot be read"):
        issue(pack)
    with pytest.raises(ReleaseError, match="There is no pack"):
        withdraw(pack.with_name("absent.pdf"), "c.head", "why", AT)
    slip_path(pack).write_text('{"schema": "issue-slip/1"}')
    with pytest.raises(ReleaseError, match="damaged"):
        state_of(pack)


def test_a_time_without_a_zone_is_refused(pack: Path) -> None:
    with pytest.raises(ReleaseError, match="time zone"):
        issue(pack, at=datetime(2026, 11, 2))


def test_a_second_release_is_refused_and_the_first_slip_stands(pack: Path) -> None:
    first = issue(pack)
    with pytest.raises(ReleaseError, match="already RELEASED"):
        issue(pack, dataclasses.replace(REQUEST, recipients=("someone else",)))
    assert read_slip(pack) == first


def test_of_two_people_releasing_at_once_one_succeeds(pack: Path) -> None:
    outcomes: list[str] = []

    def act(name: str) -> None:
        try:
            issue(pack, dataclasses.replace(REQUEST, author=name))
            outcomes.append("released")
        except ReleaseError:
            outcomes.append("refused")

    threads = [threading.Thread(target=act, args=(f"author {n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 7 + ["released"]


def test_a_rendering_that_fails_leaves_a_draft_and_can_be_repeated(pack: Path) -> None:
    def fail(_: IssueSlip) -> bytes:
        raise RuntimeError("no paper")

    with pytest.raises(RuntimeError):
        release(pack, pack.parent / "receipt.json", REQUEST, AT, fail)
    assert state_of(pack) is ReleaseState.DRAFT
    issue(pack)
    assert state_of(pack) is ReleaseState.RELEASED


def test_withdrawal_needs_a_released_pack_a_person_and_a_reason_and_is_final(pack: Path) -> None:
    with pytest.raises(ReleaseError, match="is DRAFT"):
        withdraw(pack, "c.head", "wrong person joined", AT)
    issue(pack)
    for who, why in (("", "reason"), ("c.head", " ")):
        with pytest.raises(ReleaseError, match="needs the person"):
            withdraw(pack, who, why, AT)
    withdrawal = withdraw(pack, "c.head", "wrong person joined", AT)
    assert (withdrawal.withdrawn_at, withdrawal.pack_id) == (AT.astimezone(UTC), "VAWG-0123456789ab")
    assert state_of(pack) is ReleaseState.WITHDRAWN
    assert json.loads(withdrawal_path(pack).read_text())["reason"] == "wrong person joined"
    for act in (lambda: issue(pack), lambda: withdraw(pack, "c.head", "again", AT)):
        with pytest.raises(ReleaseError, match="WITHDRAWN"):
            act()


def test_a_released_pack_that_was_changed_is_noticed_and_can_still_be_withdrawn(pack: Path) -> None:
    issue(pack)
    pack.write_bytes(b"%PDF-1.7 changed")
    with pytest.raises(ReleaseError, match="changed after its release"):
        state_of(pack)
    withdraw(pack, "c.head", "changed after release", AT)
    assert state_of(pack) is ReleaseState.WITHDRAWN
