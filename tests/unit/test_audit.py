"""The audit chain: any byte changed, any line moved or lost is seen; a crash costs an unacknowledged line."""

import json
import multiprocessing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.audit import GENESIS, AuditError, AuditEvent, append, verify

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def event(n: int = 0) -> AuditEvent:
    return AuditEvent("disclosure", "r.okafor", AT, (f"P-{n}",), "tasking – café", {"copy_number": n})


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "audit" / "log.jsonl"
    for n in range(5):
        append(path, event(n))
    return path


def test_an_absent_log_is_intact_and_empty(tmp_path: Path) -> None:
    found = verify(tmp_path / "absent")
    assert (found.is_intact, found.n_events, found.head, found.is_torn) == (True, 0, GENESIS, False)


def test_a_whole_log_is_intact_and_its_head_is_the_last_one_given(log: Path) -> None:
    head = append(log, event(5))
    found = verify(log, head)
    assert (found.is_intact, found.n_events, found.head, found.first_bad_line) == (True, 6, head, None)
    entry = json.loads(log.read_text().splitlines()[-1])
    assert entry["event"]["type"] == "disclosure"
    assert entry["event"]["at"] == "2026-11-02T09:00:00+00:00"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_any_byte_changed_is_named_by_its_line(log: Path, data: st.DataObject) -> None:
    whole = log.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 2))
    value = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))
    changed = bytearray(whole)
    changed[at] = value
    log.write_bytes(changed)
    found = verify(log)
    log.write_bytes(whole)
    assert not found.is_intact
    assert found.first_bad_line == whole.count(b"\n", 0, at) + 1
    assert str(found.first_bad_line) in found.reason


@pytest.mark.parametrize(
    ("keep", "first_bad"),
    [([0, 2, 3, 4], 2), ([1, 2, 3, 4], 1), ([0, 2, 1, 3, 4], 2), ([0, 1, 1, 2, 3, 4], 3)],
)
def test_lines_taken_out_moved_or_repeated(log: Path, keep: list[int], first_bad: int) -> None:
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[n] for n in keep))
    assert verify(log).first_bad_line == first_bad


def test_lines_cut_off_the_end_are_seen_with_a_printed_head(log: Path) -> None:
    head = verify(log).head
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:-1]))
    assert verify(log).is_intact
    found = verify(log, head)
    assert not found.is_intact
    assert "cut off" in found.reason
    append(log, event(9))
    assert not verify(log, head).is_intact


@pytest.mark.parametrize("edit", [('"n":1,', '"n":true,'), ('"n":1,', '"n":1.0,'), ('"event":', '"event": ')])
def test_a_line_written_another_way_is_a_changed_line(log: Path, edit: tuple[str, str]) -> None:
    log.write_text(log.read_text().replace(*edit, 1))
    assert verify(log).first_bad_line == 1


@pytest.mark.parametrize("cut", [1, 2, 40, 200])
def test_a_torn_last_line_is_recognised_and_put_on_record(log: Path, cut: int) -> None:
    whole = log.read_bytes()
    log.write_bytes(whole[:-cut])
    found = verify(log)
    assert (found.is_intact, found.is_torn, found.n_events) == (True, True, 4)
    head = append(log, event(9))
    again = verify(log, head)
    assert (again.is_intact, again.is_torn, again.n_events) == (True, False, 5)
    last = whole.splitlines(keepends=True)[-1]
    torn = json.loads(log.read_text().splitlines()[-1])["event"]["torn"]
    assert torn["n_bytes"] == len(last) - cut


def test_a_log_torn_in_its_first_line_starts_over(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(b'{"event":')
    append(path, event())
    assert verify(path).n_events == 1


def test_a_damaged_last_line_is_not_built_upon(log: Path) -> None:
    damaged = log.read_text().replace("P-4", "P-5")
    log.write_text(damaged)
    with pytest.raises(AuditError, match="verify the log"):
        append(log, event(9))
    assert log.read_text() == damaged


def test_lines_longer_than_one_read_are_followed(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    for n in range(3):
        append(path, AuditEvent("combination", "night", AT, tuple(f"P-{n}-{i}" for i in range(20_000))))
    assert verify(path).n_events == 3


def _append_many(path: Path) -> None:
    for n in range(25):
        append(path, event(n))


def test_two_processes_adding_at_once_keep_one_chain(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_append_many, args=(tmp_path / "log.jsonl",)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    found = verify(tmp_path / "log.jsonl")
    assert (found.is_intact, found.n_events) == (True, 50)


@pytest.mark.parametrize(
    "wrong",
    [
        {"event_type": "peek"},
        {"actor": " "},
        {"at": datetime(2026, 11, 2)},
        {"justification": ""},
        {"event_type": "consultation", "justification": " "},
    ],
)
def test_an_incomplete_event_is_refused(wrong: dict[str, object]) -> None:
    whole: dict[str, object] = {"event_type": "disclosure", "actor": "a", "at": AT, "justification": "why"}
    with pytest.raises(AuditError):
        AuditEvent(**{**whole, **wrong})  # type: ignore[arg-type]
