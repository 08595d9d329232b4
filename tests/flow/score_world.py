"""A realistic cohort of suspects over time: features as `vawg_suspect.yml` names them, outcomes and rule scores.

Each feature comes from what was known before the as-of date; outcomes come from records too; RFGV by the reference.
It stands in for the feature models until they are there. Not here: the tables (score_tables), any test.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import numpy as np

from profiles.definitions.heads import Head, load_head
from profiles.scoring.fairness.groups import age_bands, ethnic_groups
from profiles.scoring.learn.cohort import Cohort
from profiles.scoring.rules.events import Event
from profiles.scoring.rules.rfgv import rfgv
from tests.flow.score_tables import EPOCH, ScoreWorld

# Who is in the cohort on each as-of date.
MEMBERS = """
create table member as
select distinct s.uid, a.as_at from as_of as a inner join suspected as s
  on s.is_vawg and s.known < a.as_at and s.occurred < a.as_at and s.occurred >= a.as_at - interval 730 day
  and s.cancelled >= a.as_at
inner join person as p on p.uid = s.uid and date_diff('day', p.born, a.as_at) >= 10 * 365.25
"""


def _window(days: int) -> str:
    return f"s.occurred >= m.as_at - interval {days} day"


_AGE = "date_diff('second', s.occurred, m.as_at) / 86400.0"
# Sums are of decimals: sums of floats depend on the order of rows, and bytes must match.
CRIMES = {
    "days_since_vawg": f"coalesce(min({_AGE}) filter (s.is_vawg), 730)",
    "days_since_crime": f"coalesce(min({_AGE}), 730)",
    **{
        f"n_vawg_{n}": f"count(distinct s.crime_key) filter (s.is_vawg and {_window(n)})"
        for n in (30, 90, 365, 730)
    },
    **{
        f"n_vawg_decay_{n}": f"coalesce(sum((power(0.5, {_AGE} / {n}) / s.n_rows)::decimal(18, 9)) "
        "filter (s.is_vawg), 0)"
        for n in (30, 180)
    },
    "n_crimes_365": f"count(distinct s.crime_key) filter ({_window(365)})",
    **{f"harm_{n}": f"coalesce(sum(s.days) filter (s.is_vawg and {_window(n)}), 0)" for n in (90, 365, 730)},
    "max_harm_730": "coalesce(max(s.days) filter (s.is_vawg), 0)",
    **{f"n_victims_{n}": f"count(distinct s.victim) filter ({_window(n)})" for n in (365, 730)},
    "n_child_victims_730": "count(distinct s.victim) filter (s.is_child_victim)",
    "n_forces_730": "count(distinct s.force)",
    "n_teams_365": f"count(distinct s.team) filter ({_window(365)})",
}
OTHERS = {
    "n_da_incidents_365": (
        "incident",
        "subject_uid",
        "count(distinct r.key) filter (r.kind = 'domestic_abuse')",
        365,
    ),
    "intel_weight_90": ("intel", "person_uid", "sum(r.weight::decimal(9, 3))", 90),
    "intel_weight_365": ("intel", "person_uid", "sum(r.weight::decimal(9, 3))", 365),
    "n_custody_365": ("custody", "person_uid", "count(distinct r.key)", 365),
    "n_breaches_365": ("breach", "person_uid", "count(distinct r.key)", 365),
    "n_missing_365": ("missing_episode", "person_uid", "count(distinct r.key)", 365),
}


def cohort_of(
    world: ScoreWorld, as_ofs: Sequence[date], head: Head | None = None, known_by: date | None = None
) -> Cohort:
    """The cohort of VAWG-S on these dates. `known_by` cuts the archive there, features and outcomes alike."""
    head, con = head or load_head("vawg_suspect"), world.tables
    cut = (known_by or world.end + timedelta(1)).isoformat()
    con.execute(
        "create or replace table as_of as select unnest(?::timestamp[]) as as_at",
        [[day.isoformat() for day in as_ofs]],
    )
    lag = head.horizon_days + head.maturity_days
    con.execute("drop table if exists member")
    con.execute(MEMBERS)
    chosen = ", ".join(f"{sql} as {name}" for name, sql in CRIMES.items())
    others = "".join(_joined(name, *told) for name, told in OTHERS.items())
    names = ", ".join(f"coalesce(o_{name}.value, 0) as {name}" for name in OTHERS)
    rows = con.execute(f"""
        with s as (select *, count(*) over (partition by uid, crime_key) as n_rows from suspected),
        crimes as (select m.uid, m.as_at, {chosen}, arg_max(s.force, (s.occurred, s.crime_key)) as force
          from member as m inner join s on s.uid = m.uid and s.known < m.as_at and s.occurred < m.as_at
            and s.occurred >= m.as_at - interval 730 day and s.cancelled >= m.as_at
          group by m.uid, m.as_at),
        outcome as (select m.uid, m.as_at, count(*) as n, sum(list_extract([1, 10, 365, 1825], l.tier + 1)) as harm
          from member as m inner join label as l on l.person_uid = m.uid
            and to_timestamp(l.second)::timestamp > m.as_at
            and to_timestamp(l.second)::timestamp <= m.as_at + interval {head.horizon_days} day
            and l.recorded_at < least(m.as_at + interval {lag} day, timestamp '{cut}')
            and (l.cancelled_at is null or l.cancelled_at >= m.as_at + interval {lag} day)
            and l.crime_key in (select crime_key from suspected where is_vawg)
          group by m.uid, m.as_at)
        select c.*, {names}, coalesce(o.n, 0) > 0 as label, coalesce(o.harm, 0) as harm, p.sex, p.ethnicity,
          date_diff('day', p.born, c.as_at) / 365.25 as age
        from crimes as c left join outcome as o using (uid, as_at) inner join person as p on p.uid = c.uid {others}
        order by c.as_at, c.uid""").fetchnumpy()  # fmt: skip
    return _cohort(world, head, rows, cut)


def _joined(name: str, table: str, key: str, sql: str, days: int) -> str:
    when = "happened" if table == "breach" else "occurred_from"
    return f""" left join (
      select m.uid, m.as_at, {sql} as value from member as m inner join {table} as r on r.{key} = m.uid
      and r.recorded_at < m.as_at and r.{when} < m.as_at and r.{when} >= m.as_at - interval {days} day
      group by m.uid, m.as_at) as o_{name} on o_{name}.uid = c.uid and o_{name}.as_at = c.as_at"""


def _cohort(world: ScoreWorld, head: Head, rows: dict[str, np.ndarray], cut: str) -> Cohort:
    day = (
        np.array([moment.astype("datetime64[D]").astype(int) for moment in rows["as_at"]]) + EPOCH.toordinal()
    )
    lag = head.horizon_days + head.maturity_days
    is_known = day + lag <= date.fromisoformat(cut).toordinal()
    person = np.array([f"{world.seed}-{uid}" for uid in rows["uid"]], object)
    points = _rule_points(world, sorted(set(day.tolist())), day, rows["uid"])
    matrix = np.column_stack([np.asarray(rows[name], float) for name in head.names])
    age = rows["age"]
    return Cohort(
        head.names, matrix, np.where(is_known, rows["label"], np.nan).astype(float), person, day,
        np.array([f"force {world.seed}-{force}" for force in rows["force"]], object),
        {
            "rfgv": points, "count_365": matrix[:, head.names.index("n_vawg_365")],
            "recency": -matrix[:, head.names.index("days_since_vawg")],
            "harm_365": matrix[:, head.names.index("harm_365")],
        },
        np.asarray(rows["harm"], float),
        {
            "sex": np.array([str(one) for one in rows["sex"]], object),
            "ethnicity": ethnic_groups(str(one) for one in rows["ethnicity"]),
            "age_band": age_bands(age),
        },
    )  # fmt: skip


def _rule_points(world: ScoreWorld, days: Sequence[int], day: np.ndarray, uid: np.ndarray) -> np.ndarray:
    """RFGV of every row, by the reference."""
    events = events_of(world)
    found = np.zeros(len(day))
    for one in days:
        points, rows = rfgv(events, date.fromordinal(one)), np.flatnonzero(day == one)
        found[rows] = [points[f"{uid[row]}"].total if f"{uid[row]}" in points else 0.0 for row in rows]
    return found


@cache
def events_of(world: ScoreWorld) -> tuple[Event, ...]:
    """Every VAWG record of the world as rule scores count it: what was recorded, and what was cancelled later."""
    rows = world.tables.execute(
        "select uid, crime_key, victim, occurred::date, known::date, cancelled, days, is_child_victim "
        "from suspected where is_vawg"
    ).fetchall()
    found = []
    for uid, crime, victim, occurred, known, cancelled, days, is_child in rows:
        one = Event(f"{uid}", f"{crime}", f"{victim}", occurred, known, days, is_child_victim=bool(is_child))
        found.append(one)
        if cancelled.year < 9999:
            found.append(
                Event(f"{uid}", f"{crime}", f"{victim}", occurred, cancelled.date(), days, "cancelled")
            )
    return tuple(found)
