"""The run ledger with real processes: one writer, takeover of the dead, and no takeover of the living."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from orchestration import ledger as ledger_module
from orchestration.ledger import AlreadyRunning, LeaseLost, Ledger, LedgerError

ROOT = Path(__file__).resolve().parents[2]
AS_OF = date(2026, 11, 1)

HOLDER = """
import sys, time
from datetime import date
from pathlib import Path
from orchestration.ledger import AlreadyRunning, Ledger
try:
    with Ledger(Path(sys.argv[1])).lease(sys.argv[2], date(2026, 11, 1)) as lease:
        lease.stage("stage")
        print("holding", flush=True)
        time.sleep(float(sys.argv[3]))
        lease.finish("SUCCEEDED")
except AlreadyRunning as error:
    print(f"refused {error.run_id} {error.pid} {error.stage}", flush=True)
    sys.exit(75)
"""


def start(path: Path, run_id: str, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLDER, str(path), run_id, str(seconds)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runs" / "ledger.sqlite"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    process = start(path, "first", 60)
    assert first_line(process) == "holding"
    yield process
    process.kill()
    process.wait()


def outcomes(path: Path) -> dict[str, str]:
    return {run.run_id: run.outcome for run in Ledger(path).runs()}


def test_a_whole_run_leaves_its_record(path: Path) -> None:
    now = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
    ticks = iter(range(100))
    book = Ledger(path, clock=lambda: now + timedelta(seconds=next(ticks)))
    with book.lease("r1", AS_OF, inputs_hash="in", code_hash="code") as lease:
        lease.stage("land")
        lease.stage("publish")
        lease.finish("SUCCEEDED", "nine packs")
    (run,) = book.runs()
    assert (run.outcome, run.stage, run.note, run.as_of) == ("SUCCEEDED", "publish", "nine packs", AS_OF)
    assert (run.inputs_hash, run.code_hash, run.pid) == ("in", "code", os.getpid())
    assert (run.started_at, run.heartbeat_at) == (now, now + timedelta(seconds=3))


def test_the_file_is_wal_and_strict(path: Path) -> None:
    book = Ledger(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
    with book.connect() as connection:
        assert connection.execute("pragma synchronous").fetchone() == (2,)


def test_a_second_process_is_told_who_runs(path: Path, holder: subprocess.Popen[str]) -> None:
    second = start(path, "second", 0)
    assert first_line(second) == f"refused first {holder.pid} stage"
    assert second.wait() == 75
    assert outcomes(path) == {"first": "RUNNING"}


def test_after_kill_9_the_next_run_takes_over_and_says_so(path: Path, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)  # not waited for: a zombie still answers to its pid
    deadline = time.monotonic() + 10
    while True:
        try:
            with Ledger(path).lease("second", AS_OF) as lease:
                assert lease.abandoned == ("first",)
                lease.finish("SUCCEEDED")
            break
        except AlreadyRunning:  # until the kernel has buried it
            assert time.monotonic() < deadline
            time.sleep(0.02)
    assert outcomes(path) == {"first": "ABANDONED", "second": "SUCCEEDED"}


def test_a_forked_helper_that_outlives_a_killed_run_does_not_keep_its_lock(path: Path) -> None:
    # the child says "holding": only then has it been scheduled, and let go of what it inherited
    forker = HOLDER.replace(
        'print("holding", flush=True)',
        'import os; os.fork() or (print("holding", flush=True), time.sleep(9), os._exit(0))',
    )
    process = subprocess.Popen(
        [sys.executable, "-c", forker, str(path), "first", "60"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert first_line(process) == "holding"
    process.kill()
    process.wait()
    with Ledger(path).lease("second", AS_OF) as lease:
        assert lease.abandoned == ("first",)
        lease.finish("SUCCEEDED")


def test_a_new_ledger_is_opened_by_many_at_once(tmp_path: Path) -> None:
    """The switch to a write-ahead log does not wait by itself: one in five such rounds failed."""
    with ThreadPoolExecutor(8) as hands:
        for number in range(60):
            together, place = Barrier(8), tmp_path / f"{number}.sqlite"

            def open_it(_: int, together: Barrier = together, place: Path = place) -> int:
                together.wait()
                return len(Ledger(place).runs())

            assert list(hands.map(open_it, range(8))) == [0] * 8


def test_of_many_started_at_once_on_a_fresh_folder_exactly_one_holds(path: Path) -> None:
    processes = [start(path, f"run{n}", 3) for n in range(6)]
    said = [first_line(process) for process in processes]
    codes = [process.wait() for process in processes]
    assert sorted(codes) == [0, 75, 75, 75, 75, 75], said
    assert said.count("holding") == 1
    assert list(outcomes(path).values()) == ["SUCCEEDED"]


@pytest.mark.parametrize(
    ("pid", "boot_id", "started"),
    [
        (2**22 + 1, None, None),  # no such process
        (
            None,
            "00000000-0000-0000-0000-000000000000",
            None,
        ),  # this pid, but before the machine started again
        (None, None, "1"),  # this pid, but an earlier process had it
    ],
)
def test_a_row_without_a_living_owner_is_taken_over(
    path: Path, pid: int | None, boot_id: str | None, started: str | None
) -> None:
    book = Ledger(path)
    pretend_running(book, pid, boot_id, started)
    with book.lease("new", AS_OF) as lease:
        assert lease.abandoned == ("old",)
        lease.finish("SUCCEEDED")
    assert outcomes(path) == {"old": "ABANDONED", "new": "SUCCEEDED"}


def pretend_running(book: Ledger, pid: int | None, boot_id: str | None, started: str | None) -> None:
    """A row that still says RUNNING, as after a lost lock file, with some of its owner's marks changed."""
    with book.lease("old", AS_OF) as lease:
        lease.finish("SUCCEEDED")
    with book.connect() as connection:
        connection.execute("update runs set outcome = 'RUNNING'")
        for column, value in (("pid", pid), ("boot_id", boot_id), ("process_started", started)):
            if value is not None:
                connection.execute(f"update runs set {column} = ?", (value,))


def test_a_living_owner_stands_even_when_its_lock_file_was_deleted_and_it_is_silent(
    path: Path, holder: subprocess.Popen[str]
) -> None:
    path.with_name(path.name + ".lock").unlink()
    later = datetime.now(UTC) + timedelta(minutes=10)
    book = Ledger(path, clock=lambda: later)
    with (
        pytest.raises(AlreadyRunning, match=f"silent for .* end process {holder.pid}"),
        book.lease("second", AS_OF),
    ):
        pytest.fail("two writers")


def test_a_lease_taken_away_is_noticed(path: Path) -> None:
    book = Ledger(path)
    with book.lease("first", AS_OF) as lease:
        with book.connect() as connection:
            connection.execute("update runs set outcome = 'ABANDONED'")
        with pytest.raises(LeaseLost, match="first no longer holds"):
            lease.stage("publish")


def test_an_error_is_recorded_by_kind_and_never_by_its_text(path: Path) -> None:
    book = Ledger(path)
    with pytest.raises(ValueError, match="Canary"), book.lease("r1", AS_OF):
        raise ValueError("Canary Person, born 1980")
    (run,) = book.runs()
    assert (run.outcome, run.note) == ("FAILED", "ValueError")


def test_leaving_without_an_outcome_is_a_failure_and_two_outcomes_are_refused(path: Path) -> None:
    book = Ledger(path)
    with book.lease("r1", AS_OF):
        pass
    assert outcomes(path) == {"r1": "FAILED"}
    with book.lease("r2", AS_OF) as lease:
        lease.finish("FAILED", "nothing landed")
        with pytest.raises(LedgerError, match="already has an outcome"):
            lease.finish("SUCCEEDED")
    with pytest.raises(LedgerError, match="used once"), book.lease("r2", AS_OF):
        pytest.fail("a run id used twice")


def test_the_heart_beats_by_itself(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "HEARTBEAT_SECONDS", 0.02)
    book = Ledger(path)
    with book.lease("r1", AS_OF) as lease:
        first = book.runs()[0].heartbeat_at
        deadline = time.monotonic() + 10
        while book.runs()[0].heartbeat_at == first and time.monotonic() < deadline:
            time.sleep(0.01)
        assert book.runs()[0].heartbeat_at > first
        lease.finish("SUCCEEDED")


def test_a_ledger_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(LedgerError, match="cannot be opened"):
        Ledger(tmp_path / "file" / "ledger.sqlite")
    (tmp_path / "ledger.sqlite").write_bytes(b"not a database at all, only some bytes" * 100)
    with pytest.raises(LedgerError, match="cannot be opened"):
        Ledger(tmp_path / "ledger.sqlite")
