"""What the tests of landing share: files made by hand, and landing them as a night would.

Not here: whole nights (tests/conftest).
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data_contracts.registry import Registry
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

    def _read(self, folder: str, columns: str, order: str) -> list[tuple[Any, ...]]:
        parts = [str(path) for path in sorted((self.home / folder).glob("*/*/*.parquet"))]
        if not parts:
            return []
        return duckdb.sql(f"select {columns} from read_parquet({parts}) order by {order}").fetchall()


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
