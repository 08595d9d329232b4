"""How good a night's linkage is on a fictional world, beside the book in which the world wrote who is who.

Only this judging reads that book, and nothing that links does. Mentions are judged apart by what they tell: at least
three identifiers, less, or intelligence. Pairs of one force that share the force's own number of a person are left out
of every figure: the force has said as much. Plain Splink may be judged alike in the same run. Not here: linking
(nightly.py), tables with truth (evaluate.py).
"""

from pathlib import Path
from typing import Any

from conflation.baseline import plain_splink
from conflation.columns import LinkageError
from conflation.link import collapse
from conflation.sayings import IDENTITY, MAP
from conflation.standardise import standardise
from conflation.workspace import Connection, ask, one, text, workspace

TOLD = ("forename", "surname", "birth_date", "pnc_id", "cro_number", "address_line", "phone", "email")
ENOUGH = 3
FULL = 6  # identifiers; completeness is reported by number up to here
SMALLEST = 30  # a group with fewer true pairs is not reported
GROUPS = {
    "all": "true",
    "three identifiers": f"n_told >= {ENOUGH}",
    "fewer identifiers": f"n_told < {ENOUGH}",
}


def judge_world(
    generation: Path, answers: Path, people: Path, sibling_bit: int, scratch: Path, is_compared: bool = False
) -> dict[str, Any]:
    """Figures by kind of mention, completeness, sex and origin of name, and merged homes and twins.

    Args:
        generation: a night's warehouse file.
        answers, people: folders of Parquet: who is meant by each record (force_code, feed, column, source_record_id,
            person_uid, errors), and the people (person_uid, household, sex, culture, twin_uid).
        sibling_bit: the bit of `errors` that marks a mention with a sibling's details; those are counted apart.
        is_compared: judge plain Splink on the same mentions, too.
    Raises: LinkageError where a folder holds no Parquet.
    """
    for folder in (answers, people):
        if not any(folder.rglob("*.parquet")):
            raise LinkageError(f"{folder} holds no Parquet files.")
    with workspace(scratch) as con:
        _load(con, generation, answers, people, sibling_bit)
        found = _judged(con)
        if is_compared:
            found["plain_splink"] = _plain(con, generation)
        return found


def _judged(con: Connection) -> dict[str, Any]:
    """All figures of the clusters that `judged` holds now."""
    found: dict[str, Any] = {name: _figures(con, where) for name, where in GROUPS.items()}
    found["across forces"] = _figures(con, "true", across=True)
    found["with intelligence"] = _with_intelligence(con)
    found["within intelligence"] = _figures(con, "feed = 'intel_party'")
    for number in range(2, FULL + 1):
        least = ">=" if number == FULL else "="
        found[f"identifiers {least} {number}"] = _figures(con, f"n_told {least} {number}")
    found |= {f"sex {value}": _figures(con, f"sex = '{value}'") for value in _values(con, "sex")}
    found |= {f"names {value}": _figures(con, f"culture = '{value}'") for value in _values(con, "culture")}
    kept = {name: figures for name, figures in found.items() if figures["true_pairs"] >= SMALLEST}
    return {"mentions": int(one(con, "select count(*) from judged")), "groups": kept} | _merges(con)


def _plain(con: Connection, generation: Path) -> dict[str, Any]:
    """Plain Splink on the night's distinct mentions, copies following the first, judged by the same figures."""
    cells = ", ".join(f"cast({name} as varchar) as {name}" for name in IDENTITY.values())
    ask(con, f"attach {text(str(generation))} as night (read_only)")
    ask(con, f"create table mentions as select {cells} from night.main.int_mentions")
    ask(con, "detach night")
    standardise(con, "mentions", MAP, None, "standard")
    collapse(con, "standard", "distinct_mentions")
    ask(con, "delete from distinct_mentions where ends_with(record_id, '+')")
    try:
        told = plain_splink(con, "distinct_mentions", "plain_people")
    except ValueError as error:
        return {"problem": str(error)}
    ask(
        con,
        "create or replace table judged as select j.* replace (p.cluster as cluster) from judged j"
        " join distinct_mentions_copies c on c.record_id = j.mention_id"
        " join plain_people p on p.record_id = c.first_node",
    )
    return told | _judged(con)


def _load(con: Connection, generation: Path, answers: Path, people: Path, sibling_bit: int) -> None:
    ask(con, f"attach {text(str(generation))} as night (read_only)")
    told = " + ".join(f"(m.{name} is not null)::int" for name in TOLD)
    ask(
        con,
        "create table judged as select m.mention_id, b.person_id as cluster, a.person_uid as person, m.force_code,"
        f" m.feed, coalesce(m.force_code || m.person_ref, m.mention_id) as nominal, {told} as n_told, p.household,"
        " p.sex, p.culture, p.twin_uid,"
        f" (a.errors & {sibling_bit}) <> 0 as is_planted, a.is_wrong_nominal from night.main.int_mentions m"
        " join night.main.bridge_mentions_to_people b using (mention_id)"
        f" join (select distinct on (force_code, feed, source_record_id) * from read_parquet({_all(answers)})"
        " where \"column\" = 'person_uid') a on a.force_code = m.force_code and a.feed = m.feed"
        f" and a.source_record_id = m.source_record_id join read_parquet({_all(people)}) p"
        " on p.person_uid = a.person_uid",
    )
    ask(con, "detach night")


def _all(folder: Path) -> str:
    return text(str(folder / "**" / "*.parquet"))


def _values(con: Connection, column: str) -> list[str]:
    return [
        row[0]
        for row in ask(con, f"select distinct {column} from judged where {column} is not null order by 1")
    ]


def _pairs(con: Connection, groups: str, where: str) -> int:
    """Pairs within groups, less those of one force that share its own number."""
    counts = []
    for by in (groups, f"{groups}, nominal"):
        sizes = f"select count(*) as n from judged where {where} group by {by}"
        counts.append(int(one(con, f"select coalesce(sum(n * (n - 1) // 2), 0) from ({sizes})")))
    return counts[0] - counts[1]


def _figures(con: Connection, where: str, across: bool = False) -> dict[str, Any]:
    counts = [_pairs(con, groups, where) for groups in ("cluster, person", "cluster", "person")]
    if across:
        within = [
            _pairs(con, f"{groups}, force_code", where) for groups in ("cluster, person", "cluster", "person")
        ]
        counts = [a - b for a, b in zip(counts, within, strict=True)]
    return _ratios(*counts)


def _with_intelligence(con: Connection) -> dict[str, Any]:
    """Pairs of which at least one mention comes from intelligence."""
    groups = ("cluster, person", "cluster", "person")
    whole = [_pairs(con, by, "true") for by in groups]
    others = [_pairs(con, by, "feed <> 'intel_party'") for by in groups]
    return _ratios(*(a - b for a, b in zip(whole, others, strict=True)))


def _ratios(hits: int, said: int, true: int) -> dict[str, Any]:
    precision, recall = hits / said if said else 1.0, hits / true if true else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(f1, 4),
        "true_pairs": true,
    }


def _merges(con: Connection) -> dict[str, Any]:
    """Homes and twins merged, for each 10,000 persons; mentions that carry a sibling's details stand apart.

    The count without wrong numbers leaves out mentions under a force's number that holds another person, too.
    """
    n = int(one(con, "select count(distinct person) from judged"))
    home = "select cluster from judged where {} group by cluster, household having count(distinct person) > 1"
    twins = (
        "select distinct a.cluster from judged a join judged b on a.cluster = b.cluster and a.twin_uid = b.person"
        " where not a.is_planted and not b.is_planted"
    )
    counts = {
        "household_merges": "not is_planted",
        "household_merges_without_wrong_numbers": "not is_planted and not is_wrong_nominal",
        "household_merges_with_siblings_details": "true",
    }
    found: dict[str, Any] = {"persons": n}
    for name, where in counts.items():
        merged = int(one(con, f"select count(distinct cluster) from ({home.format(where)})"))
        found |= {name: merged, f"{name}_per_10000": round(10_000 * merged / max(n, 1), 2)}
    return found | {"twin_merges": int(one(con, f"select count(*) from ({twins})"))}
