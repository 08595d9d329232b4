"""What a mention shows of the person meant: name, birth, sex, ethnicity, numbers and address, with errors (C5).

Which errors were made is kept as bits, for the answer book. Not here: whom a mention means and when (mentions), the
local nominal that later mentions repeat (nominals), how often what goes wrong (luck), letters (spellings).
"""

from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from synthetic_world.draws import Draws
from synthetic_world.luck import Errors, Luck
from synthetic_world.model import NOBODY, UID_BITS, Codes, Ints, Longs
from synthetic_world.population.atlas import SCENARIOS_FROM
from synthetic_world.population.birthdays import written_birthdays
from synthetic_world.population.spellings import INITIAL, NICKNAMES, SPELLINGS, TYPOS, WAYS
from synthetic_world.records import pnc
from synthetic_world.records.roll import Roll

UNKNOWN_SEX: Final = 2
NO_FIXED_ABODE: Final = -2  # in place of an address
DAY: Final = 86_400
STRETCH: Final = 100_000  # mentions garbled at once


@dataclass(frozen=True, slots=True)
class Shown:
    """What mentions show, one entry each. Names are words times WAYS plus the way they are spelt."""

    forename: Ints
    middle: Ints
    surname: Ints
    birth_day: Ints  # birthdays.NO_DATE for none
    sex: Codes  # index into model.SEXES, or UNKNOWN_SEX
    ethnicity: Ints  # index into model.ETHNICITIES, NOBODY for none
    police_number: Longs  # pnc.NONE for none
    address: Ints  # place in the gazetteer, NOBODY for none, NO_FIXED_ABODE
    address_day: Longs  # since when
    phone: Longs  # 0 for none
    errors: Ints  # bits of Errors

    def take(self, places: npt.NDArray[Any]) -> "Shown":
        """Some of the mentions."""
        return Shown(*(getattr(self, one.name)[places] for one in fields(self)))

    def at_address_of(self, places: npt.NDArray[Any], all_: "Shown") -> "Shown":
        """The same, but living where these of all mentions say."""
        return replace(self, address=all_.address[places], address_day=all_.address_day[places])

    def with_copied(self, at: Longs, holder: Longs, lives: Longs) -> "Shown":
        """All mentions, those `at` showing what `holder` shows, and living where `lives` does."""
        copied = {one.name: getattr(self, one.name).copy() for one in fields(self)}
        for name, column in copied.items():
            column[at] = getattr(self, name)[lives if name.startswith("address") else holder]
        return Shown(**copied)


def garble(roll: Roll, person: Ints, second: Longs, source: Codes, key: Longs, habit: str) -> Shown:
    """What mentions of these people show. key: luck of each; habit: the force whose units write them.

    A stretch at a time, which is quicker and takes less memory: no mention hangs on another.
    """
    stretches = [slice(start, start + STRETCH) for start in range(0, max(len(person), 1), STRETCH)]
    parts = [_garbled(roll, person[s], second[s], source[s], key[s], habit) for s in stretches]
    return Shown(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Shown)))


def _garbled(roll: Roll, person: Ints, second: Longs, source: Codes, key: Longs, habit: str) -> Shown:
    is_careful = roll.uid[person] >> UID_BITS >= SCENARIOS_FROM
    luck = Luck.of(roll.seed, Draws.of(roll.seed, "noise", key), source, habit, is_careful)
    is_sibling = luck.fails(Errors.SIBLING) & (roll.sibling[person] != NOBODY)
    luck.note(Errors.SIBLING, is_sibling)
    shown = np.where(is_sibling, roll.sibling[person], person).astype(np.int32)
    forename, middle, surname = _names(roll, luck, shown)
    address, since = _address(roll, luck, person, second // DAY)
    return Shown(
        forename=forename,
        middle=middle,
        surname=surname,
        birth_day=written_birthdays(luck, roll.birth_day[shown], second // DAY),
        sex=_sex(luck, roll.sex[shown]),
        ethnicity=_ethnicity(luck, roll.ethnicity[person]),
        police_number=_police_number(roll, luck, person, second),
        address=address,
        address_day=since,
        phone=np.where(luck.misses("phone_missing"), 0, roll.phone[person]),
        errors=luck.errors,
    )


def _names(roll: Roll, luck: Luck, person: Ints) -> tuple[Ints, Ints, Ints]:
    """Forename, middle name and surname, each with its spelling."""
    is_former = luck.fails(Errors.SURNAME_FORMER) & (roll.former[person] != NOBODY)
    surname = np.where(is_former, roll.former[person], roll.surname[person])
    is_middle = luck.fails(Errors.MIDDLE_FIRST) & (roll.middle[person] != NOBODY)
    forename = np.where(is_middle, roll.middle[person], roll.forename[person])
    middle = np.where(is_middle, roll.forename[person], roll.middle[person])
    luck.note(Errors.SURNAME_FORMER, is_former)
    luck.note(Errors.MIDDLE_FIRST, is_middle)
    forename, surname = _false_names(roll, luck, person, forename, surname)
    first = forename * WAYS + _forename_spelling(luck)
    last = surname * WAYS + _surname_spelling(luck)
    is_swapped = luck.fails(Errors.NAMES_SWAPPED)
    luck.note(Errors.NAMES_SWAPPED, is_swapped)
    is_silent = (middle == NOBODY) | luck.misses("middle_missing")
    return (
        np.where(is_swapped, last, first).astype(np.int32),
        np.where(is_silent, NOBODY, middle * WAYS).astype(np.int32),
        np.where(is_swapped, first, last).astype(np.int32),
    )


def _false_names(roll: Roll, luck: Luck, person: Ints, forename: Ints, surname: Ints) -> tuple[Ints, Ints]:
    """A false name: the forename of one other person of the same sex and the surname of another."""
    is_alias = luck.fails(Errors.ALIAS)
    luck.note(Errors.ALIAS, is_alias)
    at = np.flatnonzero(is_alias)
    other_forename, other_surname = alias_of(roll, person[at])
    forename[at], surname[at] = other_forename, other_surname
    return forename, surname


def alias_of(roll: Roll, person: Ints) -> tuple[Ints, Ints]:
    """The false name that a person uses, wherever it is used: words of forename and surname."""
    draw = Draws.of(roll.seed, "alias", roll.uid[person])
    block = roll.uid[person] >> UID_BITS
    first = np.searchsorted(roll.uid, block << UID_BITS)
    n = np.searchsorted(roll.uid, (block + 1) << UID_BITS) - first
    one = (draw.chance("forename") * n).astype(np.int32)
    for step in range(4):  # another of the same sex, with hardly an exception
        one = np.where(roll.sex[first + one] == roll.sex[person], one, (one + 17 + step) % n)
    two = (draw.chance("surname") * n).astype(np.int32)
    return roll.forename[first + one], roll.surname[first + two]


def _forename_spelling(luck: Luck) -> Ints:
    errors = (Errors.FORENAME_TYPO, Errors.FORENAME_NICKNAME, Errors.FORENAME_INITIAL)
    typo, nickname, initial = luck.one_of(errors, "forename")
    for error, at in zip(errors, (typo, nickname, initial), strict=True):
        luck.note(error, at)
    return typo * _way(luck, TYPOS) + nickname * _way(luck, NICKNAMES) + initial * np.int32(INITIAL)


def _surname_spelling(luck: Luck) -> Ints:
    typo, variant = luck.one_of((Errors.SURNAME_TYPO, Errors.SURNAME_VARIANT), "surname")
    luck.note(Errors.SURNAME_TYPO, typo)
    luck.note(Errors.SURNAME_VARIANT, variant)
    return typo * _way(luck, TYPOS) + variant * _way(luck, SPELLINGS)


def _way(luck: Luck, ways: range) -> Ints:
    return luck.draw.whole(f"spelling from {ways.start}", len(ways)) + np.int32(ways.start)


def _sex(luck: Luck, sex: Codes) -> Codes:
    wrong = luck.fails(Errors.SEX_WRONG)
    luck.note(Errors.SEX_WRONG, wrong)
    other = np.where(luck.draw.chance("which sex") < 0.5, UNKNOWN_SEX, 1 - sex)
    return np.where(wrong, other, sex).astype(np.uint8)


def _ethnicity(luck: Luck, ethnicity: Codes) -> Ints:
    unknown = luck.fails(Errors.ETHNICITY_UNKNOWN)
    luck.note(Errors.ETHNICITY_UNKNOWN, unknown)
    return np.where(unknown, NOBODY, ethnicity.astype(np.int32))


def _police_number(roll: Roll, luck: Luck, person: Ints, second: Longs) -> Longs:
    """The police number if there is one by then; a wrong one is a near one, and its check letter is right."""
    has_number = (roll.police_number[person] != pnc.NONE) & (roll.number_from[person] <= second)
    wrong = luck.fails(Errors.PNC_WRONG) & has_number
    missing = luck.fails(Errors.PNC_MISSING) & has_number
    luck.note(Errors.PNC_WRONG, wrong & ~missing)
    luck.note(Errors.PNC_MISSING, missing)
    number = roll.police_number[person] + wrong * (1 + luck.draw.whole("wrong number", 9)).astype(np.int64)
    return np.where(missing | ~has_number, pnc.NONE, number)


def _address(roll: Roll, luck: Luck, person: Ints, day: Longs) -> tuple[Ints, Longs]:
    """Where the mention says the person lives, and since when they have lived where they do."""
    now, before, since = roll.address_on(person, day.astype(np.int32))
    old = luck.fails(Errors.ADDRESS_OLD)
    missing, roofless = luck.one_of((Errors.ADDRESS_MISSING, Errors.ADDRESS_NONE_FIXED), "address")
    luck.note(Errors.ADDRESS_OLD, old & ~missing & ~roofless)
    luck.note(Errors.ADDRESS_MISSING, missing)
    luck.note(Errors.ADDRESS_NONE_FIXED, roofless)
    address = np.where(missing, NOBODY, np.where(roofless, NO_FIXED_ABODE, np.where(old, before, now)))
    return address.astype(np.int32), since
