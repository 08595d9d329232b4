"""Records that a full extract of everything no longer holds: missing since it, and closed once a second lacks them too.

Only extracts that their contract calls whole say anything by what they lack. Each is judged by the date of its file
among all others, so the order of arrival does not matter. Where more than a twentieth of what stood vanishes at once,
the extract itself is doubted and held. Not here: versions (versions), whose temp tables these queries read.

    rows_now (record_a, record_b, moment, place, line_number, op)
    landed_now (place, delivery_id, day, force_code, is_whole, nth)     nth: see n_wholes_upto
"""

from collections.abc import Collection, Mapping, Sequence

import duckdb

from orchestration.landing.judged import FEW
from orchestration.landing.landed import Landed

MOST_VANISHED = 0.05  # of the records that stood


def n_wholes_upto(ordered: Sequence[Landed]) -> list[int]:
    """For each delivery how many whole extracts of its force there are up to and with it."""
    seen: dict[str, int] = {}
    found = []
    for delivery in ordered:
        seen[delivery.force_code] = seen.get(delivery.force_code, 0) + delivery.is_whole
        found.append(seen[delivery.force_code])
    return found


def find_gaps(con: duckdb.DuckDBPyConnection) -> None:
    """The temp table gaps_now: one row for each time a record was seen, with the whole extracts after it that lack it.

    Columns record_a, record_b, place, next_place (where it was seen next), is_standing (not said to be deleted or
    merged), and the places of the first two extracts that lack it. Empty for forces that send no whole extract.
    """
    con.execute("""
        create or replace temp table gaps_now as
        with seen as (
            select r.record_a, r.record_b, r.place, arg_max(r.op, (r.moment, r.line_number)) as op
            from rows_now as r
            semi join (
                select s.place
                from landed_now as s
                semi join landed_now as w on s.force_code = w.force_code and w.is_whole
            ) as asked on r.place = asked.place
            group by all
        ),
        followed as (
            select s.*, d.force_code, d.nth, lead(s.place) over records as next_place
            from seen as s
            inner join landed_now as d on s.place = d.place
            window records as (partition by s.record_a, s.record_b order by s.place)
        ),
        wholes as (select force_code, nth, place from landed_now where is_whole)
        select
            f.record_a, f.record_b, f.place, f.next_place, f.op = 'upsert' as is_standing,
            case when w.place < coalesce(f.next_place, 2147483647) then w.place end as first_lacking,
            case when x.place < coalesce(f.next_place, 2147483647) then x.place end as second_lacking
        from followed as f
        left join wholes as w on f.force_code = w.force_code and w.nth = f.nth + 1
        left join wholes as x on f.force_code = x.force_code and x.nth = f.nth + 2
    """)


def doubted_extracts(
    con: duckdb.DuckDBPyConnection, ordered: Sequence[Landed], released: Collection[str]
) -> Mapping[str, str]:
    """The first whole extract of each force that lacks too much, with the sentence that holds it. After find_gaps."""
    rows = con.execute("""
        select w.force_code, w.place, count(*) filter (g.first_lacking = w.place), count(*)
        from landed_now as w
        inner join landed_now as s on w.force_code = s.force_code and s.place < w.place
        inner join gaps_now as g on s.place = g.place
        where w.is_whole and g.is_standing
            and coalesce(g.next_place, w.place) >= w.place and coalesce(g.first_lacking, w.place) >= w.place
        group by all
        order by w.place
    """).fetchall()
    found: dict[str, tuple[str, str]] = {}
    for force_code, place, n_vanished, n_stood in rows:
        delivery = ordered[place]
        is_much = n_vanished > MOST_VANISHED * n_stood and n_vanished >= FEW
        if is_much and delivery.delivery_id not in released:
            said = (
                f"{n_vanished:,} of the {n_stood:,} records that stood before are not in it, more than "
                f"{MOST_VANISHED:.0%} at once; it is held until a person releases it"
            )
            found.setdefault(force_code, (delivery.delivery_id, said))
    return dict(found.values())
