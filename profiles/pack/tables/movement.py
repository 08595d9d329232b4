"""What changed since the last pack: who moved and why, what was to be done, what reviewers decided, what is new.

Here: the rows of the page "what changed", the same for every profile about people.
Not here: the page (profiles/pack/people/changed.py).
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from profiles.pack.rows import Row, coded, column


@dataclass(frozen=True, kw_only=True)
class Mover(Row):
    """One person on the list then, now or both, with the cause of the move as attributed by scoring."""

    section: ClassVar = "movers"
    key: ClassVar = ("person_ref",)
    order: ClassVar = ("coalesce(rank_now, 1000)", "coalesce(rank_prev, 1000)", "person_ref")

    person_ref: str = column("Printed reference of the person.")
    short_name: str = column("Surname, or the reference where names are not printed.")
    rank_prev: int | None = column("Rank in the last pack; null for who was not listed.")
    rank_now: int | None = column("Rank in this pack; null for who left.")
    move: str = coded("Which way", "up", "down", "same", "new", "left")
    is_risk_up: bool = column("Whether the chance itself rose, not only the rank.")
    cause_code: str = coded(
        "Why, as scoring attributes it",
        *("new_event", "window_decay", "merge", "split", "correction", "model_change", "others_moved"),
        *("custody", "released", "rejected"),
    )
    cause_text: str | None = column(
        "What the cause was, one short sentence of the mart; null for causes without an event."
    )
    cause_on: date | None = column("Day of the event, decision or change; null where there is none.")
    cause_force: str | None = column("Force whose record caused it; null where there is none.")
    n_new_events: int = column("Events known since the last pack.")


@dataclass(frozen=True, kw_only=True)
class Action(Row):
    """One action set at an earlier meeting."""

    section: ClassVar = "actions"
    key: ClassVar = ("action_id",)
    order: ClassVar = ("days_late DESC NULLS LAST", "due_on", "action_id")

    action_id: str = column("Identity of the action.")
    text: str = column("What was to be done.")
    person_ref: str | None = column("Whom it is about; null for an action about no one person.")
    owner: str = column("Who owns it.")
    due_on: date | None = column("Day it is due.")
    state: str = coded("State", "done", "on_track", "late", "stopped")
    days_late: int | None = column("Days past due for an action that is late.")
    outcome: str | None = column("What came of it, in the owner's words.")


@dataclass(frozen=True, kw_only=True)
class Review(Row):
    """How many flags of the last pack got one decision."""

    section: ClassVar = "reviews"
    key: ClassVar = ("decision",)
    order: ClassVar = ("decision_order", "decision")

    decision: str = coded("Decision", "task", "known", "reject", "defer", "not_reviewed")
    decision_order: int = column("Order on the page.")
    n_flags: int = column("Flags of the last pack with that decision.")
    n_in_all: int = column("Flags of the last pack.")
    names: tuple[str, ...] = column("Short names, for decisions whose people are named on the page.")


@dataclass(frozen=True, kw_only=True)
class Quiet(Row):
    """One person who was rejected at review and is not listed, because nothing new is known."""

    section: ClassVar = "quiet"
    key: ClassVar = ("person_ref",)
    order: ClassVar = ("decided_on DESC", "person_ref")

    person_ref: str = column("Printed reference of the person.")
    short_name: str = column("Surname, or the reference where names are not printed.")
    decided_on: date = column("Day of the decision.")
    reason_code: str = column("Reason given, one of the eight of decisions/1.")
    last_event_on: date | None = column("Newest event known about the person.")


@dataclass(frozen=True, kw_only=True)
class News(Row):
    """One thing that is new and is not about one person's rank."""

    section: ClassVar = "news"
    key: ClassVar = ("news_no",)
    order: ClassVar = ("news_no",)

    news_no: int = column("Order on the page.")
    kind: str = coded(
        "Kind", "feed_stopped", "feed_back", "model_changed", "model_same", "joined", "split", "definition"
    )
    subject: str = column("What it is about: a feed, a version, a name.")
    on_day: date | None = column("Since when.")
    detail: str | None = column("One short sentence of the mart; null where the kind says it all.")
