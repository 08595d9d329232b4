"""What a linkage keeps from one night to the next: the state of the last one, whole or not at all.

A state is a few folders of Parquet files under <kept>/<model id>/, each named by the hash of what is in it; CURRENT
names those to read, oldest first. A night on which nothing is gone only adds a folder, so its cost goes with what is
new. Where something is gone, or the folders become many, one whole folder takes their place: what no mention says any
more is not kept. Not here: what the tables mean (nightly.py), persons' ids (ledger.py).
"""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

from conflation.workspace import Connection, ask, text

GROWING = (
    "known_nodes",
    "known_readings",
    "known_pairs",
    "known_inner_only",
)  # every folder holds some of it
NEWEST = ("known_clusters", "known_generic")  # the newest folder holds all of it
MOST_FOLDERS = 30


def read_state(con: Connection, folder: Path) -> bool:
    """Load the tables of the last state; False where there is none."""
    parts = _parts(folder)
    if not parts:
        return False
    for name in (*GROWING, *NEWEST):
        paths = [part / f"{name}.parquet" for part in (parts if name in GROWING else parts[-1:])]
        listed = ", ".join(text(str(path)) for path in paths)
        ask(con, f"create or replace table {name} as from read_parquet([{listed}])")
    return True


def may_grow(folder: Path) -> bool:
    """Whether another folder may be added to the state."""
    return len(_parts(folder)) < MOST_FOLDERS


def write_state(con: Connection, folder: Path, told: Mapping[str, str], is_added: bool = False) -> None:
    """Keep what is told (table → SQL) as the new state, or as an addition to it, and drop what is not read any more."""
    folder.mkdir(parents=True, exist_ok=True)
    before = [part.name for part in _parts(folder)] if is_added else []
    aside = folder / ".writing"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    digest = hashlib.sha256(" ".join(before).encode())
    for name in (*GROWING, *NEWEST):
        path = aside / f"{name}.parquet"
        ask(
            con,
            f"copy (from ({told[name]}) order by 1, 2) to {text(str(path))} (format parquet, compression zstd)",
        )
        digest.update(path.read_bytes())
    state = folder / digest.hexdigest()[:16]
    if state.exists():
        shutil.rmtree(aside)
    else:
        aside.rename(state)
    names = [*before, state.name]
    fresh = folder / ".CURRENT"
    fresh.write_text("\n".join(names) + "\n", encoding="utf-8")
    fresh.replace(folder / "CURRENT")
    for old in folder.iterdir():
        if old.is_dir() and old.name not in names:
            shutil.rmtree(old, ignore_errors=True)


def _parts(folder: Path) -> list[Path]:
    """The folders of the last state, oldest first; none where there is no state or one of them is not whole."""
    pointer = folder / "CURRENT"
    parts = (
        [folder / name for name in pointer.read_text(encoding="utf-8").split()] if pointer.is_file() else []
    )
    whole = all((part / f"{name}.parquet").is_file() for part in parts for name in (*GROWING, *NEWEST))
    return parts if whole else []
