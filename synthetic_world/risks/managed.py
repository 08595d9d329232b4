"""The managed-offender file of a force: every change of state, address, assessment or plan is a version of one row.

Not here: who is managed (managed_cohort), notifications and states (managed_clock), visits (visits). What is done to
a row's address is what was notified: a move nobody was told of shows in another force's records only.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.model import NOBODY, Ints, Longs, stream
from synthetic_world.rates import Rates
from synthetic_world.risks.managed_clock import (
    ANNUAL,
    INITIAL,
    KINDS,
    MOVE,
    Moves,
    Notices,
    moves_of,
    notices_of,
)
from synthetic_world.risks.managed_cohort import OFFENCES, Cohort, cohort_of
from synthetic_world.risks.managed_states import COMMUNITY, CUSTODY, STATES, Changes, changes_of
from synthetic_world.risks.order_rows import Drafts, write_orders
from synthetic_world.risks.risk_ground import Standing, address_texts
from synthetic_world.risks.risk_rows import DAY, HOUR, NEVER, NO_DAY, Book, Coded, Columns

BANDS: Final = ("low", "medium", "high", "very_high")
COUNTRIES: Final = (
    "Spain",
    "Poland",
    "Thailand",
    "Turkey",
    "Ireland",
    "Romania",
    "Portugal",
    "Cambodia",
    "France",
)
_DIGITS: Final = ("0", "1", "2", "3", "4")


@dataclass(frozen=True, slots=True)
class Managed:
    """The managed offenders of a block with their keys: for visits, intelligence and the answer book."""

    cohort: Cohort
    key: Longs
    moves: Moves
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Timeline:
    """All changes of all rows in order, each column holding what was true from then on."""

    offender: Ints
    day: Ints
    state: Ints
    notified: Ints  # day
    assessed: Ints  # day
    risk: Ints
    force: Ints  # of the address held
    address: Ints


def make_managed(standing: Standing, book: Book, r: Rates, events: pa.Table) -> Managed:
    """Draw the managed offenders of a block and enter their rows, notifications and orders in the book."""
    ground = standing.ground
    random = stream(ground.world.seed, "managed", ground.block.key)
    cohort = cohort_of(standing, r, random, events)
    moves = moves_of(standing, r, random, cohort)
    changes = changes_of(standing, r, random, cohort)
    notices = notices_of(standing, r, random, cohort, moves, changes)
    made = Managed(cohort, book.keys("managed_offender", len(cohort)), moves, changes)
    line = _timeline(standing, r, random, made, notices)
    _write_offenders(standing, book, r, random, made, line)
    _write_notices(standing, book, random, made, notices)
    _write_orders(standing, book, r, random, made)
    return made


def _timeline(
    standing: Standing, r: Rates, random: np.random.Generator, made: Managed, notices: Notices
) -> _Timeline:
    """Bring all kinds of change into one order and carry what each left alone forward."""
    cohort, world, n = made.cohort, standing.ground.world, len(made.cohort)
    force, address = standing.residence(cohort.person, np.maximum(cohort.start, world.start))
    inside = (cohort.released != NO_DAY) & (cohort.released > cohort.start)
    told = np.isin(notices.kind, (INITIAL, ANNUAL, MOVE))
    who, days, risk = _assessments(standing, r, random, cohort)
    nothing, no_day = NOBODY, NO_DAY
    parts = (  # offender, day, state, notified, assessed, risk, force, address
        (np.arange(n), cohort.start, np.where(inside, CUSTODY, COMMUNITY), no_day, cohort.start, cohort.risk,
         force, address),
        (notices.offender[told], notices.made[told], nothing, notices.made[told], no_day, nothing,
         notices.force[told], notices.address[told]),
        (who, days, nothing, no_day, days, risk, nothing, nothing),
        (made.changes.offender, made.changes.day, made.changes.state, no_day, no_day, nothing, nothing, nothing),
    )  # fmt: skip
    columns = [
        np.concatenate([np.broadcast_to(part[place], len(part[0])) for part in parts]).astype(np.int32)
        for place in range(8)
    ]
    order = np.lexsort((columns[1], columns[0]))
    offender, day, *rest = (column[order] for column in columns)
    carried = [_carried(column, NO_DAY if place in (1, 2) else NOBODY) for place, column in enumerate(rest)]
    is_last_before = np.r_[(offender[1:] != offender[:-1]) | (day[1:] >= world.start), True][: len(offender)]
    kept = ((day >= world.start) | is_last_before) & (day <= world.horizon)
    return _Timeline(offender[kept], day[kept], *(column[kept] for column in carried))


def _carried(column: Ints, empty: int) -> Ints:
    """Each gap filled with the value before it (the first row of everybody has all that others carry)."""
    last = np.maximum.accumulate(np.where(column != empty, np.arange(len(column)), 0))
    return column[last]


def _assessments(
    standing: Standing, r: Rates, random: np.random.Generator, cohort: Cohort
) -> tuple[Ints, Ints, Ints]:
    """Yearly assessments, some late, some with another result."""
    world, every = standing.ground.world, r.number("managed_assessment_days")
    begins = np.maximum(cohort.start, world.start - 365) + random.integers(20, 340, size=len(cohort))
    ends = np.minimum(np.where(cohort.end == NO_DAY, 1 << 30, cohort.end), world.horizon)
    counts = np.maximum((ends - begins) // every + 1, 0).astype(np.int64)
    who = np.repeat(np.arange(len(cohort)), counts)
    turn = np.arange(len(who)) - np.repeat(np.cumsum(counts) - counts, counts)
    share, days = r.numbers("managed_assessment_late")
    late = np.where(random.random(len(who)) < share, random.exponential(days, len(who)), 0)
    day = (begins[who] + turn * every + np.minimum(late, every - 30)).astype(np.int32)
    is_moved = random.random(len(who)) < r.number("managed_assessment_moved")
    drift = np.where(is_moved, random.choice((-1, 1), size=len(who)), 0)
    return who.astype(np.int32), day, np.clip(cohort.risk[who] + drift, 0, 3).astype(np.int32)


def _write_offenders(
    standing: Standing, book: Book, r: Rates, random: np.random.Generator, made: Managed, line: _Timeline
) -> None:
    cohort, who, n = made.cohort, line.offender, len(line.offender)
    entered = line.day.astype(np.int64) * DAY + random.integers(9 * HOUR, 60 * HOUR, size=n)
    begins = np.flatnonzero(np.r_[True, who[1:] != who[:-1]][:n])
    version = np.arange(n) - np.repeat(begins, np.diff(np.r_[begins, n]))
    wide = np.int64(1) << 36
    entered = np.maximum.accumulate(who * wide + entered) - who * wide + version
    texts, postcodes = address_texts(standing, line.force, line.address)
    release, licence = (
        cohort.released[who],
        np.where(cohort.released == NO_DAY, NO_DAY, cohort.released + 500)[who],
    )
    steady = random.standard_normal(len(cohort))
    scores = [np.clip(cohort.risk + np.round(0.7 * steady * sign), 0, 3).astype(np.int8) for sign in (1, -1)]
    ends = cohort.end[who]
    columns: Columns = {
        "key": made.key[who], "version": version, "recorded_at": entered,
        "occurred_from": cohort.start[who].astype(np.int64) * DAY, "person_uid": book.uid(cohort.person[who]),
        "address_line": texts, "postcode": postcodes, "mappa_category": Coded(_DIGITS, cohort.category[who]),
        "mappa_level": Coded(_DIGITS, cohort.level[who]), "status": Coded(STATES, line.state),
        "index_offence_text": Coded(tuple(one[0] for one in OFFENCES), cohort.offence[who]),
        "index_cjs_code": Coded(tuple(one[1] for one in OFFENCES), cohort.offence[who]),
        "conviction_date": cohort.convicted[who], "release_date": release, "licence_end_date": licence,
        "notification_start_date": cohort.start[who], "notification_end_date": ends,
        "is_notification_indefinite": ends == NO_DAY,
        "annual_due_date": np.where(line.notified == NO_DAY, NO_DAY, line.notified + 365),
        "last_notified_date": line.notified,
        "osp_dc": Coded(BANDS, scores[0][who]), "osp_iic": Coded(BANDS, scores[1][who]),
        "arms_date": line.assessed, "arms_level": Coded(BANDS, line.risk), "risk_band": Coded(BANDS, line.risk),
        "manager_ref": managers(standing, cohort)[who], "plan_date": line.assessed + 14,
        "plan_review_due_date": line.assessed + 14 + 365,
    }  # fmt: skip
    book.add("managed_offender", np.full(n, standing.ground.block.home.number, dtype=np.int32), columns)


def managers(standing: Standing, cohort: Cohort) -> Coded:
    """The manager of each offender, as the force writes them."""
    block = standing.ground.block
    words = tuple(
        f"OM{block.number:03d}-{number:03d}" for number in range(int(cohort.manager.max(initial=0)) + 1)
    )
    return Coded(words, cohort.manager)


def _write_notices(
    standing: Standing, book: Book, random: np.random.Generator, made: Managed, notices: Notices
) -> None:
    kept = (notices.made >= standing.ground.world.start) & (notices.made <= standing.ground.world.horizon)
    who, kind, day = notices.offender[kept], notices.kind[kept], notices.made[kept].astype(np.int64)
    n = len(who)
    force, address = standing.residence(made.cohort.person[who], np.full(n, standing.ground.world.start))
    told = notices.force[kept] != NOBODY
    lines, postcodes = address_texts(
        standing, np.where(told, notices.force[kept], force), np.where(told, notices.address[kept], address)
    )
    is_travel = kind == KINDS.index("foreign_travel")
    country = np.where(is_travel, random.integers(len(COUNTRIES), size=n), NOBODY)
    hour = random.integers(9 * HOUR, 17 * HOUR, size=n)
    shown = pa.array(told, pa.bool_())
    columns: Columns = {
        "key": book.keys("notification", n), "recorded_at": day * DAY + hour + random.integers(HOUR, 30 * HOUR, size=n),
        "occurred_from": day * DAY + hour, "offender_key": made.key[who], "kind": Coded(KINDS, kind),
        "due_date": notices.due[kept], "made_at": day * DAY + hour,
        "address_line": pa.compute.if_else(shown, lines, None), "postcode": pa.compute.if_else(shown, postcodes, None),
        "destination_country": Coded(COUNTRIES, country),
    }  # fmt: skip
    book.add("notification", np.full(n, standing.ground.block.home.number, dtype=np.int32), columns)


def _write_orders(
    standing: Standing, book: Book, r: Rates, random: np.random.Generator, made: Managed
) -> None:
    """Prevention orders given at conviction, breached by those who broke them."""
    cohort, n = made.cohort, len(made.cohort)
    broke = np.full(n, NEVER)
    rows = made.changes.is_breach
    broke[made.changes.offender[rows]] = made.changes.day[rows].astype(np.int64) * DAY + 12 * HOUR
    low, high = r.numbers("prevention_order_years")
    end = cohort.convicted + ((low + (high - low) * random.random(n)) * 365).astype(np.int32)
    draw = random.random(n)
    for kind, category, key in (("SHPO", 1, "prevention_order"), ("VOO", 2, "violent_order")):
        who = np.flatnonzero(
            (cohort.category == category) & (draw < r.number(key)) & (end > standing.ground.world.start)
        )
        force = np.full(len(who), standing.ground.block.home.number, dtype=np.int32)
        drafts = Drafts(force, cohort.person[who], kind, cohort.convicted[who], end[who], None, broke[who])
        write_orders(standing, book, r, random, drafts)
