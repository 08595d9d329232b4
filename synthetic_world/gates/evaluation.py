"""The tables of the answer book that only gates need, for the blocks of one force: suspects, and large worlds' cohorts.

Not here: their rows (suspects, cohorts), what is judged with them (gates).
"""

from collections.abc import Iterable
from typing import Final

import pyarrow as pa

from synthetic_world.gates.cohorts import cohort_table
from synthetic_world.gates.suspects import suspect_table, suspects_of
from synthetic_world.model import Ground, Happening, World

RESIDENTS: Final = 150_000  # of the forces asked for: with fewer, nobody could tell one score from another


def evaluation(world: World, drawn: Iterable[tuple[Ground, Happening]]) -> dict[str, pa.Table]:
    """By table: the rows of these blocks and what their crimes were."""
    is_large = sum(one.population for one in world.atlas if one.force_code in world.asked) >= RESIDENTS
    found: dict[str, list[pa.Table]] = {"suspect": [], "cohort": []}
    for ground, happening in drawn:
        if "label" in happening.truth.tables:
            suspects = suspects_of(ground, happening)
            found["suspect"].append(suspect_table(ground, suspects))
            if is_large:
                found["cohort"].append(cohort_table(world, ground, happening, suspects))
    return {name: pa.concat_tables(parts) for name, parts in found.items() if parts}
