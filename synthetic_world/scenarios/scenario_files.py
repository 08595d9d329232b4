"""Reads the seeded scenarios: one YAML file each, written by hand, with people, places and the rows of any feed.

A file gives `name`, `title`, `profile`, `find` (who must be found in what), `why` (why no single force could), `forces`
(the first is where the block is at home), `places`, `people` and `records`. Every complaint names file and line.
Not here: what becomes of them (scenario_people, scenario_rows).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from data_contracts.yaml_node import Node
from data_contracts.yaml_reader import Value, read
from synthetic_world.model import CULTURES, SEXES
from synthetic_world.risks.risk_shapes import SHAPES

FOLDER: Final = Path(__file__).parent
PROFILES: Final = ("vawg", "missing", "visor", "all")
PREMISES: Final = ("home", "care_home", "hotel", "licensed", "hospital", "school")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_PERSON_KEYS: Final = (
    "id", "part", "is_to_be_found", "sex", "age", "culture", "place", "household", "twin_of", "parent", "phone",
    "is_looked_after", "moves",
)  # fmt: skip
_RECORD_KEYS: Final = ("force", "feed", "id", "day", "time", "recorded", "at", "fields", "parties", "then")


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere that people live or things happen; which address it is follows from the world."""

    force: str
    town: int
    kind: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a scenario. Names are drawn; `part` says in words what they are in the story."""

    name: str
    part: str
    is_to_be_found: bool
    sex: int
    age: float
    culture: int
    place: str
    household: str
    twin_of: str  # "" for nobody
    parent: str  # whose surname they bear, "" for nobody's
    phone: int
    is_looked_after: bool
    moves: tuple[tuple[int, str], ...]  # day before the world's end, place


@dataclass(frozen=True, slots=True)
class Record:
    """One version of one row. Days count from the world's last day, so they are negative."""

    node: Node
    force: str
    feed: str
    name: str  # of the row; versions share it
    version: int
    day: float  # when it happened
    recorded: float  # when it was written down
    place: str  # "" for none
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One file."""

    name: str
    title: str
    profile: str
    find: str
    why: str
    forces: tuple[str, ...]
    places: Mapping[str, Place]
    people: tuple[Person, ...]
    records: tuple[Record, ...]


@lru_cache(maxsize=1)
def scenarios() -> tuple[Scenario, ...]:
    """Every scenario, in order of name. Raises ContractError for a file that is not as expected."""
    return tuple(read_scenario(path) for path in sorted(FOLDER.glob("*.yml")))


def read_scenario(path: Path) -> Scenario:
    """One scenario. Raises ContractError."""
    root = Node.root(read(path))
    root.only(("name", "title", "profile", "find", "why", "forces", "places", "people", "records"))
    forces = root.get("forces").texts()
    places = {item.get("id").text(): _place(item, forces) for item in root.get("places").items()}
    people = tuple(_person(item, places) for item in root.get("people").items())
    records = tuple(one for item in root.get("records").items() for one in _records(item, forces, places))
    return Scenario(
        _word(root.get("name")),
        root.get("title").text(),
        root.get("profile").choice(PROFILES),
        root.get("find").text(),
        root.get("why").text(),
        forces,
        places,
        people,
        records,
    )


def _word(node: Node) -> str:
    text = node.text()
    if not _NAME.fullmatch(text):
        raise node.error(f"{node.label} is {text!r}; use small letters, digits and underscores")
    return text


def _place(node: Node, forces: tuple[str, ...]) -> Place:
    node.only(("id", "force", "town", "kind"))
    kind, town = node.find("kind"), node.find("town")
    return Place(
        node.get("force").choice(forces),
        town.whole() if town else 0,
        kind.choice(PREMISES) if kind else "home",
    )


def _person(node: Node, places: Mapping[str, Place]) -> Person:
    node.only(_PERSON_KEYS)
    name = _word(node.get("id"))
    household, twin, parent = node.find("household"), node.find("twin_of"), node.find("parent")
    phone, found, care, moves = (
        node.find(key) for key in ("phone", "is_to_be_found", "is_looked_after", "moves")
    )
    return Person(
        name=name,
        part=node.get("part").text(),
        is_to_be_found=found.flag() if found else False,
        sex=SEXES.index(node.get("sex").choice(SEXES)),
        age=node.get("age").number(),
        culture=CULTURES.index(node.get("culture").choice(CULTURES)),
        place=node.get("place").choice(places),
        household=household.text() if household else name,
        twin_of=twin.text() if twin else "",
        parent=parent.text() if parent else "",
        phone=phone.whole() if phone else 0,
        is_looked_after=care.flag() if care else False,
        moves=tuple((_day(item.get("day")), item.get("to").choice(places)) for item in moves.items())
        if moves
        else (),
    )


def _day(node: Node) -> int:
    day = node.number()
    if day > 0 or day != int(day):
        raise node.error(
            f"{node.label} is {day:g}; days count back from the world's last day, so write 0 or less"
        )
    return int(day)


def _records(node: Node, forces: tuple[str, ...], places: Mapping[str, Place]) -> Iterator[Record]:
    """All versions of a row, and the rows of the people named in it."""
    node.only(_RECORD_KEYS)
    force, feed = node.get("force").choice(forces), node.get("feed").choice(SHAPES)
    name, at = node.find("id"), node.find("at")
    label = name.text() if name else f"line {node.document.line(node.place)}"
    time = node.find("time")
    happened = _day(node.get("day")) + (_hours(time) / 24 if time else 0.5)
    recorded = node.find("recorded")
    entered = happened + (recorded.number() if recorded else 0.2)
    place = at.choice(places) if at else ""
    fields = dict(node.get("fields").mapping())
    yield Record(node, force, feed, label, 0, happened, entered, place, fields)
    then = node.find("then")
    for number, item in enumerate(then.items() if then else (), start=1):
        changes = dict(item.mapping())
        after = item.get("after").number()
        del changes["after"]
        fields = {**fields, **changes}
        yield Record(item, force, feed, label, number, happened, entered + after, place, fields)
    parties = node.find("parties")
    for number, item in enumerate(parties.items() if parties else ()):
        own = {f"{feed.removesuffix('_report')}": f"{label}", **item.mapping()}
        party = "crime_party" if feed == "crime" else "intel_party"
        yield Record(item, force, party, f"{label}/{number}", 0, happened, entered, "", own)


def _hours(node: Node) -> float:
    hours, _, minutes = node.text().partition(":")
    if not (hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60):
        raise node.error(f"{node.label} is {node.text()!r}; write it as 23:10")
    return int(hours) + int(minutes) / 60
