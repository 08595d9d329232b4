"""What guards and votes ask of a pair, each asked once: columns of the pair that are true or false, never null.

Later facts rest on earlier ones. A `case` looks at a further way only where the one before it failed, so costly ways
stand last. Not here: what follows from a fact (patterns.py, guards.py), the levels themselves (evidence.py, births.py).
"""

from collections.abc import Iterator, Sequence

from conflation.births import BIRTH, KNOWN, SAME, SLIP
from conflation.evidence import FORENAME, SURNAME, SWAPPED

Facts = dict[str, str]  # name → SQL


def with_facts(pairs: str, columns: Sequence[str]) -> str:
    """SQL of `pairs` (which has x_l and x_r for the columns that facts read) with the facts its columns can bear."""
    for layer in _layers(columns):
        pairs = f"select *, {', '.join(f'{sql} as {name}' for name, sql in layer.items())} from ({pairs})"
    return pairs


def compared(columns: Sequence[str]) -> set[str]:
    """The columns, without names that are too empty or too uniform to be compared, so that none is told common."""
    bare = {name for name in ("forename", "surname") if f"is_common_{name}" not in columns}
    return set(columns) - bare


def any_of(*conditions: str) -> str:
    """SQL of a pair that meets one of the conditions."""
    return " or ".join(f"({sql})" for sql in conditions)


def _layers(columns: Sequence[str]) -> Iterator[Facts]:
    have = compared(columns)
    if "forename" not in have:
        return
    alike = _first_of(*_alike(have))
    first: Facts = {"is_alike": alike, "is_foreign": _foreign(have), "is_near": "false"}
    if "dob" not in have:
        yield first
    else:
        yield first | {"is_near": _first_of(SAME, SLIP), "is_known": _first_of(KNOWN)}
        levels = [level.sql for level in BIRTH.levels]
        yield {"is_fitting": _first_of("is_near", levels[1], levels[2], levels[4])}
        yield {"is_like": _first_of("is_fitting", levels[6], levels[5])}
        yield {"is_two": "is_known and not is_near", "is_apart": "is_known and not is_like"}
    yield {"is_other": "forename_l is not null and forename_r is not null and not is_alike"}


def _first_of(*ways: str) -> str:
    return f"case {' '.join(f'when {sql} then true' for sql in ways)} else false end"


def _alike(have: set[str]) -> list[str]:
    """Forenames that one person may have given: variants, slips, an initial, a middle name used as a first."""
    same, variant, near, initial = (level.sql for level in FORENAME.levels[:4])
    ways = [same, initial, "forename_sound_l = forename_sound_r"]
    if "surname" in have:
        ways.append(SWAPPED)
    ways.append(variant)
    if "middle" in have:
        ways += [
            f"contains(' ' || middle_{a} || ' ', ' ' || forename_{b} || ' ')"
            for a, b in (("l", "r"), ("r", "l"))
        ]
    return [*ways, near]


def _foreign(have: set[str]) -> str:
    """Both surnames are known and are neither alike nor the forename of the other."""
    if "surname" not in have:
        return "false"
    same, part, near = (level.sql for level in SURNAME.levels[:3])
    ways = [same, "surname_l is null or surname_r is null", "surname_sound_l = surname_sound_r", SWAPPED]
    return f"not {_first_of(*ways, part, near)}"
