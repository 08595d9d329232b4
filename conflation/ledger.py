"""Persons' ids that last: which id a mention had on a day, where an id went, and why.

Tonight's clusters inherit the ids of the mentions they share with last night: the largest share first, a mention with a
verified identifier counting for many, the older id on a tie. What is left is new. The ledger is append-only: for each
night the mentions whose id changed, and the events (created, merged, split, retired). A night that is run again
replaces its own pages only. Not here: clusters (link.py).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from conflation.workspace import Connection, ask, text

VERIFIED = 1_000  # a mention with a verified identifier outweighs so many without
EVENTS = "event_date varchar, kind varchar, person_id varchar, other_id varchar, cause varchar"


@dataclass(frozen=True)
class Event:
    """Something that happened to an id. `other_id`: what it merged into, or was split from."""

    kind: str
    person_id: str
    other_id: str | None
    cause: str


def assign_ids(
    overlaps: Iterable[tuple[str, str, int]],
    firsts: Mapping[str, str],
    born: Mapping[str, str],
    on: date,
    former: Iterable[tuple[str, str, int]] = (),
) -> tuple[dict[str, str], list[Event]]:
    """Ids of tonight's clusters, and what happened.

    Args:
        overlaps: old id, new cluster, weight of what they share.
        firsts: each new cluster's smallest mention, from which a new id is made.
        born: each old id's day of birth, ISO; all old ids stand in it.
        former: ids that were merged away, new cluster, weight: a cluster that parts again gets its own back.
    """
    once: dict[str, list[str]] = {}
    for old, cluster, _ in sorted(former, key=lambda o: (-o[2], o[0])):
        once.setdefault(cluster, []).append(old)
    ranked = sorted(overlaps, key=lambda o: (-o[2], born[o[0]], o[0], firsts[o[1]]))
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for old, cluster, _ in ranked:
        if cluster not in ids and old not in taken:
            ids[cluster] = old
            taken.add(old)
    events: list[Event] = []
    came: dict[str, str] = {}
    for old, cluster, _ in ranked:
        if old not in taken and cluster in ids and old not in came:
            came[old] = ids[cluster]
            events.append(Event("merged", old, ids[cluster], "its mentions joined another person's"))
    origin = {cluster: old for old, cluster, _ in reversed(ranked)}
    used = {*born, *ids.values()}
    for cluster in sorted(set(firsts) - set(ids), key=lambda c: firsts[c]):
        own = [old for old in once.get(cluster, []) if old not in used] if cluster in origin else []
        ids[cluster] = own[0] if own else _new_id(firsts[cluster], on, used)
        used.add(ids[cluster])
        if cluster in origin:
            events.append(
                Event("split", ids[cluster], origin[cluster], "its mentions were found to be another's")
            )
        else:
            events.append(Event("created", ids[cluster], None, "first mention"))
    for old in sorted(set(born) - taken - set(came)):
        events.append(Event("retired", old, None, "no mention is left"))
    return ids, events


def _new_id(mention: str, on: date, used: set[str]) -> str:
    for attempt in range(100):
        seed = f"{mention}|{on.isoformat()}|{attempt}"
        candidate = "P" + hashlib.sha256(seed.encode()).hexdigest()[:12]
        if candidate not in used:
            return candidate
    raise RuntimeError("no free person id")


def record_night(con: Connection, people: str, verified: str, folder: Path, on: date) -> dict[str, int]:
    """Give ids to the clusters of `people` (record_id, cluster, …); leaves `person_ids` (record_id, person_id).

    Args:
        verified: a table of record_ids with a verified identifier.
        folder: the ledger; pages dated on or after `on` are not read.
    """
    _load(con, folder, on)
    overlaps = ask(
        con,
        "select l.person_id, p.cluster, (count(*) + count(v.record_id) * " + str(VERIFIED) + ")::bigint from"
        f" last_ids l join {people} p using (record_id) left join {verified} v using (record_id) group by all",
    )
    firsts = dict(ask(con, f"select cluster, min(record_id) from {people} group by cluster"))
    born = dict(ask(con, "select person_id, min(born) from last_ids group by person_id"))
    former = ask(
        con,
        f"select f.person_id, p.cluster, count(*) from former_ids f join {people} p using (record_id)"
        " anti join last_ids l on l.person_id = f.person_id group by all",
    )
    ids, events = assign_ids(overlaps, firsts, born, on, former)
    _page(con, people, ids, events, folder, on)
    kinds = [event.kind for event in events]
    return {kind: kinds.count(kind) for kind in ("created", "merged", "split", "retired")} | {
        "people": len(ids)
    }


def _load(con: Connection, folder: Path, before: date) -> None:
    """Make `last_ids` (record_id, person_id, born) as the pages before a day leave it."""
    pages = sorted(path for path in folder.glob("ids-*.parquet") if path.stem[4:] < before.isoformat())
    nothing = "select '' as record_id, '' as person_id, '' as on_date where false"
    told = f"from read_parquet([{', '.join(text(str(page)) for page in pages)}])" if pages else nothing
    ask(con, f"create or replace table told_ids as {told}")
    ask(
        con,
        "create or replace table last_ids as with latest as (select record_id, arg_max_null(person_id, on_date)"
        " as person_id from told_ids group by record_id), births as (select person_id, min(on_date) as born"
        " from told_ids group by person_id)"
        " select record_id, person_id, born from latest join births using (person_id)",
    )
    ask(con, "create or replace table former_ids as select distinct record_id, person_id from told_ids")


def _page(
    con: Connection, people: str, ids: Mapping[str, str], events: list[Event], folder: Path, on: date
) -> None:
    import pyarrow as pa

    columns = {
        "cluster": pa.array(list(ids), pa.string()),
        "person_id": pa.array(list(ids.values()), pa.string()),
    }
    con.register("given_ids", pa.table(columns))
    named = f"select record_id, person_id from {people} join given_ids using (cluster)"
    ask(con, f"create or replace table person_ids as {named}")
    con.unregister("given_ids")
    folder.mkdir(parents=True, exist_ok=True)
    changed = (
        "select coalesce(p.record_id, l.record_id) as record_id, p.person_id, "
        f"'{on.isoformat()}' as on_date from person_ids p full join last_ids l using (record_id)"
        " where p.person_id is distinct from l.person_id order by record_id"
    )
    _write(con, changed, folder / f"ids-{on.isoformat()}.parquet")
    rows = [(on.isoformat(), e.kind, e.person_id, e.other_id, e.cause) for e in events]
    names = [part.split()[0] for part in EVENTS.split(", ")]
    table = pa.table({n: pa.array([row[i] for row in rows], pa.string()) for i, n in enumerate(names)})
    con.register("given_events", table)
    _write(
        con,
        "from given_events order by person_id, kind, other_id",
        folder / f"events-{on.isoformat()}.parquet",
    )
    con.unregister("given_events")


def _write(con: Connection, sql: str, path: Path) -> None:
    aside = path.with_suffix(".tmp")
    ask(con, f"copy ({sql}) to {text(str(aside))} (format parquet, compression zstd)")
    aside.replace(path)


def id_on(con: Connection, folder: Path, mention: str, day: date) -> str | None:
    """The id that a mention had on a day; None where it had none."""
    pages = sorted(path for path in folder.glob("ids-*.parquet") if path.stem[4:] <= day.isoformat())
    if not pages:
        return None
    listed = ", ".join(text(str(page)) for page in pages)
    rows = ask(
        con,
        f"select person_id from read_parquet([{listed}]) where record_id = ? order by on_date desc limit 1",
        [mention],
    )
    return rows[0][0] if rows else None


def history_of(con: Connection, folder: Path, person_id: str) -> list[dict[str, Any]]:
    """Everything that happened to an id and to the ids it went into, oldest first: where did this id go."""
    pages = sorted(folder.glob("events-*.parquet"))
    if not pages:
        return []
    listed = ", ".join(text(str(page)) for page in pages)
    names = [part.split()[0] for part in EVENTS.split(", ")]
    found: list[dict[str, Any]] = []
    asked: set[str] = set()
    wanted = [person_id]
    while wanted:
        name = wanted.pop()
        if name in asked:
            continue
        asked.add(name)
        rows = ask(
            con,
            f"from read_parquet([{listed}]) where person_id = ? or (other_id = ? and kind = 'split')",
            [name, name],
        )
        told = [dict(zip(names, row, strict=True)) for row in rows]
        found += told
        wanted += [
            event["other_id"] for event in told if event["kind"] == "merged" and event["person_id"] == name
        ]
    unique = {tuple(event.values()): event for event in found}
    return sorted(unique.values(), key=lambda event: (event["event_date"], event["person_id"], event["kind"]))


def ids_after(con: Connection, folder: Path, person_id: str) -> dict[str, int]:
    """Of the mentions that an id ever had: under which ids they stand now, and how many under each."""
    pages = sorted(folder.glob("ids-*.parquet"))
    if not pages:
        return {}
    listed = ", ".join(text(str(page)) for page in pages)
    rows = ask(
        con,
        f"with told as (from read_parquet([{listed}])), now as (select record_id, arg_max_null(person_id, on_date)"
        " as person_id from told group by record_id)"
        " select now.person_id, count(*) from now semi join (select record_id from told where person_id = ?) ever"
        " using (record_id) where now.person_id is not null group by 1 order by 2 desc, 1",
        [person_id],
    )
    return {str(name): int(n) for name, n in rows}
