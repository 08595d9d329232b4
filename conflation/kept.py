"""What a linkage keeps from one night to the next: the state of the last one, whole or not at all.

A state is a folder of Parquet files under <kept>/<model id>/, named by the hash of what is in it; CURRENT names the one
to read. Not here: what the tables mean (nightly.py), persons' ids (ledger.py).
"""

import hashlib
import shutil
from pathlib import Path

from conflation.workspace import Connection, ask, text

TABLES = (
    *("known_nodes", "known_readings", "known_pairs", "known_inner_only"),
    *("known_clusters", "known_generic"),
)


def read_state(con: Connection, folder: Path) -> bool:
    """Load the tables of the last state; False where there is none."""
    pointer = folder / "CURRENT"
    state = folder / pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else None
    if state is None or not all((state / f"{name}.parquet").is_file() for name in TABLES):
        return False
    for name in TABLES:
        path = text(str(state / f"{name}.parquet"))
        ask(con, f"create or replace table {name} as from read_parquet({path})")
    return True


def write_state(con: Connection, folder: Path) -> None:
    """Keep the tables as the new state, and drop the one before."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / ".writing"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    digest = hashlib.sha256()
    for name in TABLES:
        path = aside / f"{name}.parquet"
        ask(con, f"copy (from {name} order by all) to {text(str(path))} (format parquet, compression zstd)")
        digest.update(path.read_bytes())
    state = folder / digest.hexdigest()[:16]
    if state.exists():
        shutil.rmtree(aside)
    else:
        aside.rename(state)
    fresh = folder / ".CURRENT"
    fresh.write_text(state.name + "\n", encoding="utf-8")
    fresh.replace(folder / "CURRENT")
    for old in folder.iterdir():
        if old.is_dir() and old != state:
            shutil.rmtree(old, ignore_errors=True)
