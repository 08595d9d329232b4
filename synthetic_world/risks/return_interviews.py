"""Interviews of children after they came back: offered, and then held or not, two versions of one row.

Not here: the episode (missing), what services do about it (exploitation).
"""

from typing import Final

import numpy as np

from synthetic_world.model import NOBODY, stream
from synthetic_world.rates import Rates
from synthetic_world.risks.missing import Missing
from synthetic_world.risks.risk_ground import Standing, chosen
from synthetic_world.risks.risk_rows import DAY, HOUR, NEVER, Book, Coded, Columns, picked, stacked

PROVIDERS: Final = ("local_authority", "charity", "other")
PLAIN: Final = (
    "Said they wanted time away after an argument.", "Was with friends from school, no concerns raised.",
    "Would not say where they had been.", "Said the placement is too far from family.",
    "Stayed at a friend's house and lost track of time.", "Said they were worried about going back.",
    "Low in mood, asked to speak to somebody about sleep.", "Went to see a parent.",
)  # fmt: skip
SERIOUS: Final = (
    "Spoke of owing money to {other} and being told to work it off.",
    "Said {other} gives them vapes and a phone and that nothing is asked for it.",
    "Has been to a town they had never heard of, by train, with {other}.",
    "Said there was a flat with adults coming and going. Named {other}.",
    "New trainers and two phones, says they are from {other}.",
    "Frightened of {other}, asked that nothing be written down.",
    "Was driven there and back by {other}, did not know the address.",
    "Said somebody they met online, {other}, had paid for the taxi.",
)  # fmt: skip


def make_return_interviews(standing: Standing, book: Book, r: Rates, made: Missing) -> None:
    """Enter an interview for the children to whom one was offered, and for those to whom it was not."""
    ground, done = standing.ground, made.episodes
    random = stream(ground.world.seed, "return_interviews", ground.block.key)
    rows = np.flatnonzero(done.is_child & (done.returned != NEVER))
    n, person, back = len(rows), done.person[rows], done.returned[rows]
    in_care = ground.people.is_looked_after[person].astype(int)
    is_offered = random.random(n) < np.asarray(r.numbers("interview_offered"))[in_care]
    is_accepted = is_offered & (random.random(n) < r.number("interview_accepted"))
    lag = 6 + r.number("interview_hours") * random.standard_exponential(n)
    held = np.where(is_accepted, back + (lag * HOUR).astype(np.int64), NEVER)
    entered = back + (DAY * (0.3 + 1.5 * random.random(n))).astype(np.int64)
    first: Columns = {
        "key": book.keys("return_interview", n), "version": np.zeros(n, np.int16), "recorded_at": entered,
        "occurred_from": back, "missing_key": made.key[rows], "person_uid": book.uid(person),
        "is_offered": is_offered, "is_accepted": np.full(n, NOBODY, np.int8), "held_at": np.full(n, NEVER),
        "provider": Coded(PROVIDERS, np.where(is_offered, chosen(random, r.numbers("interview_provider"), n), NOBODY)),
        "disclosure_text": Coded(PLAIN + SERIOUS, np.full(n, NOBODY, np.int8)),
        "other_person_uid": np.full(n, np.int64(NOBODY)),
    }  # fmt: skip
    text, about = _disclosure(standing, r, random, made, rows)
    ended = np.where(
        is_accepted, held + (DAY * (0.2 + 3 * random.random(n))).astype(np.int64), entered + 3 * DAY
    )
    ended = np.maximum(ended, entered + HOUR)
    after = first | {
        "version": np.ones(n, np.int16), "recorded_at": ended, "is_accepted": is_accepted.astype(np.int8),
        "held_at": held,
        "disclosure_text": Coded(PLAIN + SERIOUS, np.where(is_accepted, text, NOBODY)),
        "other_person_uid": np.where(is_accepted, about, NOBODY),
    }  # fmt: skip
    _, columns = stacked([(n, first), (int(is_offered.sum()), picked(after, is_offered))])
    force = made.force[rows]
    book.add("return_interview", np.concatenate([force, force[is_offered]]), columns)


def _disclosure(
    standing: Standing, r: Rates, random: np.random.Generator, made: Missing, rows: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which words, and the person they speak of: somebody of the cell, where there is one."""
    n, in_cell = len(rows), made.episodes.in_cell[rows]
    is_serious = (
        random.random(n) < np.asarray(r.numbers("interview_disclosure"))[in_cell.astype(int)]
    ) & in_cell
    plain, serious = random.integers(len(PLAIN), size=n), random.integers(len(SERIOUS), size=n)
    text = np.where(
        is_serious,
        len(PLAIN) + serious,
        np.where(random.random(n) < r.number("interview_plain"), plain, NOBODY),
    )
    leader = standing.cell.leader[made.episodes.person[rows]].astype(np.int64)
    return text, np.where(is_serious & (leader >= 0), leader + (standing.ground.block.number << 32), NOBODY)
