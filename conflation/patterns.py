"""The catalogue of guards: patterns of pairs that are likely two people, however much they have in common.

Most false links on public data are members of one household: address, phone and surname are theirs in common, so they
do not say which of them is meant. Not here: how low a pattern is capped, and where it is off (guards.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from conflation.births import APART, FITTING, NEAR, TWO, YEARS
from conflation.evidence import FORENAME, SURNAME, SWAPPED, VARIANT, one_apart

GENERATION = 14  # years between the births of a parent and a child


@dataclass(frozen=True)
class Guard:
    """A pattern of pairs: its words, its SQL, and the pattern of matches that errors would turn into it."""

    name: str
    words: str
    sql: str
    twin_sql: str | None = None  # the same pattern but for one error, among matches; None: always capped
    error: str = "forename"  # the error: its odds among matches stand under this name
    parts: bool = False  # such a pair also speaks against joining the groups of the two (cluster.py)
    outweighs: bool = (
        False  # holds even where the two bear one number of a force: it may have put two under it
    )


def guards_for(columns: Sequence[str]) -> list[Guard]:
    """The guards that a table with these standard columns can bear, most particular first."""
    have = _compared(columns)
    if "forename" not in have:
        return []
    alike = f"coalesce({_alike(have)}, false)"
    other = f"(forename_l is not null and forename_r is not null and not {alike})"
    foreign = _other_surname(have)
    near = NEAR if "dob" in have else "false"
    found: list[Guard] = []
    if "pnc_id" in have:
        differs = f"coalesce(pnc_id_l <> pnc_id_r and not {one_apart('pnc_id')}, false)"
        same = f"pnc_id_l = pnc_id_r and {alike}"
        found.append(Guard("numbers", "two PNC IDs", differs, same, "pnc_id", parts=True, outweighs=True))
    if {"surname", "dob"} <= have:
        found += _kin_by_birth(have, alike, other)
    if "surname" in have and have & {"address", "postcode"}:
        home = any_of(*(f"{name}_l = {name}_r" for name in ("address", "postcode") if name in have))
        unborn = "(birth_year_l is null or birth_year_r is null)" if "dob" in have else "true"
        kin = f"surname_l = surname_r and {unborn} and coalesce({home}, false)"
        words = "kin: like forenames in one home, and no date of birth to tell them apart"
        same = f"forename_l = forename_r and {kin}"
        found.append(
            Guard("kin", words, f"{alike} and forename_l <> forename_r and {kin}", same, "forename alike")
        )
    words = "neither forename nor date of birth agrees"
    if "dob" in have:
        found += _strangers(alike, other, foreign)
    found.append(Guard("household", words, f"{other} and not {near}", f"{alike} and not {near}"))
    if "surname" in have:
        words = "no name agrees, and no number of one person"
        reached = " and not coalesce(phone_l = phone_r, false)" if "phone" in have else ""
        found.append(Guard("other names", words, f"{other} and {foreign}{reached}", f"{alike} and {foreign}"))
    return found


def _strangers(alike: str, other: str, foreign: str) -> list[Guard]:
    """Guards of two dates of birth: with another name, and with the same."""
    words = "another forename or surname, and two dates of birth"
    unlike = f"({other} or {foreign}) and {TWO}"
    expected = f"{alike} and not {foreign} and {TWO}"
    namesakes = "the same name, other dates of birth"
    return [
        Guard("two people", words, unlike, expected, parts=True, outweighs=True),
        Guard(
            "namesakes",
            namesakes,
            f"{alike} and {APART}",
            f"{alike} and {NEAR}",
            "dob",
            parts=True,
            outweighs=True,
        ),
    ]


def _kin_by_birth(have: set[str], alike: str, other: str) -> list[Guard]:
    """Guards of a family: twins, parent and child, brothers and sisters."""
    family = "(surname_l = surname_r or surname_sound_l = surname_sound_r)"
    twins, born = f"{NEAR} and {family}", f"{alike} and {NEAR} and {family}"
    told = {"sex": "sex_l <> sex_r", "middle": "left(middle_l, 1) <> left(middle_r, 1)"}
    unlike = [sql for column, sql in told.items() if column in have]
    found: list[Guard] = []
    if unlike:
        words = "twins: born the same day, another forename, another sex or middle name"
        pattern = f"{other} and {twins} and coalesce({any_of(*unlike)}, false)"
        found.append(Guard("twins", words, pattern, parts=True, outweighs=True))
    apart = " and not coalesce(phone_l = phone_r, false)" if "phone" in have else ""
    words = "perhaps twins: born the same day, another forename"
    found.append(Guard("like twins", words, f"{other} and {twins}{apart}", born, parts=True))
    if "phone" in have:
        words = "perhaps twins: born the same day, like forenames, two telephones"
        pattern = f"{alike} and forename_l <> forename_r and {twins} and coalesce(phone_l <> phone_r, false)"
        found.append(
            Guard("twins of like name", words, pattern, f"{born} and phone_l = phone_r", "phone", parts=True)
        )
    words = "no forename on one of the two, and other dates of birth"
    pattern = f"{APART} and (forename_l is null or forename_r is null)"
    found.append(Guard("unnamed", words, pattern, parts=True, outweighs=True))
    words = "parent and child: the same name, a generation apart"
    pattern = f"{APART} and forename_l = forename_r and surname_l = surname_r and {YEARS} >= {GENERATION}"
    found.append(Guard("generation", words, pattern, parts=True, outweighs=True))
    words = "brothers or sisters: like forenames, other dates of birth"
    pattern = f"{APART} and forename_l <> forename_r and {family} and {alike}"
    expected = f"{APART} and forename_l = forename_r and {family}"
    return [*found, Guard("siblings", words, pattern, expected, parts=True, outweighs=True)]


def _other_surname(have: set[str]) -> str:
    """SQL: both surnames are known and are neither alike nor the forename of the other."""
    if "surname" not in have:
        return "false"
    ways = [*(level.sql for level in SURNAME.levels[:3]), "surname_sound_l = surname_sound_r", SWAPPED]
    return f"(surname_l is not null and surname_r is not null and not coalesce({any_of(*ways)}, false))"


def any_of(*conditions: str) -> str:
    """SQL of a pair that meets one of the conditions."""
    return " or ".join(f"({sql})" for sql in conditions)


def _alike(have: set[str]) -> str:
    """Forenames that one person may have given: variants, slips, an initial, a middle name used as a first."""
    ways = [*(level.sql for level in FORENAME.levels[:4]), "forename_sound_l = forename_sound_r"]
    if "surname" in have:
        ways.append(SWAPPED)
    if "middle" in have:
        ways += [
            f"contains(' ' || middle_{a} || ' ', ' ' || forename_{b} || ' ')"
            for a, b in (("l", "r"), ("r", "l"))
        ]
    return any_of(*ways)


def _compared(columns: Sequence[str]) -> set[str]:
    """The columns, without names that are too empty or too uniform to be compared, so that none is told common."""
    bare = {name for name in ("forename", "surname") if f"is_common_{name}" not in columns}
    return set(columns) - bare


def birth_speaks(columns: Sequence[str]) -> str:
    """SQL: the births fit, and the forename is the same as written. A variant of it may be a twin's name."""
    have = _compared(columns)
    if not {"dob", "forename"} <= have:
        return "false"
    written = any_of(*(FORENAME.levels[place].sql for place in (0, 2, 3)))
    return f"({FITTING} and coalesce({written} and not {VARIANT}, false))"
