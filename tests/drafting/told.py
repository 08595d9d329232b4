"""Canonical rows of a fictional force, to be written in a dialect that nobody described.

Not here: the dialect (dialect), the world itself (synthetic_world).
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from synthetic_world.population.atlas import make_world
from synthetic_world.records.contracts import canonicals
from synthetic_world.records.journal import make_telling, tell
from synthetic_world.records.past import past_of, records_of, roll_of
from synthetic_world.records.personality import personality
from synthetic_world.writers.clock import second_of

FEEDS = ("crime", "crime_party", "person", "custody", "missing_episode", "intel_report", "managed_offender")
MOST_ROWS = 800


def write_rows(folder: Path, force_code: str = "northmoor", seed: int = 11, years: float = 3) -> None:
    """One Parquet file a feed, the last rows of each."""
    world = make_world("ci", seed, years, (force_code,))
    force = next(one for one in world.atlas if one.force_code == force_code)
    past = past_of(world, force)
    roll, records = roll_of(world, past), records_of(past, force.number)
    until = second_of(world.horizon + 1, "Europe/London")
    telling = make_telling(force, personality(force_code, force.number), roll, records, until, False)
    for feed, table in tell(telling, canonicals()):
        if feed in FEEDS:
            pq.write_table(table.slice(max(0, len(table) - MOST_ROWS)), folder / f"{feed}.parquet")


def read_rows(folder: Path, feed: str) -> pa.Table:
    """The rows, times in whole seconds as the world tells them (Parquet has none so coarse)."""
    table = pq.read_table(folder / f"{feed}.parquet")
    kinds = [
        pa.field(f.name, pa.timestamp("s") if pa.types.is_timestamp(f.type) else f.type) for f in table.schema
    ]
    return table.cast(pa.schema(kinds))
