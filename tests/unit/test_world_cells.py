"""Cells that sell over force borders in the fictional world. Not here: other crime (test_world_crimes), gates
(flow/test_world_gates_made).
"""

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import groupby

import pyarrow as pa
import pytest

from synthetic_world.crimes.cell_plans import Part, cells_from
from synthetic_world.crimes.cells import age_on, make_cells
from synthetic_world.crimes.crimes import crimes
from synthetic_world.model import Ground, World
from synthetic_world.population.atlas import all_blocks, make_world
from synthetic_world.population.ground import ground_of


@cache
def nine() -> World:
    return make_world("nine", 3)


def pool(home: int, other: int) -> tuple[Ground, pa.Table]:
    key = f"{nine().atlas[home].force_code}>{nine().atlas[other].force_code}"
    block = next(one for one in all_blocks(nine()) if one.key == key)
    here = ground_of(nine(), replace(block, n_people=3_000))
    return here, make_cells(here)


def test_cells_span_two_to_five_forces() -> None:
    parts = [part for force in nine().atlas[:9] for part in cells_from(nine(), force.number)]
    cells: dict[int, list[Part]] = {}
    for part in parts:
        cells.setdefault(part.cell_id, []).append(part)
    assert len(cells) == pytest.approx(
        6 * 12 * 5 / 3, rel=0.25
    )  # C3.8: 60 in 10 million people and three years
    spans = Counter(1 + len({part.importer for part in own}) for own in cells.values())
    assert set(spans) <= {2, 3, 4, 5} and spans[2] > spans[4] > 0 and spans[5] > 0
    for own in cells.values():
        assert 1 <= sum(part.n_exporters for part in own) <= 3
        assert len(own) <= sum(part.n_runners + part.n_members for part in own) <= 12 + len(own)
        assert {part.importer for part in own} <= set(nine().atlas[own[0].exporter].neighbours)


def test_a_cell_is_worked_in_every_pool_between_its_forces() -> None:
    own = next(
        parts
        for force in nine().atlas[:9]
        for _, group in groupby(cells_from(nine(), force.number), lambda part: part.cell_id)
        if len(parts := list(group)) == 3 and sum(part.n_exporters for part in parts) == 3
    )
    seen = Counter[str]()
    for part in own:
        for home, other in ((part.exporter, part.importer), (part.importer, part.exporter)):
            here, table = pool(home, other)
            rows = table.to_pandas()
            rows = rows[rows.cell_id == part.cell_id]
            assert table.equals(make_cells(here)) and rows.person.is_unique
            assert set(rows.role) == ({"exporter"} if home == part.exporter else {"runner", "member"})
            age = age_on(here.people, (nine().start + nine().end) // 2)[rows.person]
            assert (age[rows.role != "member"] >= 18).all()
            seen.update(rows.role)
            event = crimes(here, table).truth.tables["event"].to_pandas()
            assert set(event[event.cell == part.cell_id].suspect) <= set(rows.person)
    assert seen == {"exporter": 3, "runner": 3, "member": sum(part.n_members for part in own)}


def test_natives_have_no_cells() -> None:
    own = next(block for block in all_blocks(nine()) if block.key == nine().atlas[0].force_code)
    assert make_cells(ground_of(nine(), replace(own, n_people=3_000))).num_rows == 0
