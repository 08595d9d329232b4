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
from synthetic_world.ordering import in_order, in_time
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
    linked = linked[in_time(mentions.second[linked])]
    linked = linked[in_order(nominals.of_mention[linked])]
    nominal, errors = nominals.of_mention[linked], fresh.errors[linked]
    creates = nominals.creator[nominal] == linked
    draw, numbers = Draws.of(roll.seed, "nominal", mentions.luck[linked]), rates("noise")
    copies = ~creates & (draw.chance("reuse") < numbers.number("reuse"))
    source = mentions.source[linked]
    tells = draw.chance("identity") < np.array(numbers.numbers("identity_update"))[source]
    tells &= ~copies & (fresh.birth_day[linked] != NO_DATE) & (errors & (Errors.ALIAS | Errors.SIBLING) == 0)
    holder = _last(creates | tells, nominal)
    moves = draw.chance("address") < np.array(numbers.numbers("address_update"))[source]
    address = fresh.address[linked]
    lives = _last(creates | (moves & ~copies & (address != NOBODY)), nominal)
    place = np.arange(len(linked))
    names = (fresh.forename[linked], fresh.surname[linked], fresh.birth_day[linked])
    changes = [
        (IDENTITY, creates | ((holder == place) & _differs(names, holder))),
        (ADDRESS, creates | ((lives == place) & _differs((address,), lives))),
        (ALIAS, ~copies & (errors & Errors.ALIAS != 0)),
        (NUMBER, ~copies & _is_new_number(fresh.police_number[linked], nominal)),
        (CUSTODY, mentions.slot[linked] == 0),
    ]
    kinds = np.concatenate([np.full(int(flag.sum()), kind, np.uint8) for kind, flag in changes])
    at = np.concatenate([np.flatnonzero(flag) for _, flag in changes])
    changed = Changes(nominal[at], mentions.second[linked][at], kinds, linked[at].astype(np.int32))
    is_copied = np.zeros(len(mentions), bool)
    is_copied[linked] = copies
    shown = fresh.with_copied(linked[copies], linked[holder[copies]], linked[lives[copies]])
    return shown, changed, is_copied


def _last(flag: Flags, nominal: Ints) -> Ints:
    """The latest flagged place up to each, of places sorted by nominal whose first one is flagged."""
    return np.maximum.accumulate(np.where(flag, np.arange(len(nominal)), 0)).astype(np.int32)


def _differs(shown: tuple[Ints, ...], holder: Ints) -> Flags:
    """Where any of these is not what the nominal held just before."""
    before = np.concatenate([holder[:1], holder[:-1]])
    found: Flags = np.logical_or.reduce([one != one[before] for one in shown])
    return found


def _is_new_number(number: Longs, nominal: Ints) -> Flags:
    """The first place of each nominal that shows a police number."""
    at = np.flatnonzero(number >= 0)
    first = np.ones(len(at), bool)
    first[1:] = nominal[at][1:] != nominal[at][:-1]
    found = np.zeros(len(number), bool)
    found[at[first]] = True
    return found
