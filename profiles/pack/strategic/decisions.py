"""Decisions the cover proposes: each made by a rule from a verdict or a gap, with the page that shows why.

Here: the rules and their order. Not here: what people decide (that returns as the decisions feed).
"""

from collections.abc import Iterator

from profiles.pack import formats as f
from profiles.pack.blocks import Decision
from profiles.pack.cite import Text
from profiles.pack.facts import Fact, ruled, shown
from profiles.pack.strategic.book import VIOLENCE, StrategicBook
from profiles.pack.text import plural, say
from profiles.pack.verdicts import Verdict
from profiles.pack.wording import amount, name_of


def decisions(book: StrategicBook) -> tuple[Decision, ...]:
    """Signals first, then places, then what stands in the way of a verdict; capped."""
    found = [*_signals(book), *_places(book), *_volume(book), *_missing(book), *_refused(book), *_late(book)]
    return tuple(found[: book.definition.limits.decisions])


def decision(rule: str, what: Text, why: Text, owner: str, anchor: str, *facts: Fact) -> Decision:
    """A proposal with the rule that made it."""
    return Decision(what=ruled(f"decision.{rule}", what, *facts), why=why, owner=owner, anchor=anchor)


def _signals(book: StrategicBook) -> Iterator[Decision]:
    """One decision for violence, one for all other crime types with a signal."""
    violence = book.verdict(VIOLENCE)
    others = [book.verdict(code) for code in book.crime_types() if code != VIOLENCE]
    for group in ([violence], [verdict for verdict in others if verdict.is_signal]):
        if not group or not group[0].is_signal:
            continue
        first, facts = group[0], [verdict.fact("verdict") for verdict in group]
        more = say(" and {n} more", n=shown(f.how_many, *facts[1:])) if len(group) > 1 else Text()
        name = name_of(first, inside=True)
        what = say("Name a lead to explain the signal in {name}{more}", name=name, more=more)
        yield decision("signal", what, _signal_reason(first), "Crime lead", "p-trend", *facts)


def _signal_reason(verdict: Verdict) -> Text:
    if verdict.kind.startswith("run"):
        return say(
            "{n} months in a row on one side of the average of {mean}",
            n=shown(f.whole, verdict.fact("months_in_state")),
            mean=amount(verdict, "mean"),
        )
    return say(
        "{value} in {month}; normal range {low} to {high}",
        value=amount(verdict, "latest_value"),
        month=shown(f.in_month, verdict.fact("latest_month")),
        low=amount(verdict, "lower"),
        high=amount(verdict, "upper"),
    )


def _places(book: StrategicBook) -> Iterator[Decision]:
    above, note = book.counted_above, book.place_note(book.place_level)
    if not len(above) or note is None:
        return
    count = above.count()
    why = say(
        "{they} {n} of {all} records",
        they=plural(len(above), "It holds", "They hold"),
        n=shown(f.whole, above.sum("n_records")),
        all=shown(f.whole, note.fact("n_records")),
    )
    what = say(
        "Set a response for the {n} {word} clearly above the force rate",
        n=shown(f.whole, count),
        word=plural(len(above), book.place_level),
    )
    yield decision("places", what, why, "Neighbourhood lead", "p-place", count)


def _volume(book: StrategicBook) -> Iterator[Decision]:
    rows = book.suspect_deliveries
    if not len(rows):
        return
    last, count = rows.items[-1], rows.count()
    what = say(
        "Ask the feed owner why only {n} rows came for {month}",
        n=shown(f.whole, last.fact("rows_in")),
        month=shown(f.in_month, last.fact("period")),
    )
    why = say(
        "{n} {word} far below usual volume; none can be judged",
        n=shown(f.whole, count),
        word=plural(len(rows), "month is", "months are"),
    )
    yield decision("volume", what, why, "Data lead", "p-data", count)


def _missing(book: StrategicBook) -> Iterator[Decision]:
    months = book.months_in("missing")
    if not len(months):
        return
    word, count = plural(len(months), "month"), months.count()
    what = say("Ask for the {n} {word} not delivered", n=shown(f.whole, count), word=word)
    why = say("{months}: no trend can cross the gap", months=shown(f.in_months, months.values("month")))
    yield decision("missing", what, why, "Data lead", "p-data", count)


def _refused(book: StrategicBook) -> Iterator[Decision]:
    feed = book.sent
    if feed is None or not (feed.rows_refused or feed.n_deliveries_refused):
        return
    parts = []
    for name, word in (("n_deliveries_refused", "file"), ("rows_refused", "row")):
        if number := getattr(feed, name):
            parts.append(say("{n} {word}", n=shown(f.whole, feed.fact(name)), word=plural(number, word)))
    both = say("{a} and {b}", a=parts[0], b=parts[1]) if len(parts) > 1 else parts[0]
    what = say("Mend and send again {both} that were refused", both=both)
    why = say("They are in no figure of this pack; reasons are listed")
    yield decision("refused", what, why, "Data lead", "p-data", feed.fact("rows_refused"))


def _late(book: StrategicBook) -> Iterator[Decision]:
    feed = book.feed
    if feed is None or not feed.is_stale:
        return
    why = say(
        "The feed is {n} old; up to {limit} is usual",
        n=shown(f.days, feed.fact("age_days")),
        limit=shown(f.whole, feed.fact("freshness_days")),
    )
    what = say("Ask when the next month will be delivered")
    yield decision("late", what, why, "Data lead", "p-data", feed.fact("is_stale"))
