"""What the tests of person-level landing share: the files of a small force in every dialect, and landing them.

Not here: its contracts (testshire); our own contracts and the fictional world; street-level files (unit/conftest).
"""

import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from data_contracts.registry import Registry
from orchestration.landing.inbox import Bench, Inbox, LandingReport
from orchestration.landing.manifest import Manifest, make_manifest
from orchestration.landing.outcome import Outcome
from orchestration.landing.store import Store
from orchestration.landing.versions import write_versions
from orchestration.warehouse import connect_scratch

sys.path.insert(0, str(Path(__file__).parent))  # tests are no package; these files belong together
from testshire import CSV, GOOD, NAMES, Row, Shire, make_shire, party_columns, sample_columns


@pytest.fixture
def shire(tmp_path: Path) -> Shire:
    return make_shire(tmp_path)


class Files:
    """Rows as files of each dialect."""

    good, names = GOOD, NAMES
    sample_columns, party_columns = staticmethod(sample_columns), staticmethod(party_columns)
    dialect = CSV

    @staticmethod
    def row(**changes: Any) -> dict[str, Any]:
        return {**GOOD, **changes}

    @staticmethod
    def rows(n: int, **changes: Any) -> list[dict[str, Any]]:
        return [{**GOOD, "Ref": f"S/{k + 1}", **changes} for k in range(n)]

    @staticmethod
    def csv(
        rows: Sequence[Row], delimiter: str = ",", end: str = "\r\n", headings: Sequence[str] = ()
    ) -> str:
        names = list(headings or GOOD)
        lines = [delimiter.join(names), *(delimiter.join(str(row.get(n, "")) for n in names) for row in rows)]
        return end.join(lines) + end

    @staticmethod
    def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = ()) -> bytes:
        book, out = Workbook(), io.BytesIO()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            sheet.sheet_state = "hidden" if name in hidden else "visible"
            for row in rows:
                sheet.append(list(row))
        book.save(out)
        return out.getvalue()

    @staticmethod
    def sheet(rows: Sequence[Row], banner: Sequence[Sequence[Any]] = ()) -> list[list[Any]]:
        return [*map(list, banner), list(GOOD), *([row.get(n) for n in GOOD] for row in rows)]

    @staticmethod
    def json_lines(objects: Sequence[Any]) -> bytes:
        return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects).encode()

    @staticmethod
    def parquet(columns: Mapping[str, Any]) -> bytes:
        out = io.BytesIO()
        pq.write_table(pa.table(dict(columns)), out)
        return out.getvalue()

    @staticmethod
    def zipped(members: Mapping[str, bytes | str]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return out.getvalue()


@pytest.fixture(scope="session")
def files() -> type[Files]:
    return Files


@dataclass(frozen=True)
class Landed:
    """A place after landing: the report, and everything that the store holds."""

    report: LandingReport
    store: Store
    home: Path
    registry: Registry
    con: duckdb.DuckDBPyConnection

    @property
    def outcomes(self) -> list[Outcome]:
        return sorted((k.outcome for k in self.store.known()), key=lambda o: (o.period, o.feed, o.file_name))

    @property
    def outcome(self) -> Outcome:
        """The only outcome."""
        (one,) = self.outcomes
        return one

    def manifest(self, as_of: date = date(2027, 1, 1), released: Sequence[str] = ()) -> Manifest:
        """The manifest of a night, its versions counted. released: as a person has released them."""
        manifest = make_manifest(self.store.known(), self.registry, released).before(as_of)
        folder = self.home / f"versions-{as_of}"
        return manifest.counted(write_versions(self.con, manifest.versioned(), folder, released))

    def rows(
        self, columns: str = "*", feed: str = "sample", order: str = "delivery_id, line_number"
    ) -> list[Any]:
        return self._read(f"landed/{feed}", columns, order)

    def refused(self, columns: str = "line_number, reason_code", feed: str = "sample") -> list[Any]:
        return self._read(f"quarantine/{feed}", columns, "delivery_id, line_number")

    def is_conserved(self) -> None:
        """Assert that every record was accepted or refused by number, once."""
        for o in self.outcomes:
            accepted = [r for r in self.rows("delivery_id, line_number", o.feed) if r[0] == o.delivery_id]
            named = [r for r in self.refused("delivery_id, line_number", o.feed) if r[0] == o.delivery_id]
            assert o.rows_in == o.rows_accepted + o.rows_refused
            assert o.rows_accepted == len(accepted)
            assert len({*accepted, *named}) == len(accepted) + len(named)
            assert o.state == "refused" or o.rows_refused == len(named)

    def _read(self, folder: str, columns: str, order: str) -> list[Any]:
        parts = [str(path) for path in sorted((self.home / folder).glob("*/*.parquet"))]
        if not parts:
            return []
        return self.con.execute(f"select {columns} from read_parquet({parts}) order by {order}").fetchall()


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    con = connect_scratch(2, "1GB", tmp_path_factory.mktemp("spill"))
    yield con
    con.close()


@pytest.fixture
def land(shire: Shire, scratch: duckdb.DuckDBPyConnection, tmp_path: Path) -> Callable[..., Landed]:
    """Land testshire's folder (or another place) into a home folder, as a night would."""

    def now(
        place: Path | None = None, home: str = "home", at: str = "2026-11-01T02:30:00+00:00", **told: Any
    ) -> Landed:
        folder, registry = tmp_path / home, shire.registry()
        store = Store(folder / "landed", folder / "quarantine")
        bench = Bench(scratch, store, folder / "work", at, 2)
        report = Inbox(registry, bench).land(place or shire.landing, **told)
        left = [p for p in (folder / "work" / "reading").glob("*") if p.is_file()]
        assert left == [], "scratch is cleared"
        return Landed(report, store, folder, registry, scratch)

    return now
