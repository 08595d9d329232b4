"""The run ledger: who is running the night, how far it is, how each night ended.

Here: one SQLite file, one writer at a time (a lock file for the moment, a row for the record), a heartbeat,
and the takeover of a run whose process died. Not here: what a run does (`orchestration/cli.py`), where its
results are swapped in (`orchestration/warehouse.py`), or the record of who saw what
(`governance/audit.py`).

The scheduler cannot see a killed run (reliability.md 0.9), so liveness is decided here: the lock is held by
the kernel for exactly as long as its process lives, and whoever gets it marks every run left RUNNING as
ABANDONED. A row whose process is alive stands even when the lock could be had (a lock file deleted by hand,
a file system without locks), and even when its heartbeat is old: a person must end that process.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, Literal

from orchestration.process_identity import ProcessIdentity
from orchestration.run_lock import LockTaken, held
from orchestration.sqlite_file import transaction

Outcome = Literal["RUNNING", "SUCCEEDED", "FAILED", "ABANDONED"]
STALE_SECONDS: Final = 120.0
HEARTBEAT_SECONDS: Final = 15.0

_SCHEMA: Final = """
create table if not exists runs (
    run_id text primary key, as_of text not null, pid integer not null, boot_id text not null,
    process_started text not null, started_at text not null, heartbeat_at text not null,
    stage text not null, inputs_hash text not null, code_hash text not null,
    outcome text not null check (outcome in ('RUNNING', 'SUCCEEDED', 'FAILED', 'ABANDONED')),
    note text not null
) strict
"""


class LedgerError(Exception):
    """The ledger cannot be used; the message is one sentence for a person."""


class AlreadyRunning(LedgerError):  # noqa: N818 - the name says what is the case
    """Another live process holds the lease (the command line ends with 75)."""

    def __init__(self, run_id: str, pid: int, stage: str, heartbeat_age: float = 0.0) -> None:
        """Say who runs, and that a silent but living run must be ended by a person."""
        self.run_id, self.pid, self.stage, self.heartbeat_age = run_id, pid, stage, heartbeat_age
        silent = f"; it has been silent for {heartbeat_age:.0f} s: end process {pid} if it hangs"
        super().__init__(
            f"already running: run {run_id}, process {pid}, stage {stage or 'starting'}"
            + (silent if heartbeat_age > STALE_SECONDS else "")
        )


class LeaseLost(LedgerError):  # noqa: N818
    """Another run has taken this lease over; this one must stop writing."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One row of the ledger."""

    run_id: str
    as_of: date
    pid: int
    boot_id: str
    process_started: str
    started_at: datetime
    heartbeat_at: datetime
    stage: str
    inputs_hash: str
    code_hash: str
    outcome: Outcome
    note: str


class Ledger:
    """The ledger at `path` (made when absent, with its lock file beside it)."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Open or make the file; raise LedgerError where that is impossible."""
        self.path, self.clock = path, clock
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self.connect() as connection:
                connection.execute(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise LedgerError(
                f"the run ledger {path} cannot be opened ({error}); check the folder"
            ) from error

    def connect(self) -> AbstractContextManager[sqlite3.Connection]:
        """One transaction on its own connection: committed on the way out, rolled back on an error."""
        return transaction(self.path)

    def runs(self) -> tuple[RunRecord, ...]:
        """Every run ever started, oldest first."""
        with self.connect() as connection:
            return _read(connection, "order by started_at, rowid")

    @contextmanager
    def lease(
        self, run_id: str, as_of: date, *, inputs_hash: str = "", code_hash: str = ""
    ) -> Iterator["Lease"]:
        """Hold the right to write for one run.

        Raises AlreadyRunning if another live process holds it. Leaving without `finish` records FAILED,
        with the kind of error (never its text, which may quote a record).
        """
        with self._locked():
            abandoned = self._take(run_id, as_of, inputs_hash, code_hash)
            lease = Lease(self, run_id, abandoned)
            lease.start()
            try:
                yield lease
            except BaseException as error:
                lease.close("FAILED", type(error).__name__)
                raise
            finally:
                lease.close("FAILED", "ended without an outcome")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with ExitStack() as stack:
            try:
                stack.enter_context(held(self.path.with_name(self.path.name + ".lock")))
            except LockTaken as error:
                raise self._already_running() from error
            except OSError as error:
                raise LedgerError(f"the lock beside {self.path} cannot be opened ({error})") from error
            yield

    def _already_running(self) -> AlreadyRunning:
        """Describe the holder of the lock; between lock and row there is a moment without a row."""
        with self.connect() as connection:
            rows = _read(connection, "where outcome = 'RUNNING' order by started_at desc, rowid desc")
        return self._refusal(rows[0]) if rows else AlreadyRunning("(starting)", 0, "starting")

    def _refusal(self, row: RunRecord) -> AlreadyRunning:
        age = (self.clock() - row.heartbeat_at).total_seconds()
        return AlreadyRunning(row.run_id, row.pid, row.stage, age)

    def _take(self, run_id: str, as_of: date, inputs_hash: str, code_hash: str) -> tuple[str, ...]:
        """Mark dead runs ABANDONED and write this one's row, in one transaction."""
        me, now = ProcessIdentity.of_this_process(), self.clock().isoformat()
        with self.connect() as connection:
            connection.execute("begin immediate")
            left = _read(connection, "where outcome = 'RUNNING' order by started_at, rowid")
            for row in left:
                if ProcessIdentity(row.pid, row.boot_id, row.process_started).is_alive():
                    raise self._refusal(row)
                connection.execute(
                    "update runs set outcome = 'ABANDONED', note = ? where run_id = ?",
                    (f"its process ended without a word; taken over by {run_id}", row.run_id),
                )
            values = (run_id, as_of.isoformat(), me.pid, me.boot_id, me.started, now, now, "", inputs_hash)
            try:
                connection.execute(
                    "insert into runs values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'RUNNING', '')",
                    (*values, code_hash),
                )
            except sqlite3.IntegrityError as error:
                raise LedgerError(f"run {run_id} is already in the ledger; a run id is used once") from error
        return tuple(row.run_id for row in left)


class Lease:
    """The right to write, for as long as the block around it lasts."""

    def __init__(self, ledger: Ledger, run_id: str, abandoned: tuple[str, ...]) -> None:
        """Made by `Ledger.lease` only; `abandoned` names the runs that were taken over."""
        self.run_id, self.abandoned = run_id, abandoned
        self._ledger, self._closed = ledger, False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat {run_id}", daemon=True)

    def start(self) -> None:
        """Begin to beat."""
        self._thread.start()

    def stage(self, name: str) -> None:
        """Record the stage that begins now; raise LeaseLost if the lease is no longer ours."""
        self._update("stage = ?, heartbeat_at = ?", name, self._ledger.clock().isoformat())

    def heartbeat(self) -> None:
        """Record that the run lives; raise LeaseLost if the lease is no longer ours."""
        self._update("heartbeat_at = ?", self._ledger.clock().isoformat())

    def finish(self, outcome: Literal["SUCCEEDED", "FAILED"], note: str = "") -> None:
        """Record how the run ended, once."""
        if self._closed:
            raise LedgerError(f"run {self.run_id} already has an outcome")
        self._end()
        self._update(
            "outcome = ?, note = ?, heartbeat_at = ?", outcome, note, self._ledger.clock().isoformat()
        )

    def close(self, outcome: Literal["FAILED"], note: str) -> None:
        """On leaving the block: record an outcome if none was, without hiding the error that led here."""
        if not self._closed:
            with suppress(sqlite3.Error, LeaseLost):
                self.finish(outcome, note)

    def _end(self) -> None:
        self._closed = True
        self._stop.set()
        self._thread.join(timeout=5.0)

    def _update(self, assignments: str, *values: str) -> None:
        statement = f"update runs set {assignments} where run_id = ? and outcome = 'RUNNING'"
        with self._ledger.connect() as connection:
            if connection.execute(statement, (*values, self.run_id)).rowcount != 1:
                raise LeaseLost(f"run {self.run_id} no longer holds the lease; another run took it over")

    def _beat(self) -> None:
        """Beat until told to stop; a missed beat is no reason to end a night."""
        while not self._stop.wait(HEARTBEAT_SECONDS):
            with suppress(sqlite3.Error, LeaseLost):
                self.heartbeat()


def _read(connection: sqlite3.Connection, tail: str) -> tuple[RunRecord, ...]:
    found = connection.execute(f"select {', '.join(RunRecord.__slots__)} from runs {tail}")
    return tuple(
        RunRecord(
            row[0], date.fromisoformat(row[1]), *row[2:5], *map(datetime.fromisoformat, row[5:7]), *row[7:]
        )
        for row in found
    )
