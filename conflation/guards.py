"""Pairs whose weight may not be believed: another member of the household, a twin, a parent and child.

A guard caps the weight of a pair of such a pattern. How low the cap lies is measured without truth: the pairs of the
pattern that the model expects among matches, over the pairs there are. Where the data holds no more of them than errors
explain, the guard is off. A pair also votes, where its two mentions can tell, whether their groups are one person or
two. Not here: the patterns (patterns.py), groups (cluster.py).
"""

import math
from collections.abc import Mapping, Sequence

from conflation.facts import any_of, with_facts
from conflation.patterns import Guard, birth_speaks, guards_for
from conflation.workspace import Connection, ask

OWN = ("pnc_id", "cro", "email")  # what a household does not share; where it agrees, no guard
EXPLAINED = 0.5  # where errors explain so much of a pattern, it is more likely one person: the guard is off
UNTOLD = 0.05  # odds of an error that training said nothing about
UNSEEN = -4.0  # cap in bits of a guard whose pattern was never seen, so never measured
ALWAYS = -20.0  # cap of a guard that needs no measuring, in bits
NEEDED = ("forename", "surname", "middle", "dob", "sex", "address", "postcode", "phone", "local_id", *OWN)


def pattern_sql(guards: Sequence[Guard], columns: Sequence[str]) -> str:
    """SQL that gives the number of the guard a pair falls under (1 …), or 0.

    No guard where an identifier of one person agrees; and none but those that part where a force's own number does,
    because forces sometimes put two people under one number.
    """
    own = _own(columns)
    free = f"when {own} then 0 " if own else ""
    cases = " ".join(
        f"when {guard.sql}{_unless_numbered(guard, columns)} then {place}"
        for place, guard in enumerate(guards, 1)
    )
    return f"case {free}{cases} else 0 end" if guards else "0"


def _own(columns: Sequence[str]) -> str:
    return " or ".join(f"{name}_l = {name}_r" for name in OWN if name in columns)


def _unless_numbered(guard: Guard, columns: Sequence[str]) -> str:
    if guard.outweighs or "local_id" not in columns:
        return ""
    return " and not coalesce(local_id_l = local_id_r, false)"


def pairs_with_columns(pairs: str, table: str, columns: Sequence[str]) -> str:
    """SQL of the pairs with the columns that guards read, as x_l and x_r, and with their facts."""
    wanted = [
        name for name in columns if name.startswith(NEEDED) or name.startswith(("is_common", "birth_year"))
    ]
    sides = [f"{side}.{name} as {name}_{side}" for name in wanted for side in "lr"]
    return with_facts(
        f"select p.*, {', '.join(sides)} from {pairs} p join {table} l on l.record_id = p.id_l"
        f" join {table} r on r.record_id = p.id_r",
        columns,
    )


def measure(
    con: Connection, pairs: str, table: str, columns: Sequence[str], odds: Mapping[str, float]
) -> dict[str, float]:
    """The cap of each guard in bits, from pairs that the model favours; guards that are off are left out.

    Args:
        odds: for each comparison, the odds that a match falls on its level of disagreement, trained; as "forename
            alike" the odds of a like forename against the same one.
    """
    guards = guards_for(columns)
    if not guards:
        return {}
    counts = [f"count(*) filter (pattern = {place})" for place, _ in enumerate(guards, 1)]
    free = ", ".join(str(place) for place, guard in enumerate(guards, 1) if guard.name == "namesakes")
    unguarded = f"pattern in (0{', ' + free if free else ''})"  # one person, or the same name born twice
    counts += [f"count(*) filter ({unguarded} and {guard.twin_sql or 'false'})" for guard in guards]
    inner = f"select *, {pattern_sql(guards, columns)} as pattern from ({pairs_with_columns(pairs, table, columns)})"
    row = ask(con, f"select {', '.join(counts)} from ({inner}) where weight >= 0")[0]
    caps: dict[str, float] = {}
    for guard, seen, base in zip(guards, row[: len(guards)], row[len(guards) :], strict=True):
        if guard.twin_sql is None:
            caps[guard.name] = ALWAYS
        elif seen:
            share = base * odds.get(guard.error, UNTOLD) / seen
            if share < EXPLAINED:
                caps[guard.name] = round(max(ALWAYS, math.log2(max(share, 1e-6) / (1 - share))), 3)
        else:
            caps[guard.name] = UNSEEN
    return caps


def vote_sql(guards: Sequence[Guard], caps: Mapping[str, float], columns: Sequence[str]) -> str:
    """SQL over capped pairs: -1 where the pair parts its groups, 1 where something of one person agrees, else 0."""
    parting = ", ".join(f"'{guard.name}'" for guard in guards if guard.parts and guard.name in caps)
    same = [f"{name}_l = {name}_r" for name in (*OWN, "local_id") if name in columns]
    same.append(birth_speaks(columns))
    against = f"when guard in ({parting}) then -1 " if parting else ""
    return f"(case {against}when {any_of(*same)} then 1 else 0 end)::tinyint"


def apply(
    con: Connection, pairs: str, table: str, columns: Sequence[str], caps: Mapping[str, float], into: str
) -> None:
    """Copy pairs (id_l, id_r, weight) into `into`: weights capped, the guard that did it, and the pair's vote."""
    guards = guards_for(columns)
    limits = " ".join(f"when '{name}' then {cap}" for name, cap in caps.items())
    capped = f"least(weight, case guard {limits} end)" if caps else "weight"
    names = " ".join(
        f"when {n} then '{guard.name}'" for n, guard in enumerate(guards, 1) if guard.name in caps
    )
    guard = f"case {pattern_sql(guards, columns)} {names} end" if names else "cast(null as varchar)"
    inner = f"select *, {guard} as guard from ({pairs_with_columns(pairs, table, columns)})"
    ask(
        con,
        f"create or replace table {into} as select id_l, id_r, {capped} as weight, guard,"
        f" {vote_sql(guards, caps, columns)} as vote from ({inner})",
    )
