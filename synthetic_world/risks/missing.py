"""What forces write down about missing episodes: reported, graded again, found, closed, each a version of one row.

Not here: who goes missing and when (missing_process), what happens to them (missing_facts), interviews and
screenings that follow (return_interviews, exploitation).
"""

from dataclasses import dataclass

import numpy as np

from synthetic_world.model import NOBODY, Ints, Longs, stream
from synthetic_world.rates import Rates
from synthetic_world.risks.missing_facts import Facts, facts_of
from synthetic_world.risks.missing_process import Episodes, episodes
from synthetic_world.risks.placements import Placements
from synthetic_world.risks.risk_ground import Standing, chosen, forces_of, other_force, towns_of
from synthetic_world.risks.risk_rows import DAY, HOUR, NEVER, Book, Coded, Columns, picked, stacked

RISKS = ("no_apparent_risk", "low", "medium", "high")
FROM = (
    "home",
    "residential_care",
    "foster_care",
    "hospital",
    "mental_health_unit",
    "school",
    "supported_housing",
    "other",
)
REPORTERS = ("parent", "carer", "staff", "partner", "self", "public", "police")
FOUND = (
    "home_area", "other_address", "street", "transport_hub", "vehicle", "hotel", "hospital", "out_of_force", "unknown",
)  # fmt: skip
FINDERS = ("police", "family", "staff", "public", "self_return", "other")
HARMS = ("none", "physical", "sexual", "exploitation", "self_harm", "fatal")
FOUND_WITH = (
    "With {other} at a flat nobody knew of.", "In a car with {other}.", "Seen leaving a hotel with {other}.",
    "With {other} and two other young people.", "With {other}, who gave a false name at first.",
    "Stayed with a friend, {other}.", "With {other}, who is older and would not say how they met.",
)  # fmt: skip
_OUT_OF_FORCE = FOUND.index("out_of_force")


@dataclass(frozen=True, slots=True)
class Missing:
    """The episodes of a block with what is known of each: for the stages that follow."""

    episodes: Episodes
    facts: Facts
    key: Longs
    force: Ints  # number of the force that recorded it
    reported: Longs


def make_missing(standing: Standing, book: Book, r: Rates, placements: Placements) -> Missing:
    """Draw the episodes of a block and enter their records in the book."""
    ground = standing.ground
    random = stream(ground.world.seed, "missing", ground.block.key)
    force = _recording_force(standing, r, random)
    habit = np.zeros(max(forces_of(ground)) + 1)
    for number, one in forces_of(ground).items():
        habit[number] = one.missing
    done = episodes(standing, r, random, habit[force].astype(np.float32))
    facts = facts_of(standing, done, r, random)
    hours = np.minimum(r.number("missing_report_hours") * random.standard_exponential(len(done)), 72) * HOUR
    lasts = np.where(done.returned == NEVER, 10 * DAY, done.returned - done.seen)
    reported = done.seen + np.minimum(hours, lasts / 2).astype(np.int64)
    made = Missing(done, facts, book.keys("missing_episode", len(done)), force[done.person], reported)
    _write(standing, book, r, random, made, placements)
    return made


def _recording_force(standing: Standing, r: Rates, random: np.random.Generator) -> Ints:
    """By person: the force that hears when they are missing; for some of a pool it is the other one."""
    n, other = len(standing.ground.people), other_force(standing.ground)
    elsewhere = (random.random(n) < r.number("missing_recorded_elsewhere")) & (other != NOBODY)
    return np.where(elsewhere, other, standing.ground.block.home.number).astype(np.int32)


def _write(
    standing: Standing,
    book: Book,
    r: Rates,
    random: np.random.Generator,
    made: Missing,
    placements: Placements,
) -> None:
    done, n = made.episodes, len(made.episodes)
    delay = random.standard_exponential(n) * r.number("missing_entry_minutes") * 60
    is_late = random.random(n) < r.number("missing_entry_late")
    entered = made.reported + np.where(is_late, (1 + 4 * random.random(n)) * DAY, delay).astype(np.int64)
    first = _reported(standing, book, r, random, made, placements) | {"recorded_at": entered}
    is_back = done.returned != NEVER
    back = np.where(is_back, done.returned, 0)
    back_entry = random.standard_exponential(n) * r.number("missing_return_entry_hours") * HOUR
    found_at = np.maximum(back, entered) + back_entry.astype(np.int64) + 60
    low, high = r.numbers("missing_close_days")
    closed_at = found_at + ((low + (high - low) * random.random(n)) * DAY).astype(np.int64)
    regraded = (random.random(n) < r.number("missing_regraded")) & (found_at - entered > 4 * HOUR)
    graded_at = entered + ((found_at - entered) * (0.2 + 0.6 * random.random(n))).astype(np.int64)
    risk = made.facts.risk.astype(np.int16)
    new_risk = np.where(risk == 3, 2, risk + 1).astype(np.int8)
    again = first | {"risk_current": Coded(RISKS, np.where(regraded, new_risk, made.facts.risk))}
    found = again | _found(standing, r, random, made)
    closed = found | {
        "status": "closed", "harm": Coded(HARMS, made.facts.harm),
        "prevention_interview_at": _interviewed(r, random, done, closed_at),
    }  # fmt: skip
    number = regraded.astype(np.int16)
    parts = [
        (n, first),
        (int(regraded.sum()), picked(again | {"recorded_at": graded_at, "version": number}, regraded)),
        (int(is_back.sum()), picked(found | {"recorded_at": found_at, "version": number + 1}, is_back)),
        (int(is_back.sum()), picked(closed | {"recorded_at": closed_at, "version": number + 2}, is_back)),
    ]
    _, columns = stacked(parts)
    force = np.concatenate([made.force, made.force[regraded], made.force[is_back], made.force[is_back]])
    book.add("missing_episode", force, columns)


def _reported(
    standing: Standing,
    book: Book,
    r: Rates,
    random: np.random.Generator,
    made: Missing,
    placements: Placements,
) -> Columns:
    """Version 0: what is known when somebody is reported missing."""
    done, n, facts = made.episodes, len(made.episodes), made.facts
    where = placements.at(done.person, done.seen // DAY)
    in_care = (where.row != NOBODY) & done.is_child
    origin = np.where(
        done.is_child,
        chosen(random, r.numbers("missing_from_child"), n),
        chosen(random, r.numbers("missing_from_adult"), n),
    )
    from_care = np.array([1, 2, 6, 1], dtype=np.int8)[where.home_type]  # by type of home: where in FROM
    origin = np.where(in_care, from_care, origin).astype(np.int8)
    reporter = np.where(
        in_care,
        chosen(random, r.numbers("missing_reported_by_care"), n),
        np.where(
            done.is_child,
            chosen(random, r.numbers("missing_reported_by_child"), n),
            chosen(random, r.numbers("missing_reported_by_adult"), n),
        ),
    ).astype(np.int8)
    authorities, uncared, nothing = towns_of(standing.ground)[2], ~in_care, np.full(n, NOBODY, np.int8)
    return {
        "key": made.key, "version": np.zeros(n, np.int16), "person_uid": book.uid(done.person),
        "occurred_from": done.seen, "occurred_to": np.full(n, NEVER), "reported_at": made.reported,
        "returned_at": np.full(n, NEVER), "missing_from_type": Coded(FROM, origin),
        "care_home_ref": Coded(placements.refs, np.where(uncared, NOBODY, where.home)),
        "placing_authority": Coded(authorities, np.where(uncared, NOBODY, where.placing)),
        "host_authority": Coded(authorities, np.where(uncared, NOBODY, where.host)),
        "reported_by": Coded(REPORTERS, reporter),
        "risk_initial": Coded(RISKS, facts.risk), "risk_current": Coded(RISKS, facts.risk),
        "is_looked_after": in_care, "has_cse_marker": facts.cse_marker, "has_cce_marker": facts.cce_marker,
        "has_mental_health_marker": facts.mental_health_marker, "has_dementia_marker": facts.dementia_marker,
        "has_self_harm_marker": facts.self_harm_marker, "is_trafficking_referred": facts.trafficking_marker,
        "found_place": Coded(FOUND, nothing), "found_force": Coded(_codes(standing), nothing),
        "found_by": Coded(FINDERS, nothing), "found_with_text": Coded(FOUND_WITH, nothing),
        "distance_km": np.full(n, np.nan, np.float32), "harm": Coded(HARMS, nothing),
        "prevention_interview_at": np.full(n, NEVER), "co_missing_key": _companion(made), "status": "missing",
        "other_person_uid": np.full(n, np.int64(NOBODY)),
    }  # fmt: skip


def _companion(made: Missing) -> Longs:
    """Key of the episode of somebody who went missing with them."""
    row = made.episodes.with_row
    return np.where(row == NOBODY, NOBODY, made.key[np.maximum(row, 0)]) if len(row) else made.key


def _found(standing: Standing, r: Rates, random: np.random.Generator, made: Missing) -> Columns:
    """What is added when they are back."""
    done, n = made.episodes, len(made.episodes)
    place, force = _where_found(standing, r, random, made)
    is_out = place == _OUT_OF_FORCE
    log = np.asarray(r.numbers("missing_km_log_mean"))[is_out.astype(int)]
    spread = np.asarray(r.numbers("missing_km_log_spread"))[is_out.astype(int)]
    leader = standing.cell.leader[done.person]
    rates_with = np.asarray(r.numbers("missing_found_with"))[done.in_cell.astype(int)]
    has_company = (random.random(n) < rates_with) & done.in_cell & (leader >= 0) & (leader != done.person)
    company = np.where(has_company, leader.astype(np.int64) + (standing.ground.block.number << 32), NOBODY)
    return {
        "occurred_to": done.returned, "returned_at": done.returned, "status": "found",
        "found_place": Coded(FOUND, place), "found_force": Coded(_codes(standing), force),
        "found_by": Coded(FINDERS, chosen(random, r.numbers("missing_found_by"), n)),
        "found_with_text": Coded(FOUND_WITH, np.where(has_company, random.integers(len(FOUND_WITH), size=n), NOBODY)),
        "other_person_uid": company,
        "distance_km": np.round(np.exp(log + spread * random.standard_normal(n)), 1).astype(np.float32),
    }  # fmt: skip


def _where_found(
    standing: Standing, r: Rates, random: np.random.Generator, made: Missing
) -> tuple[Ints, Ints]:
    """Kind of place, and number of the force if it is another."""
    done, n, block = made.episodes, len(made.episodes), standing.ground.block
    usual, of_cell = (chosen(random, r.numbers(f"missing_found_place{name}"), n) for name in ("", "_cell"))
    place = np.where(done.in_cell, of_cell, usual).astype(np.int32)
    here, other = block.home.number, other_force(standing.ground)
    near = np.asarray(block.home.neighbours or (here,))[
        random.integers(max(len(block.home.neighbours), 1), size=n)
    ]
    away = np.where(made.force != here, here, other if other != NOBODY else near)
    return place, np.where(place == _OUT_OF_FORCE, away, NOBODY).astype(np.int32)


def _interviewed(r: Rates, random: np.random.Generator, done: Episodes, closed_at: Longs) -> Longs:
    """When police spoke with those who came back; NEVER for most of the rest."""
    n = len(done)
    is_held = (random.random(n) < r.number("missing_prevention_interview")) & (done.returned != NEVER)
    held = done.returned + (HOUR * r.number("missing_prevention_hours") * random.random(n)).astype(np.int64)
    return np.where(is_held, np.minimum(held, closed_at), NEVER)


def _codes(standing: Standing) -> tuple[str, ...]:
    return tuple(force.force_code for force in standing.ground.world.atlas)
