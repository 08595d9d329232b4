"""A small archive of people's records drawn by hand and by chance, put straight into the catalogue for dbt to build on.

Here: rows of the landed feeds with their versions, who each mention is, and a build of the feature models at given
moments. What a force would have known on a day is the same archive without the rows that came later. Not here: any
test, linkage, landing.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import md5
from pathlib import Path
from typing import Any

import duckdb

from data_contracts.registry import Registry
from orchestration.catalogue import NightInputs, write_catalogue
from orchestration.dbt import BuildTarget, DbtProject, dbt_cache
from orchestration.landing.manifest import Manifest
from orchestration.moments import Moment
from orchestration.settings import REPOSITORY, Settings

FORCES = ("northmoor", "calderwick", "eastmarch")
START = datetime(2024, 1, 1)
RAPE, ASSAULT, THEFT = "SX03001", "CJ88001", "TH68010"
FEATURES = ("feat_vawg_suspect", "feat_vawg_victim", "feat_missing_child", "feat_missing_adult", "feat_visor")


@dataclass(frozen=True)
class Archive:
    """Rows by feed as they landed, and the person of each mention."""

    rows: Mapping[str, Sequence[dict[str, Any]]]
    people: Mapping[str, str] = field(default_factory=dict)

    def cut(self, known_before: datetime) -> "Archive":
        """What was known before a moment, with the version that stood then; who is who stays as it is."""
        rows = {feed: [r for r in all_ if r["known_at"] < known_before] for feed, all_ in self.rows.items()}
        for feed, kept in rows.items():
            last = {r["source_record_id"]: place for place, r in enumerate(kept)}
            rows[feed] = [
                {**r, "is_current": last[r["source_record_id"]] == place} for place, r in enumerate(kept)
            ]
        return replace(self, rows=rows)


def mention(force: str, feed: str, record: str, role: str) -> str:
    """The id that int_mentions gives."""
    return md5(f"{force}|{feed}|{record}|{role}".encode(), usedforsecurity=False).hexdigest()


def drawn(seed: int, n_crimes: int = 260, n_people: int = 40) -> Archive:
    """Crimes, custody, intelligence, episodes and managed offenders of some people over two years and a half."""
    chance = random.Random(seed)
    rows: dict[str, list[dict[str, Any]]] = {}
    people: dict[str, str] = {}

    def add(feed: str, record: str, happened: datetime, late: float, force: str, **told: Any) -> datetime:
        known = happened + timedelta(days=late)
        row = {
            "force_code": force,
            "source_record_id": record,
            "delivery_id": f"d-{known:%Y%m%d}",
            "line_number": 1,
            "occurred_from": happened,
            "occurred_to": happened,
            "recorded_at": known,
            "known_at": known,
            "record_version": 1,
            "owner_force": force,
            "op": "upsert",
            "is_current": True,
            "is_closed": False,
            **told,
        }
        rows.setdefault(feed, []).append(row)
        return known

    def again(feed: str, later: float, **told: Any) -> None:
        first = rows[feed][-1]
        known = first["known_at"] + timedelta(days=later)
        first["is_current"] = False
        rows[feed].append(
            {
                **first,
                "recorded_at": known,
                "known_at": known,
                "delivery_id": f"d-{known:%Y%m%d}",
                **told,
                "is_current": True,
                "is_closed": False,
            }
        )

    def who(force: str, feed: str, record: str, role: str, number: int | None = None) -> None:
        number = chance.randrange(n_people) if number is None else number
        people[mention(force, feed, record, role)] = f"P{number:03d}"

    for number in range(n_crimes):
        force, happened = chance.choice(FORCES), START + timedelta(days=chance.uniform(0, 900))
        add(
            "crime",
            f"c{number}",
            happened,
            chance.choice([1, 1, 3, 60]),
            force,
            offence_text="-",
            status="recorded",
            cjs_code=chance.choice([RAPE, ASSAULT, THEFT]),
            is_domestic_abuse=chance.random() < 0.4,
            team=chance.choice(["A", "B", None]),
        )
        if chance.random() < 0.15:
            again("crime", chance.choice([5, 200]), status="cancelled")
        own = chance.sample(range(n_people), 4)
        for role, n in (("suspect", chance.choice([1, 1, 2])), ("victim", chance.choice([0, 1, 1, 2]))):
            for each in range(n):
                record = f"p{number}-{role}-{each}"
                sex = chance.choice(["F", "F", "M"])
                add(
                    "crime_party",
                    record,
                    happened,
                    1,
                    force,
                    crime_ref=f"c{number}",
                    role=role,
                    sex=sex,
                    birth_date=date(chance.choice([1980, 2015]), 5, 1),
                    person_ref=f"n{number}{role}{each}",
                )
                who(force, "crime_party", record, role, own.pop())
                if role == "suspect" and chance.random() < 0.2:
                    again("crime_party", 40, suspect_status=chance.choice(["charged", "eliminated"]))
    for number in range(60):
        force, happened = chance.choice(FORCES), START + timedelta(days=chance.uniform(0, 900))
        add("custody", f"k{number}", happened, 2, force, offence_text="-")
        who(force, "custody", f"k{number}", "detainee")
        add(
            "intel_report",
            f"i{number}",
            happened,
            2,
            force,
            source_grade="2",
            assessment_grade="B",
            handling=chance.choice(["P", "C"]),
        )
        add(
            "intel_party",
            f"ip{number}",
            happened,
            2,
            force,
            intel_ref=f"i{number}",
            role="subject",
            handling=rows["intel_report"][-1]["handling"],
        )
        who(force, "intel_party", f"ip{number}", "subject")
        add(
            "missing_episode",
            f"m{number}",
            happened,
            1,
            force,
            reported_at=happened,
            status="closed",
            harm=chance.choice(["none", "sexual"]),
            returned_at=happened + timedelta(hours=9),
            distance_km=3.5,
            co_missing_refs="m1; m2",
        )
        again("missing_episode", 30, found_force="eastmarch")
        who(force, "missing_episode", f"m{number}", "missing person")
    for number in range(12):
        add(
            "managed_offender",
            f"o{number}",
            START,
            1,
            "northmoor",
            status="community",
            mappa_category="1",
            mappa_level="1",
            release_date=date(2024, 1, 5),
        )
        who("northmoor", "managed_offender", f"o{number}", "managed offender")
        add(
            "managed_visit",
            f"v{number}",
            START + timedelta(50 * number),
            1,
            "northmoor",
            offender_ref=f"o{number}",
            planned_date=date(2024, 6, 1),
        )
    return Archive(rows, people)


def build(archive: Archive, moments: Sequence[Moment], folder: Path, models: Sequence[str] = ()) -> Path:
    """Build the feature models on an archive at these moments; gives the generation."""
    folder.mkdir(parents=True)
    inputs, generation = folder / "inputs.duckdb", folder / "generation.duckdb"
    registry, as_of = Registry.load(), moments[-1].as_at.date()
    write_catalogue(inputs, NightInputs(as_of, Manifest(()), registry, (), moments=tuple(moments)))
    with duckdb.connect(str(inputs)) as con:
        for feed, rows in archive.rows.items():
            for row in rows:
                names = ", ".join(row)
                con.execute(
                    f"insert into landed.{feed} ({names}) values ({', '.join('?' * len(row))})",
                    list(row.values()),
                )
        for one, person in archive.people.items():
            con.execute("insert into linked.people values (?, ?, null)", [one, person])
            born = "2012-05-01" if person < "P010" else "1985-05-01"
            con.execute(
                "insert into linked.standard values (?, 'a', null, 'b', ?, 'F', null, null)", [one, born]
            )
    project = DbtProject(REPOSITORY / "dbt_project", dbt_cache(Settings(out=folder)))
    target = BuildTarget(generation, inputs, folder / "spill", 2, "2GB", folder / "dbt")
    wanted = [f"+{name}" for name in (*FEATURES, "rule_rfgv", "rule_v100", *models)]
    bad = [(r.unique_id, r.message) for r in project.build(wanted, target) if r.is_bad]
    assert not bad, bad
    return generation


def held(generation: Path, table: str) -> list[tuple[Any, ...]]:
    """Every row of a table, in order."""
    with duckdb.connect(str(generation), read_only=True) as con:
        return con.execute(f"select * from {table} order by all").fetchall()
