"""The catalogue of guards: patterns of pairs that are likely two people, however much they have in common.

Most false links on public data are members of one household: address, phone and surname are theirs in common, so they
do not say which of them is meant. A pattern speaks of a pair's columns and of its facts (facts.py). Not here: how low a
pattern is capped, and where it is off (guards.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from conflation.births import YEARS
from conflation.evidence import FORENAME, VARIANT, one_apart
from conflation.facts import any_of, compared

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
    have = compared(columns)
    if "forename" not in have:
        return []
    found: list[Guard] = []
    if "pnc_id" in have:
        differs = f"coalesce(pnc_id_l <> pnc_id_r and not {one_apart('pnc_id')}, false)"
        same = "pnc_id_l = pnc_id_r and is_alike"
        found.append(Guard("numbers", "two PNC IDs", differs, same, "pnc_id", parts=True, outweighs=True))
    if {"surname", "dob"} <= have:
        found += _kin_by_birth(have)
    if "surname" in have and have & {"address", "postcode"}:
        home = any_of(*(f"{name}_l = {name}_r" for name in ("address", "postcode") if name in have))
        unborn = "(birth_year_l is null or birth_year_r is null)" if "dob" in have else "true"
        kin = f"surname_l = surname_r and {unborn} and coalesce({home}, false)"
        words = "kin: like forenames in one home, and no date of birth to tell them apart"
        same = f"forename_l = forename_r and {kin}"
        found.append(
            Guard("kin", words, f"is_alike and forename_l <> forename_r and {kin}", same, "forename alike")
        )
    words = "neither forename nor date of birth agrees"
    if "dob" in have:
        found += _strangers()
    found.append(Guard("household", words, "is_other and not is_near", "is_alike and not is_near"))
    if "surname" in have:
        words = "no name agrees, and no number of one person"
        reached = " and not coalesce(phone_l = phone_r, false)" if "phone" in have else ""
        found.append(
            Guard("other names", words, f"is_other and is_foreign{reached}", "is_alike and is_foreign")
        )
    return found


def _strangers() -> list[Guard]:
    """Guards of two dates of birth: with another name, and with the same."""
    words = "another forename or surname, and two dates of birth"
    unlike = "(is_other or is_foreign) and is_two"
    expected = "is_alike and not is_foreign and is_two"
    namesakes = "the same name, other dates of birth"
    return [
        Guard("two people", words, unlike, expected, parts=True, outweighs=True),
        Guard(
            "namesakes",
            namesakes,
            "is_alike and is_apart",
            "is_alike and is_near",
            "dob",
            parts=True,
            outweighs=True,
        ),
    ]


def _kin_by_birth(have: set[str]) -> list[Guard]:
    """Guards of a family: twins, parent and child, brothers and sisters."""
    family = "(surname_l = surname_r or surname_sound_l = surname_sound_r)"
    twins, born = f"is_near and {family}", f"is_alike and is_near and {family}"
    told = {"sex": "sex_l <> sex_r", "middle": "left(middle_l, 1) <> left(middle_r, 1)"}
    unlike = [sql for column, sql in told.items() if column in have]
    found: list[Guard] = []
    if unlike:
        words = "twins: born the same day, another forename, another sex or middle name"
        pattern = f"is_other and {twins} and coalesce({any_of(*unlike)}, false)"
        found.append(Guard("twins", words, pattern, parts=True, outweighs=True))
    apart = " and not coalesce(phone_l = phone_r, false)" if "phone" in have else ""
    words = "perhaps twins: born the same day, another forename"
    found.append(Guard("like twins", words, f"is_other and {twins}{apart}", born, parts=True))
    if "phone" in have:
        words = "perhaps twins: born the same day, like forenames, two telephones"
        pattern = f"is_alike and forename_l <> forename_r and {twins} and coalesce(phone_l <> phone_r, false)"
        found.append(
            Guard("twins of like name", words, pattern, f"{born} and phone_l = phone_r", "phone", parts=True)
        )
    words = "no forename on one of the two, and other dates of birth"
    pattern = "is_apart and (forename_l is null or forename_r is null)"
    found.append(Guard("unnamed", words, pattern, parts=True, outweighs=True))
    words = "parent and child: the same name, a generation apart"
    pattern = f"is_apart and forename_l = forename_r and surname_l = surname_r and {YEARS} >= {GENERATION}"
    found.append(Guard("generation", words, pattern, parts=True, outweighs=True))
    words = "brothers or sisters: like forenames, other dates of birth"
    pattern = f"is_apart and forename_l <> forename_r and {family} and is_alike"
    expected = f"is_apart and forename_l = forename_r and {family}"
    return [*found, Guard("siblings", words, pattern, expected, parts=True, outweighs=True)]


def birth_speaks(columns: Sequence[str]) -> str:
    """SQL: the births fit, and the forename is the same as written, nearly so, or an initial that is no variant."""
    if not {"dob", "forename"} <= compared(columns):
        return "false"
    same, near, initial = (FORENAME.levels[place].sql for place in (0, 2, 3))
    return f"is_fitting and ({any_of(same, f'{initial} and not {VARIANT}', near)})"
