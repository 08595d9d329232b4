"""Turns the rows of a seeded scenario into records of the same shape as drawn ones.

In `fields`, a person stands under `person`, `other_person`, `protected_person`, `victim`, `subject`, `text_person` or
`text_other`, a row under `crime`, `missing`, `intel`, `offender`, `co_missing` or `linked_crime`; a day is a number
that counts from the world's last day; "@place" is the reference of the care home there. Not here: reading the file
(scenario_files).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from data_contracts.yaml_reader import Value
from synthetic_world.model import UID_BITS
from synthetic_world.risks.risk_rows import DAY, TYPES
from synthetic_world.risks.risk_shapes import SHAPES, SPINE
from synthetic_world.scenarios.scenario_files import Record
from synthetic_world.scenarios.scenario_people import Address, Staged

_PEOPLE: Final = {
    "person": "person_uid", "other_person": "other_person_uid", "protected_person": "protected_person_uid",
    "victim": "victim_uid", "subject": "subject_uid", "text_person": "text_person_uid", "text_other": "text_other_uid",
}  # fmt: skip
_ROWS: Final = {
    "crime": "crime_key", "missing": "missing_key", "intel": "intel_key", "offender": "offender_key",
    "co_missing": "co_missing_key", "linked_crime": "linked_crime_key",
}  # fmt: skip
_HOMES: Final = ("home_ref", "care_home_ref")
_FEED_OF: Final = {"offender_key": "managed_offender", "intel_key": "intel_report", "missing_key": "missing_episode",
                   "co_missing_key": "missing_episode", "crime_key": "crime", "linked_crime_key": "crime"}  # fmt: skip
_USUAL: Final = {"op": "upsert", "handling": "P", "sensitivity": "none"}


@dataclass(frozen=True, slots=True)
class Rows:
    """The records of a scenario by number of force and feed, and the key of every named row."""

    records: Mapping[int, Mapping[str, pa.Table]]
    keys: Mapping[tuple[str, str], int]  # by feed and name


def rows_of(staged: Staged) -> Rows:
    """All records of a scenario. Raises ContractError for a field or a name that does not exist."""
    numbers = {places.force.force_code: number for number, places in staged.ground.places.items()}
    keys = _keys(staged)
    found: dict[int, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for record in staged.scenario.records:
        found[numbers[record.force]][record.feed].append(_row(staged, record, keys))
    tables = {
        number: {feed: _table(feed, rows) for feed, rows in sorted(feeds.items())}
        for number, feeds in sorted(found.items())
    }
    return Rows(tables, keys)


def _keys(staged: Staged) -> dict[tuple[str, str], int]:
    """A key for each named row, in the order of the file."""
    base, count = staged.ground.block.number << UID_BITS, defaultdict[str, int](int)
    keys = dict[tuple[str, str], int]()
    for record in staged.scenario.records:
        if (record.feed, record.name) not in keys:
            keys[record.feed, record.name] = base + count[record.feed]
            count[record.feed] += 1
        elif not record.version:
            raise record.node.error(
                f"{record.feed} {record.name} is there twice; give each row an id of its own"
            )
    return keys


def _row(staged: Staged, record: Record, keys: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    end = (staged.ground.world.end + 1) * DAY
    shape = SHAPES[record.feed]
    row: dict[str, Any] = {
        **_USUAL, "key": keys[record.feed, record.name], "version": record.version,
        "recorded_at": end + round(record.recorded * DAY), "occurred_from": end + round(record.day * DAY),
        "occurred_to": end + round(record.day * DAY),
    }  # fmt: skip
    if record.place:
        known = _place_columns(staged, staged.addresses[record.place])
        row |= {name: value for name, value in known.items() if name in shape}
    for name, value in record.fields.items():
        column = _PEOPLE.get(name) or _ROWS.get(name) or name
        if column not in {**SPINE, **shape}:
            raise record.node.error(f"{record.feed} has no field {name}")
        row[column] = _value(staged, record, name, value, keys)
    if record.feed in ("crime", "missing_episode"):
        row.setdefault("reported_at", row["recorded_at"])
    if row.get("returned_at"):
        row["occurred_to"] = row["returned_at"]
    return row


def _value(
    staged: Staged, record: Record, name: str, value: Value, keys: Mapping[tuple[str, str], int]
) -> Any:
    """A field's value: a person, a row, a moment, or what it says."""
    if value is None:
        return None
    if name in _PEOPLE:
        names = [one.name for one in staged.scenario.people]
        if value not in names:
            raise record.node.error(f"{name} is {value!r}, but nobody of that name is in the scenario")
        return (staged.ground.block.number << UID_BITS) + names.index(str(value))
    if name in _ROWS:
        key = keys.get((_FEED_OF[_ROWS[name]], str(value)))
        if key is None:
            raise record.node.error(f"{name} is {value!r}, but the scenario has no such row")
        return key
    kind = {**SPINE, **SHAPES[record.feed]}[name]
    if kind in "td":
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise record.node.error(f"{name} must be a number of days before the world's last day")
        end = staged.ground.world.end
        return end + int(value) if kind == "d" else (end + 1) * DAY + round(value * DAY)
    if isinstance(value, str) != (kind == "s") or isinstance(value, bool) != (kind == "b"):
        raise record.node.error(f"{name} of {record.feed} cannot be {value!r}")
    is_home = name in _HOMES and isinstance(value, str) and value.startswith("@")
    return _home_ref(staged, record, str(value)) if is_home else value


def _home_ref(staged: Staged, record: Record, value: str) -> str:
    """The reference of the care home at a place, written "@place"."""
    where = staged.addresses.get(value[1:])
    places = staged.ground.places[where.force] if where else None
    at = (
        np.flatnonzero(places.care_homes == where.address)
        if places and where
        else np.zeros(0, dtype=np.int64)
    )
    if not len(at) or places is None:
        raise record.node.error(f"{value} is no place of kind care_home; write the id of one")
    return places.care_home_refs[int(at[0])]


def _place_columns(staged: Staged, where: Address) -> dict[str, Any]:
    places = staged.ground.places[where.force]
    lsoa = int(places.address_lsoa[where.address])
    return {
        "address_line": places.address_line[where.address].as_py(),
        "postcode": places.address_postcode[where.address].as_py(),
        "lsoa_code": places.lsoa_codes[lsoa],
        "longitude": round(float(places.longitude[lsoa]), 6),
        "latitude": round(float(places.latitude[lsoa]), 6),
        "town": places.towns[int(places.town[lsoa])],
    }


def _table(feed: str, rows: list[dict[str, Any]]) -> pa.Table:
    columns = {**SPINE, **SHAPES[feed]}
    return pa.table(
        {name: pa.array([row.get(name) for row in rows], TYPES[kind]) for name, kind in columns.items()}
    )
