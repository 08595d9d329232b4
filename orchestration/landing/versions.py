"""Versions of a record: which row stands, which said the same before, which are older; in SQL over what landed.

Of one record (force, feed, source_record_id) the row recorded last stands; between equals the one delivered later. A
clock that runs ahead wins nothing: a row counts as recorded at most a day after its delivery. A
row that says what an earlier delivery said of the same moment is an exact duplicate, and the earlier one is the
version. So the answer does not depend on the order of arrival. Not here: street-level months, which stand or fall as
a whole (manifest); what a row says (said), what extracts lack (vanishing); what a night shows of the rows (catalogue).
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path

import duckdb

from orchestration.landing.landed import Landed
from orchestration.landing.quoting import literal, literals
from orchestration.landing.said import tell_apart
from orchestration.landing.vanishing import doubted_extracts, find_gaps, n_wholes_upto

COUNTS = "counts.json"
AHEAD = 48  # hours from the start of a delivery's day: a row recorded later was stamped by a clock that runs ahead


@dataclass(frozen=True, slots=True)
class VersionCounts:
    """What became of the accepted rows of one delivery."""

    loaded: int
    exact_duplicate: int
    superseded: int
    newest: str  # the day (UTC) on which the last of them was recorded
    missing: int = 0  # of those loaded: their record is missing from a whole extract since
    closed: int = 0  # of these: a second extract lacks it too
    ahead: int = 0  # rows recorded more than a day after the delivery: taken as recorded then, not later


@dataclass(frozen=True, slots=True)
class Versions:
    """Where the versions of a night's deliveries are numbered, the counts by delivery, and what that brought to light.

    held: deliveries that are held for what they lack, with the sentence that says so; none of their rows is numbered.
    """

    folder: Path
    counts: Mapping[str, VersionCounts]
    held: Mapping[str, str] = field(default_factory=dict)


def write_versions(
    con: duckdb.DuckDBPyConnection,
    deliveries: Sequence[Landed],
    folder: Path,
    released: Collection[str] = frozenset(),
) -> Versions:
    """Number the versions of every record in these deliveries: folder/<feed>.parquet.

    The files hold delivery_id, line_number, version (from 1) and is_current for every row but exact duplicates; of a
    current row whose record a whole extract lacks also missing_since, and is_closed once two lack it. released: see
    manifest.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, VersionCounts] = {}
    held: dict[str, str] = {}
    for feed in sorted({d.feed for d in deliveries}):
        left = [d for d in deliveries if d.feed == feed]
        while doubted := _number(con, left, released):
            held |= doubted
            left = [d for d in left if d.delivery_id not in held]
        counts |= _written(con, _in_order(left), folder / f"{feed}.parquet")
    found = Versions(folder, counts, held)
    (folder / COUNTS).write_text(json.dumps([{name: astuple(c) for name, c in counts.items()}, held]))
    return found


def read_versions(folder: Path) -> Versions | None:
    """What write_versions left in a folder; None when it has not ended there."""
    path = folder / COUNTS
    if not path.is_file():
        return None
    counts, held = json.loads(path.read_text())
    return Versions(folder, {name: VersionCounts(*counted) for name, counted in counts.items()}, held)


def _in_order(deliveries: Iterable[Landed]) -> list[Landed]:
    return sorted(deliveries, key=lambda d: (d.delivery_date, d.delivery_id))


def _number(
    con: duckdb.DuckDBPyConnection, deliveries: Sequence[Landed], released: Collection[str]
) -> Mapping[str, str]:
    """The temp tables of one feed; or, leaving none that counts, the deliveries that must be held first."""
    ordered = _in_order(deliveries)
    con.execute(
        "create or replace temp table landed_now (place integer, part varchar, delivery_id varchar, day date, "
        "force_code varchar, is_whole boolean, nth integer)"
    )
    facts = [
        [place, d.part, d.delivery_id, d.delivery_date, d.force_code, d.is_whole, nth]
        for place, (d, nth) in enumerate(zip(ordered, n_wholes_upto(ordered), strict=True))
    ]
    lists = ", ".join("unnest(?)" for _ in facts[0])
    con.execute(f"insert into landed_now select {lists}", list(map(list, zip(*facts, strict=True))))
    con.execute(f"create or replace temp table rows_now as {_rows_sql(ordered)}")
    find_gaps(con)
    if doubted := doubted_extracts(con, ordered, released):
        return doubted
    tell_apart(con, ordered)
    con.execute("""
        create or replace temp table versions_now as
        select
            record_a, record_b, place, line_number, cast(row_number() over versions as integer) as version,
            lead(line_number) over versions is null as is_current
        from (
            select r.*
            from rows_now as r
            left join said_now as s on r.place = s.place and r.line_number = s.line_number
            qualify row_number() over (
                partition by r.record_a, r.record_b, r.moment, s.said order by r.place, r.line_number
            ) = 1
        )
        window versions as (partition by record_a, record_b order by moment, place, line_number)
    """)
    return {}


def _written(
    con: duckdb.DuckDBPyConnection, ordered: Sequence[Landed], target: Path
) -> Mapping[str, VersionCounts]:
    con.execute(f"""
        copy (
            select
                d.delivery_id, v.line_number, v.version, v.is_current, m.day as missing_since,
                coalesce(g.second_lacking is not null, false) as is_closed
            from versions_now as v
            inner join landed_now as d on v.place = d.place
            left join gaps_now as g
                on v.record_a = g.record_a and v.record_b = g.record_b
                and v.is_current and g.next_place is null and g.is_standing and g.first_lacking is not null
            left join landed_now as m on g.first_lacking = m.place
        ) to {literal(target)} (format parquet, compression lz4_raw)
    """)
    gone = con.execute(f"""
        select delivery_id, count(*), count(*) filter (is_closed)
        from read_parquet({literal(target)}) where missing_since is not null group by all
    """).fetchall()
    missing = {name: (n, n_closed) for name, n, n_closed in gone}
    rows = con.execute("""
        select
            r.place, r.n, coalesce(v.n, 0), coalesce(v.n_current, 0), strftime(make_timestamp(r.newest), '%Y-%m-%d'),
            r.n_ahead
        from (
            select place, count(*) as n, max(moment) as newest, count(*) filter (is_ahead) as n_ahead
            from rows_now group by place
        ) as r
        left join (
            select place, count(*) as n, count(*) filter (is_current) as n_current from versions_now group by place
        ) as v on r.place = v.place
    """).fetchall()
    for name in ("rows_now", "said_now", "versions_now", "gaps_now"):
        con.execute(f"drop table {name}")
    return {
        (name := ordered[place].delivery_id): VersionCounts(
            current, n - firsts, firsts - current, newest, *missing.get(name, (0, 0)), n_ahead
        )
        for place, n, firsts, current, newest, n_ahead in rows
    }


def _rows_sql(ordered: Sequence[Landed]) -> str:
    """What versions are told by, as numbers: two hashes name a record, because one might be shared."""
    op = "r.op" if any(d.is_whole for d in ordered) else "'upsert' as op"
    return f"""
        select
            hash(r.force_code || '/' || r.source_record_id) as record_a,
            hash('#' || r.source_record_id || '/' || r.force_code) as record_b,
            epoch_us(least(r.recorded_at, d.day + interval {AHEAD} hour)) as moment,
            r.recorded_at > d.day + interval {AHEAD} hour as is_ahead, d.place, r.line_number, {op}
        from read_parquet([{literals(sorted({d.part for d in ordered}))}], filename = 'part') as r
        inner join landed_now as d on r.delivery_id = d.delivery_id and r.part = d.part
    """
