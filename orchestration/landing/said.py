"""What a row says of its record, as a number: told only for rows whose record has another of the same moment.

Most rows come once, and a hash kept for each would cost more than all the others. Not here: what follows from two rows
that say the same (versions).
"""

from collections.abc import Sequence

import duckdb

from orchestration.landing.landed import Landed
from orchestration.landing.quoting import literals

# Columns that say whose a row is, when and how it came; all others are what it says of its record.
_SAID_OF_THE_ROW = (
    "force_code", "source_record_id", "delivery_id", "line_number", "recorded_at", "known_at", "record_version",
    "owner_force", "retention_group", "noted", "row_hash", "part", "place",
)  # fmt: skip


def tell_apart(con: duckdb.DuckDBPyConnection, ordered: Sequence[Landed]) -> None:
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
            inner join (select place, delivery_id, part from landed_now) as d
                on r.delivery_id = d.delivery_id and r.part = d.part
            semi join again_now as a on d.place = a.place and r.line_number = a.line_number
        """)
    con.execute("drop table again_now")
