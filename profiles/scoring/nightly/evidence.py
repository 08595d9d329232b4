"""The records behind the features of those who may be printed: force, feed, record and date, newest first.

Here: which records each feature counts, by its name. Not here: the sentences they stand under (explain/reasons).
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

import duckdb

from profiles.definitions.heads import Head
from profiles.scoring.explain.reasons import Evidence, Kind

MOST: Final = 5  # records shown for a feature
WINDOW: Final = 730
# Beginning of a feature's name → kinds of record it counts, and whether only crimes against women and girls.
COUNTS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("n_da_incidents", ("da_incident", "da_incident_against")),
    ("n_custody", ("custody",)),
    ("n_breaches_against", ("breach_against",)),
    ("n_breaches", ("breach",)),
    ("n_referrals", ("referral",)),
    ("n_placements", ("placement",)),
    ("intel_weight", ("intel", "intel_other")),
    ("n_missing", ("missing",)), ("days_since_missing", ("missing",)), ("hours_missing", ("missing",)),
    ("n_harm_episodes", ("missing",)), ("n_found_elsewhere", ("missing",)), ("km_found", ("missing",)),
    ("n_exploitation", ("missing",)),
    ("n_crimes", ("crime",)), ("days_since_crime", ("crime",)), ("n_forces", ("crime",)), ("n_teams", ("crime",)),
    ("n_victims", ("crime",)), ("n_child_victims", ("crime",)), ("n_people_named", ("crime",)),
    ("harm_as_victim", ("crime",)),
    ("n_vawg", ("vawg",)), ("days_since_vawg", ("vawg",)), ("harm", ("vawg",)), ("max_harm", ("vawg",)),
)  # fmt: skip
KINDS: Final[Mapping[str, Kind]] = {
    "crime": "ALLEGATION", "vawg": "ALLEGATION", "intel": "INTELLIGENCE", "intel_other": "INTELLIGENCE",
}  # fmt: skip

Key = tuple[str, str]  # force whose list it is, person


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a person: what kind of thing it is, and how long ago."""

    kind: str
    days_ago: int
    evidence: Evidence


def read_records(
    con: duckdb.DuckDBPyConnection, head: Head, keys: Sequence[Key]
) -> Mapping[Key, Sequence[Record]]:
    """Tonight's records of these people in the head's role, newest first."""
    role = "suspect" if head.role in ("suspect", "managed") else "victim"
    con.execute("create or replace temp table wanted (viewer_force varchar, person_id varchar)")
    if keys:
        con.executemany("insert into wanted values (?, ?)", [list(key) for key in keys])
    rows = con.execute(
        """with told as (
          select h.viewer_force, h.person_id, case when bool_or(h.is_vawg) then 'vawg' else 'crime' end as kind,
            min(h.days_ago) as days_ago, h.force_code, 'crime' as feed, h.crime_ref as record_id,
            min(h.occurred_from)::date as day, bool_or(h.is_charged) as is_charged
          from feat_harms_at as h inner join wanted using (viewer_force, person_id)
          inner join stg_as_ofs as m on m.as_of_id = h.as_of_id and m.purpose = 'tonight' where h.role = ? group by all
          union all
          select e.viewer_force, e.person_id, e.kind, min(e.days_ago), e.force_code, e.feed, e.source_record_id,
            min(e.occurred_from)::date, false
          from feat_events_at as e inner join wanted using (viewer_force, person_id)
          inner join stg_as_ofs as m on m.as_of_id = e.as_of_id and m.purpose = 'tonight' group by all)
        select told.*, coalesce(d.state in ('settled', 'overridden'), false)
        from told left join dim_people as d using (person_id)
        order by viewer_force, person_id, days_ago, force_code, feed, record_id, kind""",
        [role],
    ).fetchall()
    found: dict[Key, list[Record]] = defaultdict(list)
    for force, person, kind, days, owner, feed, record, day, is_charged, is_confirmed in rows:
        said: Kind = "FACT" if is_charged else KINDS.get(kind, "FACT")
        evidence = Evidence(owner, feed, record, cast(date, day), said, f"{owner} {feed}", is_confirmed)
        found[force, person].append(Record(kind, days, evidence))
    return found


def behind(head: Head, records: Sequence[Record]) -> Mapping[str, Sequence[Evidence]]:
    """For each feature of a head, the newest records that it counts."""
    found = {}
    for feature in head.features:
        kinds, window = _counted(feature.name)
        own = [one.evidence for one in records if one.kind in kinds and one.days_ago <= window]
        if own:
            found[feature.name] = own[:MOST]
    return found


def _counted(name: str) -> tuple[tuple[str, ...], int]:
    kinds: tuple[str, ...] = next((kinds for start, kinds in COUNTS if name.startswith(start)), ())
    if "crime" in kinds:
        kinds = (*kinds, "vawg")
    window = re.search(r"_(\d+)$", name)
    is_decay = "_decay_" in name
    return kinds, WINDOW if window is None or is_decay else int(window.group(1))
