"""The gates that can be counted in the answer book: shares, concentration, collisions, how far names alone link people.

Each is one question in SQL over the Parquet files of truth/, with the range that the specification asks for (C9). Not
here: gates that need a model to be fitted (they are tests), how the card is written (card).
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLES: Final = ("person", "edge", "mention", "nominal", "event", "missing", "label")
WEIGHTS: Final = (1, 10, 365, 1825)  # days of harm by tier


class Gate(NamedTuple):
    """One question: the range that passes, and the SQL that gives one number."""

    name: str
    low: float
    high: float
    sql: str


_WEIGHT: Final = f"list_extract([{', '.join(map(str, WEIGHTS))}], tier + 1)"
_DYADS: Final = f"""
    select event_id >> 32 as block, dyad, count(*) as n, sum({_WEIGHT}) as harm
    from event where dyad >= 0 and is_recorded and second >= (select max(second) from event) - 3 * 365.25 * 86400
    group by all
"""  # as the published studies have it: what forces recorded, over three years
_EPISODES: Final = (
    "select person_uid, seen, is_child, count(*) over (partition by person_uid) as n from missing"
)
_NAMED: Final = "('crime_party', 'custody', 'missing_episode', 'intel_party', 'managed_offender')"
GATES: Final = (
    Gate("share of the commonest surname", 0.009, 0.015, """
        select max(n) / sum(n)
        from (select surname, count(*) as n from person where surname is not null group by all)"""),
    Gate("twins among births", 0.012, 0.018, """
        select pairs / (children - pairs) from
            (select count(twin_uid) / 2 as pairs from person),
            (select count(distinct other_uid) as children from edge where kind = 'child')"""),
    Gate("people for each pair that shares name and birthday", 2_000, 6_000, """
        select case when sum(n) >= 1000000 then sum(n) / greatest(sum(n * (n - 1) / 2), 1) end
        from (select count(*) as n from person group by forename, surname, birth_date)"""),
    Gate("share of suspects known in two forces or more", 0.05, 0.12, """
        select avg((forces > 1)::int) from (
            select person_uid, count(distinct force_code) as forces from mention
            where source in ('suspect', 'custody') and feed in ('crime_party', 'custody') group by all)"""),
    Gate("recorded dyads without a repeat in three years", 0.70, 0.82, f"select avg((n = 1)::int) from ({_DYADS})"),
    Gate("share of recorded dyads that hold four fifths of harm", 0.012, 0.035, f"""
        select avg((before < 0.8 * total)::int) from (
            select sum(harm) over (order by harm desc, block, dyad rows between unbounded preceding and 1 preceding)
                       as before, sum(harm) over () as total from ({_DYADS}))"""),
    Gate("missing children's episodes that are repeats", 0.60, 0.80, f"""
        select 1 - count(distinct person_uid) / count(*) from ({_EPISODES}) where is_child"""),
    Gate("share of episodes of the top twentieth of missing children", 0.22, 0.40, f"""
        select sum(n) filter (place <= 0.05 * people) / sum(n) from (
            select n, row_number() over (order by n desc, person_uid) as place, count(*) over () as people
            from (select person_uid, any_value(n) as n from ({_EPISODES}) where is_child group by all))"""),
    Gate("first repeats within 28 days", 0.45, 0.85, f"""
        select avg((second_seen - seen <= 28 * 86400)::int) from (
            select seen, lead(seen) over (partition by person_uid order by seen) as second_seen,
                   row_number() over (partition by person_uid order by seen) as place
            from ({_EPISODES}) where is_child) where place = 1 and second_seen is not null"""),
    Gate("serious harm by people without an earlier record", 0.40, 0.65, """
        select 1 - avg((first_recorded < to_timestamp(second)::timestamp)::int) from (
            select l.second, coalesce(m.first_recorded, timestamp '9999-01-01') as first_recorded
            from label l left join (
                select person_uid, min(recorded_at) as first_recorded from mention
                where source in ('suspect', 'custody') group by all) m using (person_uid))"""),
    Gate("F1 of linking by exact name and birthday", 0.55, 0.75, f"""
        with named as (
            select person_uid, forename, surname, birth_day,
                   (birth_day > -1000000 and forename >= 0)::int as has_all
            from mention where feed in {_NAMED} and "column" = 'person_uid'),
        same as (select n * (n - 1) / 2 as pairs from (
            select count(*)::double as n from named where has_all = 1 group by forename, surname, birth_day)),
        right_ones as (select n * (n - 1) / 2 as pairs from (
            select count(*)::double as n from named where has_all = 1
            group by person_uid, forename, surname, birth_day)),
        all_ones as (select n * (n - 1) / 2 as pairs from (
            select count(*)::double as n from named group by person_uid))
        select 2 * (select sum(pairs) from right_ones)
               / ((select sum(pairs) from same) + (select sum(pairs) from all_ones))"""),
    Gate("share of local nominals that are duplicates", 0.05, 0.07, """
        select avg((duplicate_of is not null)::int) from nominal"""),
    Gate("share of local nominals ever merged into a wrong one", 0.002, 0.006, """
        select avg((wrongly_merged_into is not null)::int) from nominal"""),
)  # fmt: skip


def measured(book: Path) -> list[tuple[Gate, float | None]]:
    """Every gate with what was counted; None where the world has nothing, or too little, to count."""
    import duckdb  # here, so that the processes that make forces need not load it

    with duckdb.connect(":memory:", config={"threads": 1}) as con:
        known = {folder.name.removeprefix("truth_") for folder in book.glob("truth_*")}
        for name in sorted(known):
            files = (book / f"truth_{name}").as_posix()
            con.execute(f"create view {name} as select * from read_parquet('{files}/*.parquet')")
        return [(gate, _number(con, gate, known)) for gate in GATES]


def _number(con: "DuckDBPyConnection", gate: Gate, known: set[str]) -> float | None:
    """The number; None where a table is not there, since one without a single row is not written."""
    if not known.issuperset(table for table in TABLES if re.search(rf"\b{table}\b", gate.sql)):
        return None
    (found,) = con.execute(gate.sql).fetchone() or (None,)
    return None if found is None else round(float(found), 6)
