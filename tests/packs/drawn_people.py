"""Rows of listed people and what lies behind them, drawn from a seed. All invented.

Here: rows of the list and of subject pages, for any profile. Not here: people written out in full (worlds/*.yml).
"""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from drawn_shared import NAMES, delivery_id
from listed_person import Person
from written import AS_OF, FORCE

from profiles.pack.rows import Row
from profiles.pack.tables.ranked import Ranked
from profiles.pack.tables.subject import (
    Contrary,
    Event,
    EvidenceRow,
    Identity,
    LinkRow,
    OptionRow,
    Overlap,
    ReasonRow,
)

Act = tuple[str, str]
P_ORDER = {"Pursue": 1, "Protect": 2, "Prevent": 3, "Prepare": 4}
LINKED = (("victim", "ex-partner"), ("victim", None), ("place", "seen there"), ("person", "co-named"))
OVERLAPS = (
    ("Missing", "No link to a missing person."),
    ("Custody now", "No."),
    ("Weapons", "No certificate held."),
)


def listed(people: Sequence[Person]) -> list[Row]:
    """The rows of the list."""
    return [_listed(person, random.Random(person.rank)) for person in people]


def _listed(person: Person, draw: random.Random) -> Ranked:
    p, at = person.p, person.rank
    values: dict[str, Any] = {
        "force_code": FORCE, "person_ref": person.ref, "name": person.name, "short_name": person.short,
        "born_on": date(2026 - person.age, 3, 14), "age": person.age, "rank": at, "rank_prev": person.before,
        "rank_group": person.group, "rule_rank": max(1, at + draw.choice((0, 2, -1, 12))), "p": p,
        "p_lower": p and p * 0.77, "p_upper": p and p * 1.26,
        "p_history": tuple(round(p * k, 3) for k in (0.3, 0.36, 0.33, 0.55, 0.71, 1.0)) if p else (),
        "n_like": 58 if p else None, "n_like_hits": 17 if p else None,
        "forces": tuple(NAMES[code] for code in person.forces), "flags": person.flags,
        "status_text": person.status, "summary_text": person.summary,
        "recency_days": 3 + 4 * at, "recency_pct": max(20.0, 99.0 - 5 * at),
        "n_events": max(3, 12 - at), "frequency_pct": max(20.0, 95.0 - 6 * at),
        "gravity_pct": max(40.0, 99.0 - 4 * at), "reasons_text": person.reasons,
        "last_decision": person.decision[0], "last_decision_text": person.decision[1],
        "weakest_record": None, "p_without_weakest": None, "rank_without_weakest": None, "is_merged_on": None,
        "drops_out_on": AS_OF + timedelta(days=60 + at), "is_also_victim": False, "manager": person.manager,
    }  # fmt: skip
    return Ranked(**{**values, **person.more})


def behind(
    person: Person, acts: Sequence[Act], options: Sequence[tuple[str, str, str, str, str]]
) -> list[Row]:
    """All behind a person: `acts` are (gist, feed), `options` (code, p, option, basis, trigger)."""
    draw = random.Random(1000 + person.rank)
    who = {"force_code": FORCE, "person_ref": person.ref}
    return [
        *_identities(person, draw, who),
        *_events(person, draw, acts, who),
        *evidence(person, draw, acts),
        *_reasons(person, who),
        Contrary(**who, contrary_no=1, lead_text="Accounts differ",
                 rest_text="between two reports of the same evening.", evidence_no=2),
        *_links(person, draw, who),
        *(Overlap(**who, overlap_no=at, subject=subject, text=text) for at, (subject, text) in enumerate(OVERLAPS, 1)),
        *(OptionRow(**who, option_code=code, p=p, p_order=P_ORDER[p], option=option, basis=basis, trigger_text=trigger)
          for code, p, option, basis, trigger in options),
    ]  # fmt: skip


def _identities(person: Person, draw: random.Random, who: dict[str, Any]) -> list[Row]:
    found: list[Row] = []
    for at, force in enumerate(person.forces, start=1):
        local = f"{force[:2].upper()}/N/{draw.randint(10_000, 99_999)}"
        found.append(Identity(
            **who, identity_no=at, source_force=force, system_name=f"{NAMES[force]} crime", local_ref=local,
            name_recorded=person.name, born_recorded=f"14.3.{2026 - person.age}",
            match_basis="Base record" if at == 1 else "Name, date of birth, phone",
            match_probability=None if at == 1 else 0.97, checked_on=date(2026, 11, 12), feed="crime_party",
            source_record_id=f"{force}-{local}", delivery_id=delivery_id(force, "crime_party"), handling="P",
            sensitivity=None,
        ))  # fmt: skip
    return found


def _events(person: Person, draw: random.Random, acts: Sequence[Act], who: dict[str, Any]) -> list[Row]:
    common = {**who, "to_on": None, "handling": "P", "sensitivity": None}
    found: list[Row] = []
    for at in range(1, 8):
        force = person.forces[at % len(person.forces)]
        is_serious = at in (2, 5)
        found.append(Event(
            **common, event_no=at, lane=f"{NAMES[force]} crime", lane_order=1 + person.forces.index(force),
            shape="serious" if is_serious else "dot", from_on=AS_OF - timedelta(days=draw.randint(6, 700)),
            label="AB"[at // 5] if is_serious else None, text=acts[at % len(acts)][0], source_force=force,
        ))  # fmt: skip
    own = {**common, "source_force": person.forces[0]}
    return [
        *found,
        Event(**own, event_no=9, lane="Custody", lane_order=5, shape="square", from_on=AS_OF - timedelta(days=200),
              label=None, text="arrest"),
        Event(**own, event_no=10, lane="Orders and bail", lane_order=6, shape="span",
              from_on=AS_OF - timedelta(days=190), label="Police bail", text="police bail"),
    ]  # fmt: skip


def evidence(person: Person, draw: random.Random, acts: Sequence[Act]) -> list[Row]:
    """One evidence row for each act, newest first."""
    found: list[Row] = []
    for at, (gist, feed) in enumerate(acts, start=1):
        force = person.forces[at % len(person.forces)]
        record = f"{force[:2].upper()}/{draw.randint(10_000, 99_999)}/26"
        day = AS_OF - timedelta(days=11 * (1 + at % 60))
        found.append(EvidenceRow(
            force_code=FORCE, person_ref=person.ref, evidence_no=at, event_on=day, source_force=force,
            source_force_name=NAMES[force], feed=feed, record_ref=record, gist=gist,
            source_kind={"intel_report": "2 B P", "custody": "Custody"}.get(feed, "Crime report"),
            statement_kind="INTELLIGENCE" if feed == "intel_report" else "ALLEGATION", handling="P", sensitivity=None,
            source_record_id=f"{force}:{record}", delivery_id=delivery_id(force, feed), contract_version="1.2.0",
            known_on=day + timedelta(days=2),
        ))  # fmt: skip
    return found


def _reasons(person: Person, who: dict[str, Any]) -> list[Row]:
    told = (
        ("up", "victims", 0.38, person.reasons, (1, 2), None),
        ("up", "recency", 0.26, f"Latest event was {3 + 4 * person.rank} days ago", (1,), None),
        ("up", "orders", 0.14, "Bail conditions reported broken once", (3,), "One record"),
        ("down", "custody", 0.08, "No conviction recorded in any force", (), None),
    )
    return [
        ReasonRow(**who, reason_no=at, direction=direction, group_code=group, push=push, lead_text=lead, rest_text=None,
                  evidence_nos=nos, badge=badge)
        for at, (direction, group, push, lead, nos, badge) in enumerate(told, start=1)
    ]  # fmt: skip


def _links(person: Person, draw: random.Random, who: dict[str, Any]) -> list[Row]:
    found: list[Row] = []
    for at, (kind, sub) in enumerate(LINKED[: 2 + person.rank % 3], start=1):
        ref = f"{kind[0].upper()}-{draw.randint(1000, 9999)}"
        is_weak = kind == "person"
        found.append(LinkRow(
            **who, link_no=at, kind=kind, linked_ref=ref, label=ref, sublabel=sub, n_records=at,
            basis="intelligence" if is_weak else "crime", is_intelligence_only=is_weak, source_force=FORCE,
            handling="P", sensitivity=None,
        ))  # fmt: skip
    return found
