"""Versions of a record: which row stands, which said the same before, which are older; in SQL over what landed.

Of one record (force, feed, source_record_id) the row recorded last stands; between equals the one delivered later. A
row that says what an earlier delivery said of the same moment is an exact duplicate, and the earlier one is the
version. So the answer does not depend on the order of arrival. Not here: street-level months, which stand or fall as
a whole (manifest); what a night shows of the rows (catalogue).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

import duckdb

from orchestration.landing.quoting import literal, literals

COUNTS = "counts.json"
# Columns that say whose a row is, when and how it came; all others are what it says of its record.
_SAID_OF_THE_ROW = (
    "force_code", "source_record_id", "delivery_id", "line_number", "recorded_at", "known_at", "record_version",
    "owner_force", "retention_group", "noted", "row_hash", "part", "place",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Landed:
    """One landed delivery, as far as versions need it."""

    feed: str
    part: str
    delivery_id: str
    delivery_date: date


@dataclass(frozen=True, slots=True)
class VersionCounts:
    """What became of the accepted rows of one delivery."""

    loaded: int
    exact_duplicate: int
    superseded: int
    newest: str  # the day (UTC) on which the last of them was recorded


def write_versions(
    con: duckdb.DuckDBPyConnection, deliveries: Sequence[Landed], folder: Path
) -> Mapping[str, VersionCounts]:
    """Number the versions of every record in these deliveries: folder/<feed>.parquet, and the counts by delivery.

    The files hold delivery_id, line_number, version (from 1) and is_current for every row but exact duplicates.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, VersionCounts] = {}
    for feed in sorted({d.feed for d in deliveries}):
        found |= _of_feed(con, [d for d in deliveries if d.feed == feed], folder / f"{feed}.parquet")
    counts = {name: astuple(c) for name, c in found.items()}
    (folder / COUNTS).write_text(json.dumps(counts))
    return found


def read_counts(folder: Path) -> Mapping[str, VersionCounts] | None:
    """The counts that write_versions left in a folder; None when it has not ended there."""
    path = folder / COUNTS
    if not path.is_file():
        return None
    return {name: VersionCounts(*counts) for name, counts in json.loads(path.read_text()).items()}


def _of_feed(
    con: duckdb.DuckDBPyConnection, deliveries: Sequence[Landed], target: Path
) -> Mapping[str, VersionCounts]:
    ordered = sorted(deliveries, key=lambda d: (d.delivery_date, d.delivery_id))
    con.execute("create or replace temp table landed_now (part varchar, delivery_id varchar, place integer)")
    con.execute(
        "insert into landed_now select unnest(?), unnest(?), unnest(?)",
        [[d.part for d in ordered], [d.delivery_id for d in ordered], list(range(len(ordered)))],
    )
    con.execute(f"create or replace temp table rows_now as {_rows_sql({d.part for d in ordered})}")
    _tell_apart(con, ordered)
    con.execute("""
        create or replace temp table versions_now as
        select
            place, line_number, cast(row_number() over versions as integer) as version,
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
    con.execute(f"""
        copy (
            select d.delivery_id, v.line_number, v.version, v.is_current
            from versions_now as v inner join landed_now as d on v.place = d.place
        ) to {literal(target)} (format parquet, compression lz4_raw)
    """)
    rows = con.execute("""
        select r.place, r.n, coalesce(v.n, 0), coalesce(v.n_current, 0), strftime(make_timestamp(r.newest), '%Y-%m-%d')
        from (select place, count(*) as n, max(moment) as newest from rows_now group by place) as r
        left join (
            select place, count(*) as n, count(*) filter (is_current) as n_current from versions_now group by place
        ) as v on r.place = v.place
    """).fetchall()
    con.execute("drop table rows_now; drop table said_now; drop table versions_now")
    return {
        ordered[place].delivery_id: VersionCounts(current, n - firsts, firsts - current, newest)
        for place, n, firsts, current, newest in rows
    }


def _rows_sql(parts: Iterable[str]) -> str:
    """What versions are told by, as numbers: two hashes name a record, because one might be shared."""
    return f"""
        select
            hash(r.force_code || '/' || r.source_record_id) as record_a,
            hash('#' || r.source_record_id || '/' || r.force_code) as record_b,
            epoch_us(r.recorded_at) as moment, d.place, r.line_number
        from read_parquet([{literals(sorted(parts))}], filename = 'part') as r
        inner join landed_now as d on r.delivery_id = d.delivery_id and r.part = d.part
    """


def _tell_apart(con: duckdb.DuckDBPyConnection, ordered: Sequence[Landed]) -> None:
    """The temp table said_now: what is said (as a number) by each row whose record has another of the same moment.

    Only of these are all columns read, and only in the parts that hold them.
    """
    con.execute("""
        create or replace temp table again_now as
        select r.place, r.line_number
        from rows_now as r
        semi join (
            select record_a, record_b, moment from rows_now group by all having count(*) > 1
        ) as a on r.record_a = a.record_a and r.record_b = a.record_b and r.moment = a.moment
    """)
    places = con.execute("select distinct place from again_now").fetchall()
    parts = sorted({ordered[place].part for (place,) in places})
    con.execute("create or replace temp table said_now (place integer, line_number bigint, said ubigint)")
    if parts:
        con.execute(f"""
            insert into said_now
            select d.place, r.line_number, hash(*columns(lambda c: c not in ({literals(_SAID_OF_THE_ROW)})))
            from read_parquet([{literals(parts)}], filename = 'part', union_by_name = true) as r
            inner join landed_now as d on r.delivery_id = d.delivery_id and r.part = d.part
            semi join again_now as a on d.place = a.place and r.line_number = a.line_number
        """)
    con.execute("drop table again_now")
