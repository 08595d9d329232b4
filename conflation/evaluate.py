"""How well a linkage does on a table with truth: the same code that links, then counting.

Pairs are judged as scored, clusters by the pairs they imply. Truth is read for counting only; thresholds are the same
for every table (thresholds.py). Not here: other linkers to compare with (baseline.py), the report (report.py).
"""

import resource
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conflation import generic, guards
from conflation.artefacts import Artefacts
from conflation.assign import assign
from conflation.baseline import plain_splink
from conflation.columns import ColumnMap, LinkageError
from conflation.learn import learn
from conflation.link import cluster, spread
from conflation.standardise import standardise
from conflation.table import read_table
from conflation.thresholds import THRESHOLDS
from conflation.workspace import Connection, ask, columns_of, one, quoted, workspace


@dataclass(frozen=True)
class Question:
    """A table with truth, and where in it the truth, the source and the household stand."""

    records: Path
    columns: ColumnMap
    truth: str
    source: str | None = None
    household: str | None = None
    is_compared: bool = False  # with plain Splink, in the same run


def evaluate(question: Question, scratch: Path, threads: int = 2, memory: str = "3GB") -> dict[str, Any]:
    """Train unsupervised, link, guard, cluster and count. The answer's keys are those of README.md, and a few more."""
    started = time.perf_counter()
    with workspace(scratch, threads, memory) as con:
        _load(con, question)
        standardise(con, "raw", question.columns, question.source, "standard")
        _truth(con, question)
        loosest = min(THRESHOLDS.values(), key=lambda terms: terms.join)
        artefacts, rules = learn(con, "standard", loosest)
        guards.apply(con, "scored", "nodes", columns_of(con, "nodes"), artefacts.caps, "pairs")
        ask(con, "drop table scored")
        found: dict[str, Any] = {}
        for name, terms in sorted(THRESHOLDS.items(), key=lambda item: item[1].join):
            bound = Artefacts(artefacts.settings, artefacts.caps, terms)
            cluster(con, "nodes", "pairs", "nodes", bound)
            spread(con, "nodes_plain_copies", "clusters", "people")
            found[name] = _judge(con, terms.join, question)
        answer = {
            "records": int(one(con, "select count(*) from true_people")),
            "true_pairs": _true_pairs(con),
            "thresholds": found,
            "blocking_recall": _blocking_recall(con, [rule.sql for rule in rules]),
            "generic_values": generic.report(con, "generic_values")[:50],
            "guards": dict(artefacts.caps),
            "rules": [list(rule.keys) for rule in rules],
        }
        if question.is_compared:
            answer["plain_splink"] = _plain(con)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return answer | {"seconds": round(time.perf_counter() - started, 2), "peak_mb": round(peak, 1)}


def _load(con: Connection, question: Question) -> None:
    read_table(con, question.records, "raw")
    headings = columns_of(con, "raw")
    question.columns.check_against(headings, question.records.name)
    for what, heading in (
        ("true person", question.truth),
        ("source", question.source),
        ("household", question.household),
    ):
        if heading and heading not in headings:
            raise LinkageError(f"{question.records.name} has no column {heading!r} to read the {what} from.")
    if question.truth in question.columns.headings:
        raise LinkageError(f"The column {question.truth!r} holds the answer; it may not be linked on.")
    key = question.columns.columns.get("record_id")
    if key and one(con, f"select count(*) - count(distinct {quoted(key)}) from raw"):
        raise LinkageError(
            f"The column {key!r} must be different and filled in every row to serve as record_id."
        )


def _truth(con: Connection, question: Question) -> None:
    """The table true_people: record_id, person, source, household. Rows without truth are linked but not counted."""
    key = question.columns.columns.get("record_id")
    record = f"cast({quoted(key)} as varchar)" if key else "cast(rowid as varchar)"
    cells = [
        f"cast({quoted(heading)} as varchar) as {name}" if heading else f"cast(null as varchar) as {name}"
        for name, heading in (("source", question.source), ("household", question.household))
    ]
    ask(
        con,
        f"create table true_people as select {record} as record_id,"
        f" cast({quoted(question.truth)} as varchar) as person, {', '.join(cells)}"
        f" from raw where {quoted(question.truth)} is not null",
    )
    if not one(con, "select count(*) from true_people"):
        raise LinkageError(f"The column {question.truth!r} is empty in every row: nothing to judge by.")


def _pairs_in(groups: str) -> str:
    return f"select coalesce(sum(n * (n - 1) // 2), 0)::bigint from (select count(*) as n from {groups})"


def _true_pairs(con: Connection, across: bool = False) -> int:
    all_pairs = int(one(con, _pairs_in("true_people group by person")))
    return (
        all_pairs - int(one(con, _pairs_in("true_people group by person, source"))) if across else all_pairs
    )


def _judge(con: Connection, join: float, question: Question) -> dict[str, Any]:
    """The figures at one threshold. The table people holds the clusters."""
    ask(
        con,
        "create or replace table judged as select p.cluster, t.* from people p join true_people t using (record_id)",
    )
    hits = int(one(con, _pairs_in("judged group by cluster, person")))
    implied = int(one(con, _pairs_in("judged group by cluster")))
    ask(con, f"create or replace table linked as {_record_pairs(join)}")
    good, said = ask(
        con,
        "select count(*) filter (a.person = b.person), count(*) from linked p join true_people a on a.record_id = p.a"
        " join true_people b on b.record_id = p.b",
    )[0]
    figures: dict[str, Any] = {
        "pairs": _figures(good, said, _true_pairs(con)),
        "clusters": _figures(hits, implied, _true_pairs(con)),
    }
    if question.source:
        figures["one_to_one"] = _one_to_one(con)
    return figures | _errors(con)


def _record_pairs(join: float) -> str:
    """Pairs of mentions whose weight is enough, copies written out."""
    copies = "nodes_plain_copies"
    return (
        f"select a.record_id as a, b.record_id as b, p.weight from pairs p join {copies} a on a.node = p.id_l"
        f" join {copies} b on b.node = p.id_r where p.weight >= {join} union all"
        f" select a.record_id, b.record_id, p.weight from {copies} s join pairs p"
        " on p.id_l = least(s.first_node, s.node) and p.id_r = greatest(s.first_node, s.node)"
        f" join {copies} a on a.node = s.first_node"
        f" join {copies} b on b.node = s.first_node and a.record_id < b.record_id"
        f" where s.copy = 2 and p.weight >= {join}"
    )


def _figures(good: int, said: int, true: int) -> dict[str, float]:
    precision = good / said if said else 1.0
    recall = good / true if true else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 6), "recall": round(recall, 6), "f1": round(f1, 6)}


def _one_to_one(con: Connection) -> dict[str, float]:
    rows = ask(
        con,
        "select p.a, x.source, p.b, y.source, p.weight, x.person = y.person from linked p"
        " join true_people x on x.record_id = p.a join true_people y on y.record_id = p.b where x.source <> y.source",
    )
    same = {(row[0], row[2]) for row in rows if row[5]}
    taken = assign(row[:5] for row in rows)
    good = sum((a, b) in same for a, b, _ in taken)
    return _figures(good, len(taken), _true_pairs(con, across=True))


def _errors(con: Connection) -> dict[str, int]:
    merged = "select cluster from judged group by cluster having count(distinct person) > 1"
    household = (
        "select j.cluster from judged j where household is not null group by j.cluster, j.household"
        " having count(distinct j.person) > 1"
    )
    return {
        "household_merges": int(one(con, f"select count(distinct cluster) from ({household})")),
        "split_persons": int(
            one(
                con,
                "select count(*) from (select person from judged group by person having count(distinct cluster) > 1)",
            )
        ),
        "merged_persons": int(
            one(con, f"select count(distinct person) from judged where cluster in ({merged})")
        ),
    }


def _plain(con: Connection) -> dict[str, Any]:
    """Plain Splink on the same standard table, judged alike."""
    try:
        told = plain_splink(con, "standard", "people")
    except ValueError as error:
        return {"problem": str(error)}
    ask(
        con,
        "create or replace table judged as select p.cluster, t.* from people p join true_people t using (record_id)",
    )
    hits = int(one(con, _pairs_in("judged group by cluster, person")))
    return (
        told
        | {"clusters": _figures(hits, int(one(con, _pairs_in("judged group by cluster"))), _true_pairs(con))}
        | _errors(con)
    )


def _blocking_recall(con: Connection, rules: list[str]) -> float:
    """The share of true pairs that some rule compares."""
    if not rules:
        return 0.0
    ask(
        con,
        "create or replace table told as select s.*, t.person from standard s join true_people t using (record_id)",
    )
    met = " or ".join(f"coalesce({rule}, false)" for rule in rules)
    hits, true = ask(
        con,
        f"select count(*) filter ({met}), count(*) from told l join told r on l.person = r.person"
        " and l.record_id < r.record_id",
    )[0]
    return round(hits / true, 6) if true else 1.0
