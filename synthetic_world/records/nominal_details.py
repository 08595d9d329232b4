"""What the force's nominals hold as time goes by, and the mentions that simply repeat it, right or wrong (C5).

The first record makes the nominal, errors and all; later ones put its name or address right now and then; and most
mentions in between copy what it says. Not here: numbers and mergers (nominals), rows of the feed `person`
(person_feed).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from synthetic_world.draws import Draws
from synthetic_world.luck import Errors
from synthetic_world.model import NOBODY, Codes, Flags, Ints, Longs
from synthetic_world.population.birthdays import NO_DATE
from synthetic_world.rates import rates
from synthetic_world.records.mentions import Mentions
from synthetic_world.records.noise import Shown
from synthetic_world.records.nominals import Nominals
from synthetic_world.records.roll import Roll

IDENTITY, ADDRESS, ALIAS, NUMBER, CUSTODY, STATUS, MERGE, UNMERGE = range(8)
KINDS: Final = (IDENTITY, ADDRESS, ALIAS, NUMBER, CUSTODY, STATUS, MERGE, UNMERGE)


@dataclass(frozen=True, slots=True)
class Changes:
    """What changes a nominal, one entry a change: something that a mention told, by kind."""

    nominal: Ints
    second: Longs
    kind: Codes
    value: Ints  # the mention; for STATUS a status, for MERGE the nominal it went into


def settle(roll: Roll, mentions: Mentions, fresh: Shown, nominals: Nominals) -> tuple[Shown, Changes, Flags]:
    """What each mention shows once copying is done, what mentions changed in nominals, and which only copied."""
    linked = np.flatnonzero(nominals.of_mention != NOBODY)
    linked = linked[np.argsort(mentions.second[linked], kind="stable")]
    linked = linked[np.argsort(nominals.of_mention[linked], kind="stable")]
    nominal, own = nominals.of_mention[linked], fresh.take(linked)
    creates = nominals.creator[nominal] == linked
    draw, numbers = Draws.of(roll.seed, "nominal", mentions.luck[linked]), rates("noise")
    copies = ~creates & (draw.chance("reuse") < numbers.number("reuse"))
    source = mentions.source[linked]
    tells = draw.chance("identity") < np.array(numbers.numbers("identity_update"))[source]
    tells &= ~copies & (own.birth_day != NO_DATE) & (own.errors & (Errors.ALIAS | Errors.SIBLING) == 0)
    holder = _last(creates | tells, nominal)
    moves = draw.chance("address") < np.array(numbers.numbers("address_update"))[source]
    lives = _last(creates | (moves & ~copies & (own.address != NOBODY)), nominal)
    place = np.arange(len(linked))
    shown = own.take(np.where(copies, holder, place)).at_address_of(own.take(np.where(copies, lives, place)))
    changes = [
        (IDENTITY, creates | ((holder == place) & _differs(own, holder))),
        (ADDRESS, creates | ((lives == place) & _lives_elsewhere(own, lives))),
        (ALIAS, ~copies & (own.errors & Errors.ALIAS != 0)),
        (NUMBER, ~copies & _is_new_number(own.police_number, nominal)),
        (CUSTODY, mentions.slot[linked] == 0),
    ]
    kinds = np.concatenate([np.full(int(flag.sum()), kind, np.uint8) for kind, flag in changes])
    at = np.concatenate([np.flatnonzero(flag) for _, flag in changes])
    changed = Changes(nominal[at], mentions.second[linked][at], kinds, linked[at].astype(np.int32))
    is_copied = np.zeros(len(mentions), bool)
    is_copied[linked] = copies
    return _replaced(fresh, linked, shown), changed, is_copied


def _last(flag: Flags, nominal: Ints) -> Ints:
    """The latest flagged place up to each, of places sorted by nominal whose first one is flagged."""
    return np.maximum.accumulate(np.where(flag, np.arange(len(nominal)), 0)).astype(np.int32)


def _before(holder: Ints) -> Ints:
    """What held just before each place."""
    return np.concatenate([holder[:1], holder[:-1]])


def _differs(own: Shown, holder: Ints) -> Flags:
    """Where name or birthday are not what the nominal held before."""
    before = _before(holder)
    found: Flags = own.forename != own.forename[before]
    found |= own.surname != own.surname[before]
    found |= own.birth_day != own.birth_day[before]
    return found


def _lives_elsewhere(own: Shown, lives: Ints) -> Flags:
    elsewhere: Flags = own.address != own.address[_before(lives)]
    return elsewhere


def _is_new_number(number: Longs, nominal: Ints) -> Flags:
    """The first place of each nominal that shows a police number."""
    at = np.flatnonzero(number >= 0)
    first = np.ones(len(at), bool)
    first[1:] = nominal[at][1:] != nominal[at][:-1]
    found = np.zeros(len(number), bool)
    found[at[first]] = True
    return found


def _replaced(fresh: Shown, at: Longs, shown: Shown) -> Shown:
    """All mentions, those `at` showing what they copied."""
    order = np.arange(len(fresh.errors))
    order[at] = np.arange(len(at)) + len(order)
    both = Shown(*(np.concatenate([getattr(fresh, name), getattr(shown, name)]) for name in Shown.__slots__))
    return both.take(order)
