"""Who was named as a suspect of which recorded crime, as the records of a block have it: what any scorer may know.

Not here: what is hidden (hidden_risk), who stands in a cohort (cohorts).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.crimes.crime_parties import SUSPECT, VICTIM
from synthetic_world.crimes.offences import RULES, offences
from synthetic_world.model import NOBODY, UID_BITS, Codes, Flags, Ground, Happening, Ints, Longs
from synthetic_world.records.lookup import Lookup
from synthetic_world.records.mentions import longs

_AGAINST_WOMEN = tuple(RULES.index(rule) for rule in "FOC")  # by their kind, where the victim is female


@dataclass(frozen=True, slots=True)
class Suspects:
    """One entry each person named in a recorded crime, as first recorded."""

    person: Ints  # index in the block
    crime_key: Longs
    force: Ints
    occurred: Longs  # second
    known: Longs  # second from which the force had it on record
    tier: Codes
    is_vawg: Flags  # violence against women and girls, by kind or flag and the victim's sex
    is_sexual: Flags
    is_stalking: Flags
    victim: Ints  # index in the block, NOBODY where none is named

    def __len__(self) -> int:
        """How many."""
        return len(self.person)


def suspects_of(ground: Ground, happening: Happening) -> Suspects:
    """All of them, in all forces that a block touches."""
    parts = [_of_force(ground, number, tables) for number, tables in sorted(happening.records.items())]
    joined = (np.concatenate([getattr(part, name) for part in parts]) for name in Suspects.__slots__)
    return Suspects(*joined)


def suspect_table(ground: Ground, found: Suspects) -> pa.Table:
    """The same for the answer book."""
    names = ("crime_key", "force", "occurred", "known", "tier", "is_vawg")
    columns = {name: getattr(found, name) for name in names}
    home = np.full(len(found), ground.block.home.number, np.int32)
    return pa.table({"person_uid": ground.people.uid[found.person], "home": home, **columns})


def _of_force(ground: Ground, number: int, tables: Any) -> Suspects:
    crime, party = (_first_versions(tables[feed]) for feed in ("crime", "crime_party"))
    key, place = longs(crime["key"]), longs(party["crime_key"])
    row = Lookup.of(key).places(place)
    role = party["role"].combine_chunks().indices.to_numpy()
    person = _indices(party["person_uid"])
    victim = np.full(len(key), NOBODY, np.int32)
    hurt = np.flatnonzero((role == VICTIM) & (person != NOBODY))
    victim[row[hurt]] = person[hurt]
    at = np.flatnonzero((role == SUSPECT) & (person != NOBODY))
    row = row[at]
    tier, rule, sexual, stalking = (one[_offence_codes(crime)[row]] for one in _by_code())
    is_female = np.zeros(len(at), bool)
    known_victim = victim[row] != NOBODY
    is_female[known_victim] = ground.people.sex[victim[row][known_victim]] == 0
    at_home = pc.fill_null(crime["is_domestic_abuse"], False).to_numpy()[row]
    return Suspects(
        person=person[at],
        crime_key=key[row],
        force=np.full(len(at), number, np.int32),
        occurred=longs(crime["occurred_from"])[row],
        known=longs(party["recorded_at"])[at],
        tier=tier,
        is_vawg=is_female & (at_home | np.isin(rule, _AGAINST_WOMEN)),
        is_sexual=sexual,
        is_stalking=stalking,
        victim=victim[row],
    )


def _first_versions(table: pa.Table) -> pa.Table:
    return table.filter(pc.equal(table["version"], 0)).combine_chunks()


def _indices(uids: pa.ChunkedArray) -> Ints:
    """Uids of a block as places in it; NOBODY for null."""
    found = longs(uids)
    return np.where(found == NOBODY, NOBODY, found & ((1 << UID_BITS) - 1)).astype(np.int32)


def _offence_codes(crime: pa.Table) -> npt.NDArray[Any]:
    """One number for each pair of court code and counting class."""
    codes = crime["cjs_code"].combine_chunks().indices.to_numpy().astype(np.int64)
    classes = pc.fill_null(crime["rc_class"].combine_chunks().indices, NOBODY).to_numpy().astype(np.int64)
    return np.asarray(codes * (len(offences().rc_class.values) + 1) + classes + 1)


@lru_cache(maxsize=1)
def _by_code() -> tuple[Codes, Codes, Flags, Flags]:
    """By that number: tier, rule, whether sexual, whether stalking. What two offences share is that of the worse."""
    known = offences()
    width = len(known.rc_class.values) + 1
    code = known.cjs_code.codes.astype(np.int64) * width + known.rc_class.codes + 1
    size = width * len(known.cjs_code.values)
    tier, rule = np.zeros((2, size), np.uint8)
    np.maximum.at(tier, code, known.tier)
    np.maximum.at(rule, code, known.rule)
    words = np.repeat(np.array(known.cjs_code.values.to_pylist()), width)
    sexual, stalking = (np.char.startswith(words, start) for start in ("SX", "PH97"))
    return tier, rule, sexual, stalking
