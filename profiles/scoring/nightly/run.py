"""Scores a whole night: every head, every force, into the rows of the score tables.

Not here: each step (the modules beside this one), writing the tables (tables), the stage (orchestration/steps/score).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from profiles.definitions.heads import HEADS, Head, load_head
from profiles.scoring.explain.ahead import DAYS_AHEAD
from profiles.scoring.explain.movement import Movement, in_words
from profiles.scoring.heads.registry import BUNDLES
from profiles.scoring.nightly.evidence import behind, read_records
from profiles.scoring.nightly.features import Features, read_features
from profiles.scoring.nightly.people import Told, told_of
from profiles.scoring.nightly.ranked import LISTED, MOMENTS, Ranked, ranked
from profiles.scoring.nightly.ruled import order_of, parts_of, points_of
from profiles.scoring.nightly.standing import Standing, standing, steadied
from profiles.scoring.nightly.tables import COLUMNS, Row

Tables = dict[str, list[Row]]


def score_people(con: duckdb.DuckDBPyConnection, as_of: date, bundles: Path = BUNDLES) -> Tables:
    """Rows of every table of people's scores."""
    tables: Tables = {name: [] for name in COLUMNS}
    for name in HEADS:
        head = load_head(name)
        stands = standing(head, as_of, bundles)
        moments = (*MOMENTS, *(f"ahead_{days}" for days in DAYS_AHEAD))
        at = {moment: read_features(con, head, moment) for moment in moments}
        stands = steadied(stands, head, at["tonight"])
        for force in sorted({str(one) for one in at["tonight"].force}):
            _of_force(
                con, head, stands, {moment: rows.of(force) for moment, rows in at.items()}, as_of, tables
            )
    return tables


def _of_force(
    con: duckdb.DuckDBPyConnection,
    head: Head,
    stands: Standing,
    at: Mapping[str, Features],
    as_of: date,
    tables: Tables,
) -> None:
    found = ranked(head, stands.leader, at)
    force = str(found.rows.force[0])
    records = read_records(con, head, [(force, person) for person in found.listing.members])
    known = {person: behind(head, records.get((force, person), ())) for person in found.listing.members}
    told = told_of(head, stands.leader, found, at, as_of, known)
    whose = {"head": head.head, "force_code": force}
    tables["people_scores"] += _scores(head, stands, found, told, {**whose, "as_of_date": as_of})
    for one in told:
        person = {**whose, "person_id": str(found.rows.person[one.place])}
        reasons = [*one.reasons.raising, *one.reasons.lowering]
        for place, reason in enumerate(reasons, start=1):
            tables["people_reasons"].append(
                {**person, "place": place, "reason_group": reason.group, "sign": reason.sign, "size": reason.size,
                 "contribution": reason.contribution, "sentence": reason.sentence, "badges": "; ".join(reason.badges)}
            )  # fmt: skip
            behind_it = [(fact.feature, record) for fact in reason.facts for record in fact.evidence]
            tables["people_evidence"] += [
                {**person, "reason_place": place, "place": number, "feature": feature,
                 "record_force": record.force_code, "feed": record.feed, "record_id": record.record_id,
                 "occurred_on": record.occurred, "kind": record.kind}
                for number, (feature, record) in enumerate(behind_it, start=1)
            ]  # fmt: skip
    tables["people_movers"] += [
        {**whose, "person_id": one.person_id, "is_entry": one.is_entry, "rank": one.rank, "why": one.why}
        for one in found.listing.movers
    ]
    tables["people_lists"].append({**whose, "as_of_date": as_of, **_list(head, stands, found)})


def _list(head: Head, stands: Standing, found: Ranked) -> Row:
    entry = stands.entry if stands.leader else None
    return {
        "n_people": len(found.rows), "list_length": LISTED, "led_by": stands.led_by, "why": stands.why,
        "bundle_digest": entry.digest if entry else None, "trained_on": entry.trained_on if entry else None,
        "expires_on": entry.expires if entry else None, "outcome": head.outcome, "horizon_days": head.horizon_days,
        "decision": head.decision, "changed_without_records": found.listing.changed_without_records,
        "is_alarm": found.listing.is_alarm, "drifted": stands.drifted,
    }  # fmt: skip


def _scores(
    head: Head, stands: Standing, found: Ranked, told: Sequence[Told], whose: Row
) -> Iterator[Row]:  # fmt: skip
    rows, rank, listed = found.rows, found.rank_of(), set(found.listing.members)
    stories, points = {one.place: one for one in told}, points_of(head, rows)
    by_rule = _ranks(order_of(head, parts_of(head, rows).sum(axis=1), rows))
    model = stands.leader or stands.shadow
    by_model = (
        _ranks(np.argsort(-model.model.logit(rows.matrix, rows.names), kind="stable")) if model else None
    )
    v100 = _ranks(np.argsort(-np.nan_to_num(rows.v100_days, nan=-1.0), kind="stable"))
    for place in found.order:
        person, interval = str(rows.person[place]), found.intervals[place]
        movement = found.movements.get(person)
        yield {
            **whose, "person_id": person, "is_home": bool(rows.is_home[place]),
            "is_child": bool(rows.is_child[place]), "led_by": stands.led_by, "score": float(found.score[place]),
            "rank": int(rank[place]), "rank_best": interval.best, "rank_worst": interval.worst,
            "rank_group": found.groups[place], "is_listed": person in listed,
            "rank_week_ago": movement.rank_before if movement else None,
            **{name: float(values[place]) for name, values in points.items()},
            "rule_rank": int(by_rule[place]), "model_rank": int(by_model[place]) if by_model is not None else None,
            "v100_rank": None if np.isnan(rows.v100_days[place]) else int(v100[place]),
            **_story(head, stories.get(int(place))),
            "moved_sentence": _moved(movement, int(rank[place])) if person in listed else None,
        }  # fmt: skip


def _moved(movement: Movement | None, rank: int) -> str | None:
    """Why a rank is not that of a week ago; nothing where ties, which movement breaks otherwise, hide the places."""
    return in_words(movement, "a week ago") if movement and movement.rank_after == rank else None


def _story(head: Head, told: Told | None) -> Row:
    """Chance, look ahead, and what is lacking, of somebody who may be printed."""
    if told is None:
        return {}
    chance, later = told.chance, told.ahead
    return {
        "chance": chance.probability if chance else None, "chance_lower": chance.lower if chance else None,
        "chance_upper": chance.upper if chance else None, "base_rate": chance.base_rate if chance else None,
        "chance_sentence": chance.in_words(head.outcome, head.horizon_days) if chance else None,
        "leaves_on": later.leaves_on if later else None,
        "ahead_sentence": " ".join(later.sentences) if later else None,
        "lacking_sentence": " ".join(told.reasons.lacking) or None,
    }  # fmt: skip


def _ranks(order: np.ndarray) -> np.ndarray:
    found = np.empty(len(order), np.int64)
    found[order] = np.arange(1, len(order) + 1)
    return found
