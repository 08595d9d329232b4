"""The words of the fictional world: World, Force, Block, Places, People, Ties, Records.

A block is the unit of independence: the people of one force, or a pool who live in one force and touch another. It
has its own random streams, so that what happens in it depends on the seed, the stage and its key alone: adding a
force changes no other force's files, and the number of threads changes nothing. Arrays of one length are one table.
Not here: how any of it is drawn (places, people, … , scenarios), how it is written to files (deliveries).
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from synthetic_world.rates import Knobs

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Indices = npt.NDArray[np.integer[Any]]  # whole numbers of any width, on the way to one of the others
Floats = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]

EPOCH: Final = date(1970, 1, 1)  # days and seconds count from here, as in numpy's datetime64
UID_BITS: Final = 32  # person_uid = block number << UID_BITS | index in the block
NOBODY: Final = -1

SEXES: Final = ("F", "M")
ETHNICITIES: Final = (
    "W1", "W2", "W3", "W5", "W9", "M1", "M2", "M3", "M9", "A1", "A2", "A3", "A4", "A9", "B1", "B2", "B9", "O2", "O9",
)  # fmt: skip
CULTURES: Final = (
    "british", "irish", "polish", "romanian", "albanian", "south_asian_muslim", "sikh", "hindu", "somali",
    "nigerian", "chinese", "vietnamese", "arabic", "portuguese", "caribbean",
)  # fmt: skip
TIES: Final = (
    "partner", "ex_partner", "parent", "child", "sibling", "other_family", "co_resident", "care_placement",
    "associate",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """What was asked for. Days are counted from EPOCH; the simulation runs past `end` so that later nights exist."""

    seed: int
    scale: str
    start: int  # first day of history
    end: int  # the last day delivered by `world make`
    horizon: int  # the last day simulated (later nights are drawn from what lies between)
    atlas: tuple["Force", ...]  # every force there is, asked for or not
    asked: tuple[str, ...]  # force codes whose files are written
    interactions: str = "usual"  # usual | high: threshold effects that a linear model cannot see
    knobs: Knobs = ()  # rates turned by hand
    tasking: tuple[tuple[int, int, int], ...] = ()  # person_uid, first and last day of having been tasked

    @property
    def years(self) -> float:
        """Simulated years, history and later nights."""
        return (self.horizon - self.start + 1) / 365.25


@dataclass(frozen=True, slots=True)
class Force:
    """One force of the atlas. population is that of the scale asked for; multipliers are its habits (C2)."""

    number: int  # its place in the atlas
    force_code: str
    population: int
    neighbours: tuple[int, ...]  # numbers of the forces its people cross into
    crime: float  # multipliers, lognormal about 1
    intel: float
    missing: float
    custody: float
    recording: float  # shift on the logit of the chance that something reported is recorded
    flagging: float  # shift on the logit of the quality of flags


@dataclass(frozen=True, slots=True)
class Block:
    """People drawn together: natives of `home` (no other), a pool living there and touching `other`, or a scenario."""

    number: int  # stable: from the atlas, never from what was asked for
    home: Force
    other: Force | None
    n_people: int
    scenario: str = ""  # name of a seeded scenario, which is written by hand and not drawn

    @property
    def key(self) -> str:
        """Its name: "northmoor", "northmoor>calderwick", "northmoor>calderwick#twins"."""
        pair = f"{self.home.force_code}>{self.other.force_code}" if self.other else self.home.force_code
        return f"{pair}#{self.scenario}" if self.scenario else pair


def stream(seed: int, stage: str, key: str) -> np.random.Generator:
    """The random stream of one stage and one block, force or cell."""
    words = (seed, zlib.crc32(stage.encode()), zlib.crc32(key.encode()))
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))


@dataclass(frozen=True, slots=True)
class Places:
    """The ground of one force. Addresses: one row each; `lsoa` indexes lsoa_codes. Postcodes were never issued."""

    force: Force
    lsoa_codes: tuple[str, ...]
    deprivation: Floats  # by LSOA, mean 0, spread 1, smooth in space
    towns: tuple[str, ...]
    town: Ints  # by LSOA: index into towns
    longitude: Floats  # by LSOA, of its centre
    latitude: Floats
    address_lsoa: Ints  # by address
    address_line: pa.Array  # by address, string: "14 Larch Lane, Stannerby"
    address_postcode: pa.Array  # by address, string
    care_homes: Ints  # addresses
    care_home_refs: tuple[str, ...]  # one a care home, as all forces write it
    night_time: Ints  # LSOAs with a night-time economy
    hotels: Ints  # addresses
    licensed: Ints  # addresses
    hospitals: Ints  # addresses
    schools: Ints  # addresses


@dataclass(frozen=True, slots=True)
class People:
    """Everybody of a block who may come to notice, one array entry each. Indices are of the block."""

    block: Block
    household: Ints
    sex: Codes  # index into SEXES
    birth_day: Ints
    ethnicity: Codes  # index into ETHNICITIES
    culture: Codes  # index into CULTURES
    forename: Ints  # index into names.Vocabulary.forenames
    middle: Ints  # the same, NOBODY for none
    surname: Ints  # index into names.Vocabulary.surnames
    former_surname: Ints  # the same, NOBODY for none
    address: Ints  # of the home force's Places, where they live at `start`
    twin_of: Ints  # index, NOBODY for none
    is_looked_after: Flags  # a child in care
    phone: Longs  # number without the leading zero, from the ranges kept for drama
    # latents: no file of any force ever holds them
    offending: Floats
    vulnerability: Floats
    mental_health: Flags
    substance: Flags
    # moves, one row each, in order of person and day
    move_person: Ints
    move_day: Ints
    move_force: Ints  # number of the force moved to
    move_address: Ints  # address in that force's Places

    def __len__(self) -> int:
        """How many."""
        return len(self.sex)

    @property
    def uid(self) -> Longs:
        """person_uid of everybody."""
        return (np.int64(self.block.number) << UID_BITS) + np.arange(len(self), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Ties:
    """Who is what to whom inside a block, one row a tie from `a` to `b`; a pair stands there once, not both ways."""

    a: Ints
    b: Ints
    kind: Codes  # index into TIES: what b is to a
    start_day: Ints
    end_day: Ints  # the day it ended; a large number while it lasts


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything that events are drawn on: one block's people and ties, and the places of every force it touches."""

    world: World
    block: Block
    places: Mapping[int, Places]  # by number of force
    people: People
    ties: Ties


# Records: what the forces wrote down, before identities are garbled and files written. One table for each force and
# feed; concatenating those of all blocks that touch a force gives that force's records. Columns of every table:
RECORD_COLUMNS: Final = {
    "key": pa.int64(),  # names the row across versions; unique in its feed over the whole world
    "version": pa.int16(),  # 0, 1, …: corrections, closures, cancellations
    "op": pa.string(),  # upsert | delete
    "recorded_at": pa.timestamp("s"),  # when the force recorded this version, UTC
    "occurred_from": pa.timestamp("s"),
    "occurred_to": pa.timestamp("s"),
    "handling": pa.string(),  # P | C
    "sensitivity": pa.string(),
}
# Then the canonical fields of the feed (data_contracts/canonical), but
#   * a reference to a row of another feed is that row's key: crime_key, missing_key, offender_key, intel_key (int64);
#   * a person is a uid: person_uid, other_person_uid, protected_person_uid, victim_uid, subject_uid (int64, null); the
#     name block and the *_ref columns are left out, and filled in when mentions are made;
#   * a row that quotes people in free text holds {person}, {other}, {phone}, {vehicle} where mentions are to be put.
# The feed `person` has no records: nominals follow from who is mentioned.
RecordTables = Mapping[str, pa.Table]  # by feed


@dataclass(frozen=True, slots=True)
class Truth:
    """What really happened in one block, for the answer book only: tables by name (event, label, latent, cell)."""

    tables: Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Happening:
    """What one block gives: records by force number, and the truth behind them."""

    records: Mapping[int, RecordTables]
    truth: Truth
