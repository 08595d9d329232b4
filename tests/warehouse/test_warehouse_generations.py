"""Generations: a new file a night, one pointer, old nights kept for a while, and readers who can do nothing else."""

import stat
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.warehouse import (
    KEEP_DAILY,
    KEEP_MONTHLY,
    Generations,
    WarehouseError,
    connect_scratch,
    reading,
)


def built(folder: Path, n: int) -> Path:
    """A small warehouse file that says which it is."""
    path = folder / f"work-{n}.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute(f"create table said as select {n} as n")
    return path


def said(path: Path) -> int:
    with reading(path) as con:
        return int(con.execute("select n from said").fetchall()[0][0])


@pytest.fixture
def generations(tmp_path: Path) -> Generations:
    return Generations(tmp_path / "generations")


def name(day: date, n: int = 0) -> str:
    return Generations.name(day, f"{n:012x}" + "f" * 52)


NIGHT = date(2026, 11, 1)


def test_before_the_first_night_there_is_one_sentence(generations: Generations) -> None:
    with pytest.raises(WarehouseError, match="No night has finished here yet; run `make nightly` first"):
        generations.current()


def test_publishing_moves_the_pointer_and_closes_the_file(generations: Generations, tmp_path: Path) -> None:
    for n in (1, 2):
        path = generations.publish(built(tmp_path, n), name(NIGHT, n))
        assert generations.current() == path and said(path) == n
        assert stat.S_IMODE(path.stat().st_mode) == 0o440
    assert {p.name for p in generations.folder.iterdir()} == {"CURRENT", name(NIGHT, 1), name(NIGHT, 2)}
    assert not list(tmp_path.glob("work-*"))


def test_a_reader_of_last_night_is_not_disturbed_by_tonight(generations: Generations, tmp_path: Path) -> None:
    last = generations.publish(built(tmp_path, 1), name(NIGHT, 1))
    with reading(last) as con:
        generations.publish(built(tmp_path, 2), name(NIGHT, 2))
        assert con.execute("select n from said").fetchall() == [(1,)]
    assert said(generations.current()) == 2


def test_the_same_night_again_keeps_the_file_that_stands(generations: Generations, tmp_path: Path) -> None:
    first = generations.publish(built(tmp_path, 1), name(NIGHT))
    inode = first.stat().st_ino
    again = generations.publish(built(tmp_path, 1), name(NIGHT))
    assert again.stat().st_ino == inode and not (tmp_path / "work-1.duckdb").exists()


def test_a_pointer_to_a_lost_file_is_one_sentence(generations: Generations, tmp_path: Path) -> None:
    generations.publish(built(tmp_path, 1), name(NIGHT)).unlink()
    with pytest.raises(WarehouseError, match="which is gone; run `make nightly` to rebuild it"):
        generations.current()


def test_a_swap_that_dies_before_the_pointer_moves_leaves_last_night(
    generations: Generations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generations.publish(built(tmp_path, 1), name(NIGHT, 1))

    original = Path.replace

    def dies(self: Path, target: Path) -> None:
        if target.name == "CURRENT":
            raise OSError(28, "No space left on device")
        original(self, target)

    monkeypatch.setattr(Path, "replace", dies)
    with pytest.raises(OSError, match="No space left"):
        generations.publish(built(tmp_path, 2), name(NIGHT, 2))
    monkeypatch.undo()
    assert said(generations.current()) == 1
    generations.publish(built(tmp_path, 2), name(NIGHT, 2))
    assert said(generations.current()) == 2


def test_a_name_tells_the_night_and_its_inputs() -> None:
    assert Generations.name(NIGHT, "0123456789abcdef") == "2026-11-01_0123456789ab.duckdb"


def test_pruning_keeps_a_fortnight_six_months_and_the_current_one(generations: Generations) -> None:
    generations.folder.mkdir()
    days = [NIGHT - timedelta(days=n) for n in range(300)]
    for day in days:
        (generations.folder / name(day)).touch()
    (generations.folder / "notes.duckdb").touch()
    generations.pointer.write_text(name(days[250]) + "\n")  # somebody rolled back
    dropped = generations.prune()
    kept = {p.name for p in generations.folder.glob("20*.duckdb")}
    fortnight = {name(day) for day in days[:KEEP_DAILY]}
    newest_of = {f"{day:%Y-%m}": day for day in sorted(days)}
    monthly = {name(newest_of[month]) for month in sorted(newest_of, reverse=True)[:KEEP_MONTHLY]}
    assert kept == fortnight | monthly | {name(days[250])}
    assert set(dropped) == {name(day) for day in days} - kept
    assert (generations.folder / "notes.duckdb").exists()
    assert generations.prune() == []


ESCAPES = [
    "select * from read_csv('{other}/secret.csv')",
    "select * from read_text('{other}/secret.csv')",
    "select * from '{other}/secret.csv'",
    "select * from glob('{other}/*')",
    "attach '{other}/other.duckdb' as away",
    "copy said to '{other}/copy.csv'",
    "export database '{other}/export'",
    "install httpfs",
    "load httpfs",
    "select * from read_csv('http://127.0.0.1:9/x.csv')",
]
WRITES = [
    "create table mine (n int)",
    "insert into said values (9)",
    "update said set n = 9",
    "drop table said",
    "set enable_external_access = true",
    "set threads = 1",
    "reset enable_external_access",
]


@pytest.mark.parametrize("statement", ESCAPES + WRITES)
def test_a_reader_can_only_read_its_generation(statement: str, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "secret.csv").write_text("a\n1\n")
    duckdb.connect(str(other / "other.duckdb")).close()
    path = built(tmp_path, 1)
    content = path.read_bytes()
    with reading(path) as con, pytest.raises(duckdb.Error):
        con.execute(statement.format(other=other)).fetchall()
    assert path.read_bytes() == content
    assert sorted(p.name for p in other.iterdir()) == ["other.duckdb", "secret.csv"]


def test_the_same_statements_work_where_they_are_allowed(tmp_path: Path) -> None:
    """So that the refusals above are the lock's and not a slip in the statement."""
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with duckdb.connect(str(built(tmp_path, 1))) as con:
        for statement in (*ESCAPES[:4], *ESCAPES[5:6], *WRITES[:3], "set threads = 1"):
            con.execute(statement.format(other=tmp_path))


def test_landing_never_installs_anything(tmp_path: Path) -> None:
    with connect_scratch(1, "1GB", tmp_path / "spill") as con:
        names = ("autoinstall_known_extensions", "autoload_known_extensions", "temp_directory", "threads")
        found: Any = [con.execute("select current_setting(?)", [n]).fetchone()[0] for n in names]  # type: ignore[index]
    assert found == [False, False, str(tmp_path / "spill"), 1]
