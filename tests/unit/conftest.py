"""What the tests of landing share: files made by hand, and landing them as a night would.

Not here: whole nights (tests/conftest).
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import pytest

from data_contracts.registry import Registry
from orchestration.landing import groups
from orchestration.landing.fast import Reading
from orchestration.landing.inbox import Bench, Inbox, LandingReport
from orchestration.landing.manifest import Manifest, make_manifest
from orchestration.landing.store import Store
from orchestration.warehouse import connect_scratch

HEADINGS = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
)  # fmt: skip
GOOD_ROW = {
    "Crime ID": "ab" * 32, "Month": "2026-10", "Reported by": "Eastmarch Police", "Falls within": "Eastmarch Police",
    "Longitude": "-1.450000", "Latitude": "54.360000", "Location": "On or near Mill Lane", "LSOA code": "X01300001",
    "LSOA name": "Saltmere Quay 001A", "Crime type": "Burglary", "Last outcome category": "Under investigation",
    "Context": "",
}  # fmt: skip


class Street:
    """Street-level files made by hand: rows as mappings of headings, files as bytes."""

    headings, good_row = HEADINGS, GOOD_ROW

    @staticmethod
    def row(**changes: str) -> dict[str, str]:
        """A good row with some fields changed; underscores stand for blanks in the heading."""
        return {**GOOD_ROW, **{name.replace("_", " "): value for name, value in changes.items()}}

    @staticmethod
    def file(
        rows: Sequence[Mapping[str, str]],
        headings: Sequence[str] = HEADINGS,
        end: str = "\r\n",
        quoting: int = 0,
    ) -> bytes:
        """The bytes of a file with these rows."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator=end, quoting=quoting)
        writer.writerow(headings)
        writer.writerows([row.get(heading, "") for heading in headings] for row in rows)
        return text.getvalue().encode()

    @staticmethod
    def put(folder: Path, content: bytes, force: str = "eastmarch", period: str = "2026-10") -> str:
        """Write a file where the archive has it; returns its path within the folder."""
        name = f"{period}/{period}-{force}-street.csv"
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        return name


@dataclass(frozen=True)
class Landed:
    """A place after landing: the report, and everything that the store holds."""

    report: LandingReport
    store: Store
    home: Path
    registry: Registry

    @property
    def manifest(self) -> Manifest:
        return make_manifest(self.store.known(), self.registry)

    @property
    def outcome(self) -> Any:
        """The only outcome."""
        (kept,) = self.store.known()
        return kept.outcome

    def rows(self, columns: str = "*") -> list[tuple[Any, ...]]:
        """Every accepted row, by force, delivery and line."""
        return self._read("landed", columns, "force_code, delivery_id, line_number")

    def refused(self, columns: str = "line_number, reason_code") -> list[tuple[Any, ...]]:
        """Every quarantined row."""
        return self._read("quarantine", columns, "force_code, delivery_id, line_number")

    def is_conserved(self) -> None:
        """Assert that every line that is not blank was accepted or refused by number, once."""
        accepted = self.rows("delivery_id, line_number")
        refused = self.refused("delivery_id, line_number")
        assert len({*accepted, *refused}) == len(accepted) + len(refused)
        for kept in self.store.known():
            o = kept.outcome
            named = sum(delivery == o.delivery_id for delivery, _ in refused)
            assert o.rows_in == o.rows_accepted + o.rows_refused
            assert o.rows_accepted == sum(delivery == o.delivery_id for delivery, _ in accepted)
            assert named == sum(r.n_rows for r in o.refused_rows)
            assert named == o.rows_refused or o.state == "refused"

    def _read(self, folder: str, columns: str, order: str) -> list[tuple[Any, ...]]:
        parts = [str(path) for path in sorted((self.home / folder).glob("*/*/*.parquet"))]
        if not parts:
            return []
        return duckdb.sql(f"select {columns} from read_parquet({parts}) order by {order}").fetchall()


@contextmanager
def _only_the_careful_reader() -> Iterator[None]:
    """Make the fast reader doubt every file."""

    def doubting(con: object, files: list[Any], target: Path) -> Reading:
        return Reading(frozenset(f.delivery_id for f in files), {})

    with patch.object(groups, "read_fast", doubting):
        yield


@contextmanager
def _only_the_fast_reader() -> Iterator[None]:
    """Fail when a file needs the careful reader."""

    def never(*_: object) -> None:
        raise AssertionError("the fast reader handed a plain file back")

    with patch.object(groups, "take_out", never):
        yield


@pytest.fixture(scope="session")
def street() -> type[Street]:
    return Street


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    con = connect_scratch(2, "1GB", tmp_path_factory.mktemp("spill"))
    yield con
    con.close()


@pytest.fixture(scope="session")
def land(registry: Registry, scratch: duckdb.DuckDBPyConnection) -> Callable[..., Landed]:
    """Land a folder or zip into a home folder, as a night would."""

    def now(landing: Path, home: Path, received_at: str = "2026-11-01T02:30:00+00:00") -> Landed:
        store = Store(home / "landed", home / "quarantine")
        report = Inbox(registry, Bench(scratch, store, home / "work", received_at)).land(landing)
        return Landed(report, store, home, registry)

    return now


@pytest.fixture(scope="session")
def only() -> Callable[[str], AbstractContextManager[None]]:
    """only("careful"): the fast reader doubts every file; only("fast"): it may hand none back; only("either")."""
    readers = {"careful": _only_the_careful_reader, "fast": _only_the_fast_reader, "either": nullcontext}
    return lambda reader: readers[reader]()
