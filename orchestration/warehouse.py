"""The warehouse: one new DuckDB file per night, and the one pointer that says which to read.

Connections for reading are made here and nowhere else: read-only, no way out to other files or to the network.
Not here: what builds a generation (dbt), the catalogue of inputs it is built from (catalogue).
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

KEEP_DAILY, KEEP_MONTHLY = 14, 6
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})_[0-9a-f]{12}\.duckdb")
AS_WRITTEN = {"disabled_optimizers": "join_order,build_side_probe_side,common_subexpressions,in_clause"}
OFFLINE = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


class WarehouseError(Exception):
    """The warehouse cannot be read: one sentence saying why, and what to run."""


def connect_scratch(threads: int, memory_limit: str, spill: Path) -> duckdb.DuckDBPyConnection:
    """An in-memory connection for landing: may read and write files, never installs anything. Spills to `spill`.

    Its joins stay as they are written, because how many rows a file holds is only guessed before it is read; and what
    stands in a branch of a CASE is worked out for that branch alone.
    """
    spill.mkdir(parents=True, exist_ok=True)
    limits = {"threads": str(threads), "memory_limit": memory_limit, "temp_directory": str(spill)}
    return duckdb.connect(":memory:", config={**limits, **AS_WRITTEN, **OFFLINE})


@contextmanager
def reading(generation: Path, threads: int = 2) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to one generation that can open nothing else."""
    con = duckdb.connect(str(generation), read_only=True, config={"threads": str(threads), **OFFLINE})
    try:
        con.execute("set enable_external_access = false")
        con.execute("set lock_configuration = true")
        yield con
    finally:
        con.close()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class Generations:
    """The generations of one world."""

    folder: Path

    @property
    def pointer(self) -> Path:
        """The file that names the generation to read."""
        return self.folder / "CURRENT"

    @staticmethod
    def name(as_of: date, inputs_hash: str) -> str:
        """File name of a night: its as-of and the first 12 hex digits of the hash of all it is made from."""
        return f"{as_of.isoformat()}_{inputs_hash[:12]}.duckdb"

    def current(self) -> Path:
        """The generation to read; WarehouseError when there is none."""
        try:
            path = self.folder / self.pointer.read_text().strip()
        except FileNotFoundError:
            raise WarehouseError("No night has finished here yet; run `make nightly` first.") from None
        if not path.is_file():
            raise WarehouseError(
                f"{self.pointer} names {path.name}, which is gone; run `make nightly` to rebuild it."
            )
        return path

    def publish(self, built: Path, name: str) -> Path:
        """Make a built and audited file the current generation: fsync, rename, swap the pointer.

        A generation of that name is the same function of the same inputs, so a standing one is kept (a reader may
        hold it open) and the new build is dropped.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        final = self.folder / name
        if final.exists():
            built.unlink()
        else:
            with built.open("rb+") as handle:
                os.fsync(handle.fileno())
            built.chmod(0o440)
            built.replace(final)
        fresh = self.folder / ".CURRENT.tmp"
        with fresh.open("w") as handle:
            handle.write(f"{name}\n")
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(self.pointer)
        _sync_folder(self.folder)
        return final

    def prune(self) -> list[str]:
        """Drop generations beyond the newest 14 nights and the newest of each of 6 months; returns their names."""
        standing = sorted((p for p in self.folder.glob("*.duckdb") if _NAME.fullmatch(p.name)), reverse=True)
        keep = {self.current().name, *(p.name for p in standing[:KEEP_DAILY])}
        months: dict[str, str] = {}
        for path in standing:
            months.setdefault(path.name[:7], path.name)
        keep.update(list(months.values())[:KEEP_MONTHLY])
        dropped = [path for path in standing if path.name not in keep]
        for path in dropped:
            path.unlink()
        return [path.name for path in dropped]
