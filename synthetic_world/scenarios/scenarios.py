"""The seeded scenarios: cases written by hand that every world with their forces contains and profiles must find.

Each is a block of its own with people and records of the same shape as drawn ones; the answer book says who must be
found in what, and why no single force could. Not here: reading the files (scenario_files), people (scenario_people),
rows (scenario_rows).
"""

from dataclasses import dataclass

import pyarrow as pa

from synthetic_world.model import Ground, Happening, Truth, World
from synthetic_world.scenarios.scenario_files import scenarios
from synthetic_world.scenarios.scenario_people import Staged, staged
from synthetic_world.scenarios.scenario_rows import Rows, rows_of


@dataclass(frozen=True, slots=True)
class Seeded:
    """A scenario in a world."""

    ground: Ground
    happening: Happening


def seeded(world: World) -> tuple[Seeded, ...]:
    """The scenarios that touch a force that was asked for, in order of name. Raises ContractError."""
    found = []
    for place, scenario in enumerate(scenarios()):
        if set(scenario.forces) & set(world.asked):
            one = staged(world, scenario, place)
            rows = rows_of(one)
            found.append(Seeded(one.ground, Happening(rows.records, Truth(_truth(one, rows)))))
    return tuple(found)


def scenario_grounds(world: World) -> tuple[Ground, ...]:
    """The grounds alone."""
    return tuple(one.ground for one in seeded(world))


def _truth(one: Staged, rows: Rows) -> dict[str, pa.Table]:
    """Who plays which part, and which row is about whom."""
    story, people = one.scenario, one.ground.people
    uids = people.uid.tolist()
    who = {
        "scenario": [story.name] * len(uids),
        "title": [story.title] * len(uids),
        "profile": [story.profile] * len(uids),
        "forces": [", ".join(story.forces)] * len(uids),
        "person_uid": uids,
        "person": [person.name for person in story.people],
        "part": [person.part for person in story.people],
        "is_to_be_found": [person.is_to_be_found for person in story.people],
        "find": [story.find] * len(uids),
        "why": [story.why] * len(uids),
    }
    listed = [
        {
            "scenario": story.name,
            "force": record.force,
            "feed": record.feed,
            "key": rows.keys[record.feed, record.name],
        }
        for record in story.records
        if not record.version
    ]
    return {"scenario": pa.table(who), "scenario_record": pa.Table.from_pylist(listed)}
