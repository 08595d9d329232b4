"""Pairs whose weight may not be believed: another member of the household, a twin, a parent and child.

Most false links on public data are members of one household: address, phone and surname are theirs in common, so
they do not say which of them is meant. A guard caps the weight of a pair of such a pattern. How low the cap lies is
measured without truth: the pairs of the pattern that the model expects among matches, over the pairs there are. Where
the data holds no more of them than errors explain, the guard is off. Not here: guards of clusters (cluster.py).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conflation.evidence import BIRTH, FORENAME, SWAPPED
from conflation.workspace import Connection, ask

GENERATION = 14  # years between the births of a parent and a child
OWN = (
    "pnc_id",
    "cro",
    "email",
    "local_id",
)  # evidence that a household does not share; where it agrees, no guard
EXPLAINED = 0.5  # where errors explain so much of a pattern, it is more likely one person: the guard is off
UNSEEN = -4.0  # cap in bits of a guard whose pattern was never seen, so never measured
ALWAYS = -20.0  # cap of a guard that needs no measuring, in bits
NEEDED = ("forename", "surname", "middle", "dob", "sex", "address", "postcode", *OWN)


@dataclass(frozen=True)
class Guard:
    """A pattern of pairs: its words, its SQL, and the pattern of matches that errors would turn into it."""

    name: str
    words: str
    sql: str
    twin_sql: str | None = None  # the same pattern but for the forename, among matches; None: always capped
    is_alike: bool = False  # the forename is a like one, not another one


def guards_for(columns: Sequence[str]) -> list[Guard]:
    """The guards that a table with these standard columns can bear, most particular first."""
    have = set(columns)
    if "forename" not in have:
        return []
    alike = f"coalesce({_alike(have)}, false)"
    other = f"(forename_l is not null and forename_r is not null and not {alike})"
    born_alike = (
        f"coalesce({_any(BIRTH.levels[0].sql, BIRTH.levels[2].sql)}, false)" if "dob" in have else "false"
    )
    found: list[Guard] = []
    if {"surname", "dob"} <= have:
        family = "(surname_l = surname_r or surname_sound_l = surname_sound_r)"
        alike_birth = _any(*(level.sql for level in BIRTH.levels[:-1]))
        apart = f"(length(dob_l) = 10 and length(dob_r) = 10 and not coalesce({alike_birth}, false))"
        years = f"abs(try_cast(birth_year_l as integer) - try_cast(birth_year_r as integer)) >= {GENERATION}"
        unlike = [
            sql
            for column, sql in (
                ("sex", "sex_l <> sex_r"),
                ("middle", "left(middle_l, 1) <> left(middle_r, 1)"),
            )
            if column in have
        ]
        if unlike:
            found.append(
                Guard(
                    "twins",
                    "twins: born the same day, another forename, another sex or middle name",
                    f"{other} and dob_l = dob_r and {family} and coalesce({_any(*unlike)}, false)",
                )
            )
        found += [
            Guard(
                "unnamed",
                "no forename on one of the two, and other dates of birth",
                f"{apart} and (forename_l is null or forename_r is null)",
            ),
            Guard(
                "generation",
                "parent and child: the same name, a generation apart",
                f"{apart} and forename_l = forename_r and surname_l = surname_r and {years}",
            ),
            Guard(
                "like twins",
                "perhaps twins: born the same day, another forename",
                f"{other} and dob_l = dob_r and {family}",
                f"{alike} and dob_l = dob_r and {family}",
            ),
            Guard(
                "siblings",
                "brothers or sisters: like forenames, other dates of birth",
                f"{apart} and forename_l <> forename_r and {family} and {alike}",
                f"{apart} and forename_l = forename_r and {family}",
            ),
        ]
    if "surname" in have and have & {"address", "postcode"}:
        home = _any(*(f"{name}_l = {name}_r" for name in ("address", "postcode") if name in have))
        unborn = "(dob_l is null or dob_r is null)" if "dob" in have else "true"
        kin = f"surname_l = surname_r and {unborn} and coalesce({home}, false)"
        words = "kin: like forenames in one home, and no date of birth to tell them apart"
        same = f"forename_l = forename_r and {kin}"
        found.append(
            Guard("kin", words, f"{alike} and forename_l <> forename_r and {kin}", same, is_alike=True)
        )
    found.append(
        Guard(
            "household",
            "neither forename nor date of birth agrees",
            f"{other} and not {born_alike}",
            f"{alike} and not {born_alike}",
        )
    )
    return found


def _any(*conditions: str) -> str:
    return " or ".join(f"({sql})" for sql in conditions)


def _alike(have: set[str]) -> str:
    """Forenames that one person may have given: the levels of the comparison, a middle name used as a first."""
    ways = [level.sql for level in FORENAME.levels[:-1]]
    if "surname" in have:
        ways.append(SWAPPED)
    if "middle" in have:
        ways += [
            f"contains(' ' || middle_{a} || ' ', ' ' || forename_{b} || ' ')"
            for a, b in (("l", "r"), ("r", "l"))
        ]
    return _any(*ways)


def pattern_sql(guards: Sequence[Guard], columns: Sequence[str]) -> str:
    """SQL that gives the number of the guard a pair falls under (1 …), or 0."""
    own = [f"coalesce({name}_l = {name}_r, false)" for name in OWN if name in columns]
    free = f"when {' or '.join(own)} then 0 " if own else ""
    cases = " ".join(
        f"when coalesce({guard.sql}, false) then {place}" for place, guard in enumerate(guards, 1)
    )
    return f"case {free}{cases} else 0 end" if guards else "0"


def pairs_with_columns(pairs: str, table: str, columns: Sequence[str]) -> str:
    """SQL of the pairs with the columns that guards read, as x_l and x_r."""
    wanted = [
        name for name in columns if name.startswith(NEEDED) or name.startswith(("is_common", "birth_year"))
    ]
    sides = [f"{side}.{name} as {name}_{side}" for name in wanted for side in "lr"]
    return (
        f"select p.*, {', '.join(sides)} from {pairs} p join {table} l on l.record_id = p.id_l"
        f" join {table} r on r.record_id = p.id_r"
    )


def measure(
    con: Connection, pairs: str, table: str, columns: Sequence[str], disagreement: Mapping[str, float]
) -> dict[str, float]:
    """The cap of each guard in bits, from pairs that the model favours; guards that are off are left out.

    Args:
        disagreement: for each comparison, the chance that a match falls on its level of disagreement, trained; as
            "forename alike" the odds of a like forename against the same one.
    """
    guards = guards_for(columns)
    if not guards:
        return {}
    counts = [f"count(*) filter (pattern = {place})" for place, _ in enumerate(guards, 1)]
    counts += [f"count(*) filter (pattern = 0 and {guard.twin_sql or 'false'})" for guard in guards]
    inner = f"select *, {pattern_sql(guards, columns)} as pattern from ({pairs_with_columns(pairs, table, columns)})"
    row = ask(con, f"select {', '.join(counts)} from ({inner}) where weight >= 0")[0]
    chance, alike = disagreement.get("forename", 0.05), disagreement.get("forename alike", 0.1)
    caps: dict[str, float] = {}
    for guard, seen, base in zip(guards, row[: len(guards)], row[len(guards) :], strict=True):
        if guard.twin_sql is None:
            caps[guard.name] = ALWAYS
        elif seen:
            share = base * (alike if guard.is_alike else chance / (1 - chance)) / seen
            if share < EXPLAINED:
                caps[guard.name] = round(max(ALWAYS, math.log2(max(share, 1e-6) / (1 - share))), 3)
        else:
            caps[guard.name] = UNSEEN
    return caps


def cap_sql(caps: Mapping[str, float], columns: Sequence[str]) -> str:
    """SQL over pairs with columns: the name of the guard that caps the pair, else NULL, as `guard`."""
    guards = guards_for(columns)
    names = " ".join(
        f"when {place} then '{guard.name}'" for place, guard in enumerate(guards, 1) if guard.name in caps
    )
    return f"case {pattern_sql(guards, columns)} {names} end" if names else "cast(null as varchar)"


def apply(
    con: Connection, pairs: str, table: str, columns: Sequence[str], caps: Mapping[str, float], into: str
) -> None:
    """Copy pairs (id_l, id_r, weight) into `into`, weights capped, with the name of the guard that did it."""
    limits = " ".join(f"when '{name}' then {cap}" for name, cap in caps.items())
    capped = f"least(weight, case guard {limits} end)" if caps else "weight"
    held = pairs_with_columns(pairs, table, columns)
    inner = f"select id_l, id_r, weight, {cap_sql(caps, columns)} as guard from ({held})"
    ask(con, f"create or replace table {into} as select id_l, id_r, {capped} as weight, guard from ({inner})")
