"""Gathers the rows of the seeded scenarios from a landing folder, and whom the answer book says they are about.

Not here: how files are read (world_reading), what each scenario must show (test_world_scenarios_found).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import duckdb

from data_contracts.checks import read_row
from data_contracts.registry import Registry
from tests.flow.world_reading import feeds_of, rows_of

FORCES = ("northmoor", "calderwick", "eastmarch")
SAME_NAME = 0.8  # of the letters of forename and surname, in whichever order they stand


@dataclass(frozen=True)
class Row:
    """One row as it was sent, and who the answer book says it is about."""

    force: str
    feed: str
    values: dict[str, Any]
    people: frozenset[str]  # by their names in the scenario

    @property
    def words(self) -> str:
        """All that it says, telephone numbers written without their leading nought."""
        said = " | ".join(str(value) for value in self.values.values() if value is not None)
        return re.sub(r"\b0(7[0-9]{9})\b", r"\1", said)


@dataclass(frozen=True)
class Story:
    """The rows of all scenarios, and the nominals that stand for their people."""

    rows: dict[str, list[Row]]
    listed: dict[str, set[tuple[str, str, str]]]  # force, feed and reference of each row that must be there

    @classmethod
    def read(cls, registry: Registry, world: Path) -> "Story":
        listed, people = _book(world)
        where = {place: name for name, places in listed.items() for place in places}
        found: dict[str, list[Row]] = {name: [] for name in listed}
        for force, feed, values in _landed(registry, world, {ref for _, _, ref in {*where, *people}}):
            place = (force, feed, str(values["source_record_id"]))
            for name in {where.get(place), *(one for one, _ in people.get(place, ()) if feed == "person")} - {
                None
            }:
                about = {person for one, person in people.get(place, ()) if one == name}
                found[str(name)].append(Row(force, feed, values, frozenset(about)))
        return cls(found, listed)

    def forces_saying(self, name: str, text: str) -> set[str]:
        """The forces some row of which holds these words."""
        return {row.force for row in self.rows[name] if text.lower() in row.words.lower()}

    def forces_naming(self, name: str, person: str) -> dict[str, list[dict[str, Any]]]:
        """By force, how it named somebody."""
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.rows[name]:
            if person in row.people and row.values.get("surname"):
                found.setdefault(row.force, []).append(row.values)
        return found


def _book(world: Path) -> tuple[dict[str, set[Any]], dict[Any, set[Any]]]:
    """From the answer book: the rows of each scenario, and who of it is meant in any row."""
    table = {
        name: f"read_parquet('{(world / 'truth' / f'truth_{name}').as_posix()}/*.parquet')"
        for name in ("scenario", "scenario_record", "record", "mention", "nominal")
    }
    listed: dict[str, set[Any]] = {}
    people: dict[Any, set[Any]] = {}
    with duckdb.connect() as con:
        for name, *place in con.execute(
            f"""select s.scenario, s.force, s.feed, r.source_record_id from {table["scenario_record"]} s
                left join {table["record"]} r on (r.force_code, r.feed, r.key) = (s.force, s.feed, s.key)"""
        ).fetchall():
            listed.setdefault(name, set()).add(tuple(place))
        for name, person, *place in con.execute(
            f"""select scenario, person, force_code, feed, source_record_id
                from {table["scenario"]} join {table["mention"]} using (person_uid)
                union select scenario, person, force_code, 'person', person_ref
                from {table["scenario"]} join {table["nominal"]} using (person_uid)"""
        ).fetchall():
            people.setdefault(tuple(place), set()).add((name, person))
    return listed, people


def _landed(registry: Registry, world: Path, wanted: set[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Force, feed and values of every row with one of these references."""
    for force in FORCES:
        for path in sorted((world / "landing" / force).rglob("*.*")):
            for match in feeds_of(registry, world / "landing", path):
                for row in rows_of(match, path):
                    if not wanted.isdisjoint(row.values()):
                        yield (
                            force,
                            match.contract.feed,
                            read_row(match.contract, row, period=match.period).values,
                        )


def is_alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether a careful reader would take two mentions for one person: names alike, and births if both are told."""
    names = [
        " ".join(sorted(str(row.get(part) or "").lower() for part in ("forename", "surname")))
        for row in (one, other)
    ]
    alike = SequenceMatcher(None, *names).ratio() >= SAME_NAME
    return alike and _is_birth(one.get("birth_date"), other.get("birth_date"))


def _is_birth(one: date | None, other: date | None) -> bool:
    """At least two of day, month and year agree; or the year does, where one was put down as the first of January."""
    if one is None or other is None:
        return True
    same = [getattr(one, part) == getattr(other, part) for part in ("year", "month", "day")]
    return sum(same) >= 2 or (same[0] and (1, 1) in [(day.month, day.day) for day in (one, other)])


def joins(story: Story, name: str, person: str, first: str, *others: str) -> bool:
    """Whether each of these forces named somebody so that the mentions join: in a row's fields, or in its words."""
    named = story.forces_naming(name, person)
    return all(
        any(is_alike(one, other) for one in named.get(first, ()) for other in named.get(force, ()))
        or any(_says(story, name, force, one) for one in named.get(first, ()))
        or any(_says(story, name, first, other) for other in named.get(force, ()))
        for force in others
    )


def _says(story: Story, name: str, force: str, person: dict[str, Any]) -> bool:
    return force in story.forces_saying(name, f"{person.get('forename')} {person['surname']}")
