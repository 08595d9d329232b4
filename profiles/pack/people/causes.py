"""Why somebody moved and what else is new, in words: one sentence a cause, chosen by the code that scoring attributes.

Here: the sentences. Not here: the attribution itself (profiles/scoring), the page (changed.py).
"""

from profiles.pack import formats as f
from profiles.pack.cite import Text
from profiles.pack.facts import named, ruled, shown
from profiles.pack.tables.movement import Mover, News, Quiet
from profiles.pack.text import join, page_of, say

_CAUSES = {
    "new_event": "New: {what}",
    "window_decay": "No new event; older events count for less.",
    "merge": "Records joined on {day}. {what}",
    "split": "Two people had been joined; split on {day}. {what}",
    "correction": "A record was corrected on {day}. {what}",
    "model_change": "The model changed on {day}; no new event.",
    "others_moved": "No new event. Moved because others did.",
    "custody": "In prison or on remand since {day}. {what}",
    "released": "Released on {day}. {what}",
    "rejected": "Rejected at review on {day}. {what}",
}
_NEWS = {
    "feed_stopped": "{subject} stopped on {day} (page {page}).",
    "feed_back": "{subject} is back since {day}.",
    "model_changed": "The model changed to {subject} on {day}.",
    "model_same": "The model is unchanged since {day} ({subject}). No threshold moved.",
    "joined": "{subject}: a new match across forces since {day}.",
    "split": "{subject}: two people had been joined; split on {day}.",
    "definition": "{subject} is defined anew since {day}.",
}
REASONS = {
    "risk real and unmanaged": "risk real and unmanaged",
    "already managed": "already managed",
    "wrong person joined": "two people had been joined",
    "information wrong or old": "information wrong or old",
    "risk not supported": "risk not supported",
    "not lawful or proportionate": "not lawful or proportionate",
    "need more": "more is needed",
    "other": "another reason",
}


def cause(row: Mover) -> Text:
    """Why one person moved; KeyError for a cause that has no words."""
    what = _what(row)
    day = shown(f.on_day_of_year, row.fact("cause_on"))
    words = say(_CAUSES[row.cause_code], day=day, what=what)
    return ruled(f"cause.{row.cause_code}", words, row.fact("cause_code"), row.fact("n_new_events"))


def _what(row: Mover) -> Text:
    """The mart's own words for the cause, with the force and day for a new event."""
    if not row.cause_text:
        return Text()
    words = say("{words}", words=shown(f.clipped(110), row.fact("cause_text")))
    if row.cause_code != "new_event" or row.cause_on is None:
        return words
    day = say("{day}", day=shown(f.on_day_of_year, row.fact("cause_on")))
    where = (
        join(say("{force}", force=named(row.fact("cause_force"))), day, gap=", ") if row.cause_force else day
    )
    return say("{words} ({where}).", words=words, where=where)


def news_line(row: News) -> Text:
    """One line of what else is new; KeyError for a kind that has no words."""
    words = say(
        _NEWS[row.kind],
        subject=shown(f.clipped(60), row.fact("subject")),
        day=shown(f.on_day_of_year, row.fact("on_day")),
        page=page_of("p-data"),
    )
    detail = say("{words}", words=shown(f.clipped(110), row.fact("detail"))) if row.detail else Text()
    return ruled(f"news.{row.kind}", join(words, detail), row.fact("kind"))


def quiet_line(row: Quiet) -> Text:
    """Why one person is not listed."""
    words = say(
        "**{name}**: rejected on {day} ({reason}); last event {event}.",
        name=shown(f.clipped(24), row.fact("short_name")),
        day=shown(f.on_day_of_year, row.fact("decided_on")),
        reason=REASONS.get(row.reason_code, "another reason"),
        event=shown(f.on_short_day, row.fact("last_event_on")),
    )
    return ruled("quiet", words, row.fact("reason_code"))
