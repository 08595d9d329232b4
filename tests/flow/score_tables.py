"""The records of a fictional world laid out as tables, with the persons that its truth tells apart.

Here: a world drawn in memory, its records by feed, and the same as its archive stood on a day. It stands in for
conflation until that is there. Not here: features and outcomes (score_world), any test.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import duckdb
import numpy as np
import pyarrow as pa

from synthetic_world.crimes.cells import make_cells
from synthetic_world.crimes.crimes import crimes
from synthetic_world.crimes.offences import RULES, offences
from synthetic_world.model import ETHNICITIES, SEXES
from synthetic_world.population.atlas import blocks_of, make_world
from synthetic_world.population.ground import ground_of
from synthetic_world.risks.risks import risks

SPINE = ("key", "version", "op", "recorded_at", "occurred_from", "handling")
FEEDS = {
    "crime": ("rc_class", "cjs_code", "status", "is_domestic_abuse", "team"),
    "crime_party": ("crime_key", "person_uid", "role"),
    "custody": ("person_uid",),
    "incident": ("subject_uid", "kind"),
    "order": ("person_uid", "breached_at"),
    "intel_report": ("source_grade", "assessment_grade"),
    "intel_party": ("intel_key", "person_uid", "role"),
    "missing_episode": ("person_uid",),
}
DAYS = (1, 10, 365, 1825)  # of harm by tier; the generator's own, and no table of ours
EPOCH = date(1970, 1, 1)
HISTORY = timedelta(730)

# One row a suspect, crime and victim: when it was known, when it was cancelled, how grave it is.
SUSPECTED = """
create table suspected as
with first as (select * from crime where version = 0),
cancelled as (
  select key, min(recorded_at) as cancelled_at from crime where status = 'cancelled' or op = 'delete' group by all
),
weighed as (select cjs_code, rc_class, max(tier) as tier, max(rule) as rule from offence group by all),
victim as (
  select crime_key, person_uid, min(recorded_at) as known from crime_party
  where version = 0 and role = 'victim' group by all
)
select p.person_uid as uid, c.key as crime_key, c.force, c.team, c.occurred_from as occurred,
  greatest(c.recorded_at, p.recorded_at, v.known) as known,
  coalesce(x.cancelled_at, timestamp '9999-01-01') as cancelled, list_extract([1, 10, 365, 1825], w.tier + 1) as days,
  v.person_uid as victim, vp.sex = 'F' as is_woman,
  date_diff('day', vp.born, c.occurred_from) < 18 * 365.25 as is_child_victim,
  coalesce(vp.sex = 'F' and (w.rule in ('F', 'O', 'C') or c.is_domestic_abuse), false) as is_vawg
from crime_party as p
inner join first as c on c.key = p.crime_key
inner join weighed as w on w.cjs_code = c.cjs_code and w.rc_class is not distinct from c.rc_class
left join cancelled as x on x.key = c.key
left join victim as v on v.crime_key = c.key
left join person as vp on vp.uid = v.person_uid
where p.version = 0 and p.role = 'suspect' and p.person_uid is not null
"""
INTEL = """
create table intel as
select p.person_uid, p.key, r.occurred_from, r.recorded_at, 0 as version,
  case r.source_grade when '1' then 1.0 when '2' then 0.6 else 0.3 end
  * case r.assessment_grade when 'A' then 1.0 when 'B' then 0.8 when 'C' then 0.5 when 'D' then 0.2 else 0 end as weight
from intel_party as p inner join intel_report as r on r.key = p.intel_key and r.version = 0
where p.version = 0 and p.role in ('subject', 'associate') and r.handling = 'P'
"""

BREACHES = (
    'create table breach as select *, breached_at as happened from "order" where breached_at is not null'
)


@dataclass(frozen=True)
class ScoreWorld:
    """Tables of one world, and its first and last day."""

    tables: duckdb.DuckDBPyConnection
    start: date
    end: date
    seed: int

    def first_as_of(self) -> date:
        """The first day with two years of history before it."""
        return self.start + HISTORY


@cache
def score_world(seed: int, scale: str = "demo") -> ScoreWorld:
    """Draw a world and lay its records out."""
    world = make_world(scale, seed)
    con = duckdb.connect(config={"threads": 2, "preserve_insertion_order": False})
    parts: dict[str, list[pa.Table]] = {feed: [] for feed in FEEDS}
    people, labels = [], []
    for block in blocks_of(world):
        ground = ground_of(world, block)
        cells = make_cells(ground)
        happened = crimes(ground, cells)
        beside = risks(ground, happened, cells)
        people.append(_people(ground))
        labels.append(happened.truth.tables["label"])
        for happening in (happened, beside):
            for number, tables in happening.records.items():
                for feed in FEEDS.keys() & tables.keys():
                    force = pa.array(np.full(len(tables[feed]), number, np.int16))
                    kept = tables[feed].select([*SPINE, *FEEDS[feed]])
                    parts[feed].append(kept.append_column("force", force))
    for feed, tables in parts.items():
        con.register(
            f"{feed}_arrow", pa.concat_tables(tables, promote_options="permissive").unify_dictionaries()
        )
        con.execute(f'create table "{feed}" as select * from {feed}_arrow')
    for name, table in (
        ("person", pa.concat_tables(people)),
        ("label", pa.concat_tables(labels)),
        ("offence", _offences()),
    ):
        con.register(f"{name}_arrow", table.unify_dictionaries())
        con.execute(f"create table {name} as select * from {name}_arrow")
    _derive(con)
    return ScoreWorld(con, EPOCH + timedelta(world.start), EPOCH + timedelta(world.end), seed)


def _derive(con: duckdb.DuckDBPyConnection) -> None:
    """Tables that features are counted from."""
    for statement in (SUSPECTED, INTEL, BREACHES):
        con.execute(statement)


def cut(world: ScoreWorld, day: date) -> ScoreWorld:
    """The same world as its archive stood on a day: nothing that was recorded on it or later."""
    con = duckdb.connect(config={"threads": 2})
    for feed in FEEDS:
        table = world.tables.sql(f'select * from "{feed}"').to_arrow_table()
        con.register(f"{feed}_arrow", table)
        con.execute(f'create table "{feed}" as select * from {feed}_arrow where recorded_at < ?', [day])
    for name in ("person", "offence", "label"):
        con.register(f"{name}_arrow", world.tables.sql(f"select * from {name}").to_arrow_table())
        con.execute(f"create table {name} as select * from {name}_arrow")
    _derive(con)
    return ScoreWorld(con, world.start, world.end, world.seed)


def _people(ground: object) -> pa.Table:
    people = ground.people  # type: ignore[attr-defined]
    return pa.table(
        {
            "uid": people.uid,
            "sex": pa.array([SEXES[code] for code in people.sex]),
            "ethnicity": pa.array([ETHNICITIES[code] for code in people.ethnicity]),
            "born": pa.array(people.birth_day.astype(np.int32), pa.int32()).cast(pa.date32()),
        }
    )


def _offences() -> pa.Table:
    known = offences()
    place = np.arange(len(known))
    return pa.table(
        {
            "cjs_code": known.cjs_code.column(place).cast(pa.string()),
            "rc_class": known.rc_class.column(place).cast(pa.string()),
            "tier": known.tier.astype(np.int8),
            "rule": pa.array([RULES[code] for code in known.rule]),
        }
    )
