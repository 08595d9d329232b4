"""Which pairs are compared at all: equality rules, chosen for the table they must serve.

Candidates stand in order of worth. A rule is taken if the table has its columns, if the pairs it makes stay within a
share of the budget, and if no looser rule that was taken makes the same pairs. Pairs are counted, never guessed, and
no truth is looked at. Not here: running the rules (Splink does, in predict.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from conflation.workspace import Connection, ask

MOST_PAIRS_A_RULE = (1_000_000, 2.0)  # at least this many, or this many for each mention
MOST_PAIRS = (5_000_000, 6.0)
INITIALS = {"forename_3": "substr(forename, 1, 3)", "surname_4": "substr(surname, 1, 4)"}
INITIALS |= {"forename_1": "left(forename, 1)", "surname_2": "substr(surname, 1, 2)"}
IMPLIED = {
    "forename": ("forename_3", "forename_1", "forename_sound", "forename_root"),
    "surname": ("surname_4", "surname_2", "surname_sound"),
    "forename_3": ("forename_1",),
    "surname_4": ("surname_2",),
    "dob": ("birth_year",),
    "postcode": ("outcode",),
}
SWAP = "swap"
CANDIDATES: tuple[tuple[str, ...], ...] = (
    *(("pnc_id",), ("cro",), ("local_id",), ("phone",), ("email",)),
    *(("dob", "surname"), ("dob", "forename"), ("dob", "postcode"), (SWAP, "dob"), ("dob", "address")),
    *(("forename_root", "surname"), ("forename_root", "surname", "outcode")),
    *(("forename", "surname"), ("forename", "surname", "birth_year"), ("forename", "surname", "outcode")),
    *(("forename", "surname", "town"), (SWAP,), (SWAP, "birth_year")),
    *(("forename", "postcode"), ("surname", "postcode"), ("forename", "address"), ("surname", "address")),
    *(
        ("forename_3", "surname_4"),
        ("forename_3", "surname_4", "birth_year"),
        ("forename_3", "surname_4", "outcode"),
    ),
    *(("forename_sound", "surname_sound"), ("forename_sound", "surname_sound", "birth_year")),
    *(("forename_sound", "surname_sound", "outcode"), ("forename_sound", "surname_sound", "town")),
    *(
        ("dob", "outcode"),
        ("dob", "forename_1"),
        ("dob", "surname_2"),
        ("dob", "town"),
        ("dob", "sex"),
        ("dob",),
    ),
    *(("surname_sound", "forename_1", "birth_year"), ("surname_sound", "forename_1", "outcode")),
    *(("forename", "outcode"), ("surname", "outcode"), ("forename", "street", "town"), ("surname", "street")),
    *(("forename_1", "surname_2", "birth_year"), ("forename", "middle", "town"), ("surname", "town")),
    *(("address",), ("postcode",), ("forename", "birth_year"), ("surname", "birth_year"), ("surname",)),
)


@dataclass(frozen=True)
class Rule:
    """One blocking rule: pairs that agree on every key."""

    keys: tuple[str, ...]

    @property
    def sql(self) -> str:
        """The rule as Splink reads it."""
        parts = []
        for key in self.keys:
            if key == SWAP:
                parts += ["l.forename = r.surname", "l.surname = r.forename"]
            else:
                parts.append(f"{_side(key, 'l')} = {_side(key, 'r')}")
        return " and ".join(parts)

    @property
    def columns(self) -> set[str]:
        """Standard columns that the rule reads."""
        found = set()
        for key in self.keys:
            found |= (
                {"forename", "surname"}
                if key == SWAP
                else {key.rsplit("_", 1)[0] if key in INITIALS else key}
            )
        return found

    def implies(self, other: "Rule") -> bool:
        """Whether every pair of this rule is also a pair of the other."""
        known = set(self.keys)
        for key in self.keys:
            known.update(IMPLIED.get(key, ()))
        return set(other.keys) <= known


def _side(key: str, side: str) -> str:
    if key in INITIALS:
        column = key.rsplit("_", 1)[0]
        return INITIALS[key].replace(column, f"{side}.{column}")
    return f"{side}.{key}"


def count_pairs(con: Connection, table: str, rule: Rule) -> int:
    """Pairs that a rule makes in a table, both orders counted once."""
    keys = [INITIALS.get(key, key) for key in rule.keys if key != SWAP]
    if SWAP in rule.keys:
        on = " and ".join(
            ["l.forename = r.surname", "l.surname = r.forename", *(f"l.{key} = r.{key}" for key in keys)]
        )
        found = ask(
            con, f"select count(*) // 2 from {table} l join {table} r on {on} where l.forename <> l.surname"
        )
    else:
        held = " and ".join(f"({key}) is not null" for key in keys)
        groups = f"select count(*)::double as n from {table} where {held} group by {', '.join(keys)}"
        found = ask(con, f"select sum(n * (n - 1) / 2) from ({groups}) where n > 1")
    return int(found[0][0] or 0)


def choose_rules(
    con: Connection, table: str, columns: Sequence[str], n_mentions: int, breadth: float = 1.0
) -> list[Rule]:
    """The rules for a table, in order of worth; their pairs stay within the budget, times `breadth`."""
    per_rule = breadth * max(MOST_PAIRS_A_RULE[0], MOST_PAIRS_A_RULE[1] * n_mentions)
    budget = breadth * max(MOST_PAIRS[0], MOST_PAIRS[1] * n_mentions)
    taken: list[Rule] = []
    for keys in CANDIDATES:
        rule = Rule(keys)
        if not rule.columns <= set(columns) or any(rule.implies(looser) for looser in taken):
            continue
        pairs = count_pairs(con, table, rule)
        if 0 < pairs <= min(per_rule, budget):
            taken.append(rule)
            budget -= pairs
    if not taken:  # no two mentions agree on anything, or all do: one rule keeps the linkage whole
        bearable = [Rule(keys) for keys in CANDIDATES if Rule(keys).columns <= set(columns)]
        return [rule for rule in bearable if count_pairs(con, table, rule) == 0][:1]
    return [rule for rule in taken if not any(rule != other and rule.implies(other) for other in taken)]
