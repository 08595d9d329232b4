"""Telephones, vehicles, e-mails, accounts and handset numbers that a force keeps for a person.

Every number is one that was never issued: telephones from the ranges kept for drama, registrations beginning with Q,
handset numbers beginning with 00, sort code 00-00-00, e-mails under .example. Not here: the person's own telephone
(people), who is in a cell (cells).
"""

from functools import lru_cache
from itertools import product
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.draws import key_of
from synthetic_world.model import Flags, Ints, Longs, stream
from synthetic_world.population.phones import telephones
from synthetic_world.rates import Rates
from synthetic_world.risks.risk_ground import Standing
from synthetic_world.risks.risk_rows import DAY, Book, Coded, Columns

KINDS: Final = ("phone", "vehicle", "email", "online_account", "imei", "bank_account")
_LINE: Final = -1  # in place of a salt: the number of the cell itself
_LETTERS: Final = "ABCDEFGHJKLMNOPRSTUVWXY"
_TRIPLES: Final = tuple("".join(three) for three in product("BCDFGHJKLMNPRSTVWXY", repeat=3))
_STARTS: Final = tuple(
    f"Q{letter}{year:02d} " for letter in _LETTERS for year in (*range(2, 26), *range(51, 76))
)
_HANDLES: Final = tuple(
    f"{first}{second}"
    for first in ("sun", "star", "king", "blue", "night", "lil", "real", "big", "x", "not")
    for second in ("rider", "boy", "girl", "wolf", "cat", "fox", "drip", "bandz", "rose", "ace", "moon")
)


def telephone_texts(number: Longs) -> pa.Array:
    """Telephone numbers as written, with their first 0."""
    return pc.binary_join_element_wise("0", pa.array(number).cast(pa.string()), "")


def line_number(cell_id: Longs) -> Longs:
    """The number that customers of a cell call, the same in every force."""
    return telephones(key_of(cell_id, 5))


def registrations(uid: Longs) -> pa.Array:
    """The registration of the vehicle of each person, always the same for one person."""
    key = key_of(uid, 11)
    start, triple = key % len(_STARTS), (key // len(_STARTS)) % len(_TRIPLES)
    return pc.binary_join_element_wise(_one_of(_STARTS, start), _one_of(_TRIPLES, triple), "")


def _one_of(words: tuple[str, ...], places: Longs) -> pa.Array:
    return _listed(words).take(pa.array(places))


@lru_cache(maxsize=8)
def _listed(words: tuple[str, ...]) -> pa.Array:
    return pa.array(words)


def make_identifiers(standing: Standing, book: Book, r: Rates, named: Flags) -> None:
    """Enter what forces keep of the people named in intelligence, of the prolific, and of cells."""
    ground = standing.ground
    random = stream(ground.world.seed, "identifiers", ground.block.key)
    n, offending = len(ground.people), ground.people.offending
    chance = np.minimum(
        r.number("identifier_people") * (0.4 + 0.6 * offending / max(float(offending.mean()), 1e-6)), 0.9
    )
    held = (random.random(n) < chance) | (named & (random.random(n) < r.number("identifier_named")))
    who, kind, salt = [], [], []
    for number, share in enumerate(r.numbers("identifier_kinds")):
        rows = np.flatnonzero(held & (random.random(n) < share))
        who.append(rows)
        kind.append(np.full(len(rows), number))
        salt.append(np.zeros(len(rows), dtype=np.int64))
    adults = np.flatnonzero((standing.cell.cell >= 0) & standing.cell.is_exporter)
    extra = np.repeat(adults, random.poisson(r.number("identifier_cell_phones"), size=len(adults)))
    held_line = adults[random.random(len(adults)) < r.number("identifier_cell_line")]
    who += [extra, held_line]
    kind.append(np.zeros(len(extra) + len(held_line), dtype=np.int64))
    salt += [1 + np.arange(len(extra)), np.full(len(held_line), _LINE)]
    people, kinds, salts = (np.concatenate(part) for part in (who, kind, salt))
    _write(standing, book, random, people.astype(np.int32), kinds, salts)


def _write(
    standing: Standing,
    book: Book,
    random: np.random.Generator,
    person: Ints,
    kind: npt.NDArray[Any],
    salt: Longs,
) -> None:
    world, n = standing.ground.world, len(person)
    seen = random.integers(world.start - 200, world.horizon, size=n)
    entered = np.maximum(seen, world.start - 100) + random.integers(0, 20, size=n)
    force, _ = standing.residence(person, seen)
    uid = book.uid(person)
    columns: Columns = {
        "key": book.keys("identifier", n), "recorded_at": entered.astype(np.int64) * DAY + random.integers(DAY, size=n),
        "occurred_from": seen.astype(np.int64) * DAY, "person_uid": uid, "kind": Coded(KINDS, kind.astype(np.int8)),
        "value": _values(standing, uid, person, kind, salt), "last_seen_date": seen.astype(np.int32),
    }  # fmt: skip
    book.add("identifier", force, columns)


def _values(standing: Standing, uid: Longs, person: Ints, kind: npt.NDArray[Any], salt: Longs) -> pa.Array:
    """The values in the order of the rows, made kind by kind."""
    key, own = key_of(uid, kind, salt), standing.ground.people.phone[person]
    own = np.where((own > 0) & (salt == 0), own, telephones(key))
    own = np.where(salt == _LINE, line_number(standing.cell.line[person]), own)
    tail = pc.utf8_lpad(pa.array(key % 100_000_000).cast(pa.string()), 8, "0")
    name = pc.binary_join_element_wise(
        _one_of(_HANDLES, key % len(_HANDLES)), pa.array(key // 1000 % 9_973).cast(pa.string()), ""
    )
    made = (
        telephone_texts(own),
        registrations(uid),
        pc.binary_join_element_wise(name, "@post.example", ""),
        pc.binary_join_element_wise("@", name, ""),
        pc.binary_join_element_wise("0044030", tail, ""),
        pc.binary_join_element_wise("00-00-00 ", tail, ""),
    )
    values = pa.array([""] * len(kind)) if len(kind) else pa.array([], pa.string())
    for number, texts in enumerate(made):
        values = pc.if_else(pa.array(kind == number), texts, values)
    return values
