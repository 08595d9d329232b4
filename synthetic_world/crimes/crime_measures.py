"""What came out of a world against what was asked of it: rates a year, and the gates of section C9 on crime and harm.

Reads records and truth together, so it is evaluation and never part of a pipeline. Not here: the scorer that must
stay honest on records alone (tests), the expected harm that a score cannot beat (hidden_risk).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from synthetic_world.crimes.dyads import residents
from synthetic_world.crimes.event_times import DAY
from synthetic_world.crimes.hidden_risk import expected_harm
from synthetic_world.crimes.offences import RULES, offences
from synthetic_world.model import SEXES, Floats, Ground, Happening, Longs, World
from synthetic_world.rates import rates

Drawn = Sequence[tuple[Ground, Happening]]
_CRIME: Final = (
    "key",
    "version",
    "recorded_at",
    "occurred_from",
    "rc_class",
    "cjs_code",
    "is_domestic_abuse",
)
_PARTY: Final = ("crime_key", "version", "person_uid", "role", "suspect_status")
_SUSPECTED: Final = """
create table suspected as
with victim as (
  select crime_key, any_value(person_uid) as uid from crime_party where version = 0 and role = 'victim' group by all
)
select p.person_uid as uid, c.key as crime_key, c.force, epoch(c.occurred_from)::bigint as occurred,
  epoch(c.recorded_at)::bigint as recorded, o.tier, c.cjs_code, c.is_domestic_abuse,
  coalesce(person.sex = 'F' and (o.rule in ('F', 'O', 'C') or c.is_domestic_abuse), false) as is_vawg
from crime_party as p
inner join crime as c on c.key = p.crime_key and c.version = 0
inner join offence as o on o.cjs_code = c.cjs_code and o.rc_class is not distinct from c.rc_class
left join victim on victim.crime_key = c.key
left join person on person.uid = victim.uid
where p.version = 0 and p.role = 'suspect' and p.person_uid is not null
"""
_SERIOUS: Final = """
create table serious as
select label.person_uid as uid, label.second, label.crime_key
from label inner join suspected on suspected.uid = label.person_uid and suspected.crime_key = label.crime_key
where label.recorded_at is not null and label.cancelled_at is null
"""


@dataclass(frozen=True, slots=True)
class Measures:
    """A world laid out for questions: tables of records (with `force`), of truth, `suspected` and `serious`."""

    world: World
    drawn: Drawn
    tables: duckdb.DuckDBPyConnection

    @classmethod
    def of(cls, world: World, drawn: Drawn) -> "Measures":
        """Blocks of one world with what happened in them."""
        tables = duckdb.connect(config={"threads": 1})
        for feed, columns in (
            ("crime", _CRIME),
            ("crime_party", _PARTY),
            ("incident", ("recorded_at", "subject_uid", "kind")),
        ):
            tables.register(feed, _records(drawn, feed, columns))
        tables.register("custody", _records(drawn, "custody", ("key", "version")))
        for name in ("event", "label"):
            tables.register(name, pa.concat_tables([one.truth.tables[name] for _, one in drawn]))
        tables.register("person", _people(drawn))
        tables.register("offence", _offences())
        tables.execute(_SUSPECTED)
        tables.execute(_SERIOUS)
        return cls(world, drawn, tables)

    def one(self, question: str, *values: Any) -> float:
        """The single number that answers a question in SQL."""
        row = self.tables.execute(question, list(values)).fetchone()
        return float(row[0] or 0) if row else 0.0

    @property
    def residents(self) -> float:
        """Residents that the people of the blocks stand for."""
        return sum(residents(self.world, ground.block.home, len(ground.people)) for ground, _ in self.drawn)


def rates_a_year(measures: Measures) -> dict[str, float]:
    """First records per 1,000 residents and year, in the terms of section C2."""
    violent = (
        "'1','2','3B','5D','8N','8P','8L','8M','8Q','8R','8S','8U','11A','13','36','104','105A','105B','106'"
    )
    of_crime = {
        "crime": "true",
        "violence": f"rc_class in ({violent})",
        "sexual": "regexp_matches(rc_class, '^(17|19|20|21|22|23|70|71|72|73|88)')",
        "rape": "rc_class like '19_'",
        "domestic_abuse": "is_domestic_abuse",
    }
    questions = {
        name: f"select count(*) from crime where version = 0 and {test}" for name, test in of_crime.items()
    }
    questions["custody"] = "select count(*) from custody where version = 0"
    questions["vawg"] = "select count(*) from event where is_vawg and crime_key is not null"
    questions["suspects_named"] = "select count(distinct crime_key) from suspected"
    scale = 1000 / (measures.residents * measures.world.years)
    return {name: measures.one(question) * scale for name, question in questions.items()}


def dyads_without_repeat(measures: Measures, window: int = 730) -> float:
    """Of pairs with a recorded report in the last so many days of the history, those with exactly one."""
    last = (measures.world.end + 1) * DAY
    return measures.one(
        """select avg((n = 1)::int) from (select count(*) as n from event
           where dyad >= 0 and is_recorded and second >= ? and second < ? group by event_id >> 32, dyad)""",
        last - window * DAY,
        last,
    )


def dyads_holding(measures: Measures, share: float = 0.8) -> float:
    """Smallest share of the pairs with any event that holds so much of all harm between pairs."""
    days = rates("harm").numbers("tier_days")
    weights = f"[{', '.join(str(one) for one in days)}][tier + 1]"
    rows = measures.tables.execute(
        f"select sum({weights}) as harm from event where dyad >= 0 group by event_id >> 32, dyad"
    ).fetchnumpy()
    harm = np.sort(np.asarray(rows["harm"], np.float64))[::-1]
    return float((np.searchsorted(np.cumsum(harm), share * harm.sum()) + 1) / max(len(harm), 1))


def without_prior_record(measures: Measures, window: int = 730) -> float:
    """Of people who did serious harm in the last two years, those whom no record of the window before names."""
    last = (measures.world.end + 1) * DAY
    return measures.one(
        """with first as (select uid, min(second) as second from serious where second >= ? and second < ? group by uid)
           select avg((not exists (select 1 from suspected as s where s.uid = first.uid and s.recorded < first.second
             and s.occurred < first.second and s.occurred >= first.second - ?))::int) from first""",
        last - 730 * DAY,
        last,
        window * DAY,
    )


def cross_force_share(measures: Measures) -> float:
    """Of named suspects, those named in two forces or more."""
    return measures.one(
        "select avg((n > 1)::int) from (select count(distinct force) as n from suspected group by uid)"
    )


def cohort(measures: Measures, day: int, window: int = 365) -> tuple[Longs, npt.NDArray[np.bool_]]:
    """People with a VAWG record of the 730 days before, known by then; and who does serious harm in the window."""
    at = day * DAY
    rows = measures.tables.execute(
        """select s.uid, s.uid in (select uid from serious where second >= $at and second < $end) as is_serious
           from (select distinct uid from suspected where is_vawg and recorded < $at and occurred < $at
                 and occurred >= $start) as s order by s.uid""",
        {"at": at, "end": at + window * DAY, "start": at - 730 * DAY},
    ).fetchnumpy()
    return np.asarray(rows["uid"], np.int64), np.asarray(rows["is_serious"], np.bool_)


def oracle(measures: Measures, people: Longs, day: int, window: int = 365) -> Floats:
    """Expected serious harm of these people from what is hidden."""
    found = np.zeros(len(people), np.float32)
    for ground, happening in measures.drawn:
        own = people >> 32 == ground.block.number
        risk = expected_harm(measures.world, happening.truth, day, window)
        found[own] = risk[people[own] & 0xFFFFFFFF]
    return found


def area_under_curve(score: npt.NDArray[Any], is_positive: npt.NDArray[np.bool_]) -> float:
    """Chance that a positive scores above a negative; ties count half."""
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    n = int(is_positive.sum())
    rest = len(score) - n
    return float((rank[is_positive].sum() - n * (n + 1) / 2) / max(n * rest, 1))


def _records(drawn: Drawn, feed: str, columns: Sequence[str]) -> pa.Table:
    """One feed of all forces, with the number of the force."""
    tables = [
        tables[feed]
        .select(list(columns))
        .append_column("force", pa.array(np.full(tables[feed].num_rows, number, np.int16)))
        for _, happening in drawn
        for number, tables in happening.records.items()
    ]
    return pa.concat_tables(tables).unify_dictionaries()


def _people(drawn: Drawn) -> pa.Table:
    uid = np.concatenate([ground.people.uid for ground, _ in drawn])
    sex = np.concatenate([ground.people.sex for ground, _ in drawn]).astype(np.int8)
    return pa.table({"uid": uid, "sex": pa.DictionaryArray.from_arrays(sex, pa.array(SEXES))})


def _offences() -> pa.Table:
    known = offences()
    place = np.arange(len(known))
    table = pa.table(
        {
            "cjs_code": known.cjs_code.column(place).cast(pa.string()),
            "rc_class": known.rc_class.column(place).cast(pa.string()),
            "tier": known.tier.astype(np.int8),
            "rule": pa.array([RULES[code] for code in known.rule]),
        }
    )
    return (
        table.group_by(["cjs_code", "rc_class"], use_threads=False)
        .aggregate([("tier", "max"), ("rule", "max")])
        .rename_columns(["cjs_code", "rc_class", "tier", "rule"])
    )
