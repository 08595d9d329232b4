"""Writes the texts of a block's intelligence reports, all at once, by joining drawn pieces.

Not here: the pieces (intel_phrases), who is named and why (intel).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.draws import key_of
from synthetic_world.model import NOBODY, Codes, Flags, Ints
from synthetic_world.rates import Rates
from synthetic_world.risks.intel_phrases import ALIAS, CUT, PLACE, SCANNED, WRITTEN, Phrases, phrases
from synthetic_world.risks.risk_ground import Standing, address_texts, towns_of


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of reports and what they quote."""

    text: pa.Array
    has_phone: Flags
    has_vehicle: Flags
    alias: Ints  # index into nicknames, NOBODY where none is said
    nicknames: pa.Array


def texts_of(
    standing: Standing,
    r: Rates,
    random: np.random.Generator,
    theme: Codes,
    origin: npt.NDArray[Any],
    subject: Ints,
    other: Ints,
    day: Ints,
) -> Texts:
    """A text for each report."""
    n, words = len(theme), phrases()
    group = 2 * theme.astype(np.int32) + (other != NOBODY)
    phrase = words.start[group] + (random.random(n) * words.count[group]).astype(np.int32)
    draw = random.random(n)
    edition = np.full(n, WRITTEN, dtype=np.int32)
    edition[draw < r.number("intel_truncated") + r.number("intel_scanned")] = SCANNED
    edition[draw < r.number("intel_truncated")] = CUT
    opening = words.openings.start[origin] + (random.random(n) * words.openings.count[origin]).astype(
        np.int32
    )
    last = len(words.closings.texts) - 1
    closing = np.where(edition == CUT, last, random.integers(last, size=n)).astype(np.int32)
    fill = words.fill[phrase]
    alias = np.where(fill == ALIAS, nickname_of(standing, subject, len(words.nicknames)), NOBODY).astype(
        np.int32
    )
    row = phrase + edition * len(words)
    pieces = (
        words.openings.texts.take(pa.array(opening)),
        words.before.take(pa.array(row)),
        _filled(standing, r, random, words, fill, alias, subject, day),
        words.after.take(pa.array(row)),
        words.closings.texts.take(pa.array(closing)),
    )
    text = pc.binary_join_element_wise(*pieces, "") if n else pa.array([], pa.string())
    return Texts(text, words.has_phone[phrase], words.has_vehicle[phrase], alias, words.nicknames)


def nickname_of(standing: Standing, person: Ints, n: int) -> Ints:
    """The nickname of a person, the same in all reports."""
    uid = person.astype(np.int64) + (standing.ground.block.number << 32)
    return (key_of(uid, 7) % n).astype(np.int32)


def _filled(
    standing: Standing,
    r: Rates,
    random: np.random.Generator,
    words: Phrases,
    fill: Codes,
    alias: Ints,
    subject: Ints,
    day: Ints,
) -> pa.Array:
    """What goes in the middle: a nickname, a town, an address of the subject, or nothing."""
    start, towns, _ = towns_of(standing.ground)
    few = pa.concat_arrays([pa.array([""]), words.nicknames.cast(pa.string()), towns])
    code = np.where(fill == ALIAS, 1 + alias.astype(np.int32), 0).astype(np.int32)
    rows = np.flatnonzero(fill == PLACE)
    force, address = standing.residence(subject[rows], day[rows])
    is_exact = random.random(len(rows)) < r.number("intel_exact_place")
    for number, places in standing.ground.places.items():
        mine = force == number
        town = places.town[places.address_lsoa[address[mine]]]
        code[rows[mine]] = 1 + len(words.nicknames) + start[number] + town
    lines, _ = address_texts(standing, force[is_exact], address[is_exact])
    code[rows[is_exact]] = len(few) + np.arange(len(lines))
    return pa.concat_arrays([few, lines]).take(pa.array(code))
