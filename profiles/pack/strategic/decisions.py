"""Decisions the cover proposes: each made by a rule from a verdict or a gap, with the page that shows why.

Here: the rules and their order. Not here: what people decide (that returns as the decisions feed).
"""

from collections.abc import Iterator

from profiles.pack.figures import Text
from profiles.pack.frame import month, month_list
from profiles.pack.model import Decision
from profiles.pack.strategic.book import VIOLENCE, Book
from profiles.pack.text import fig, plural, say, whole
from profiles.pack.verdicts import Verdict
from profiles.pack.wording import amount, lower_first


def decisions(book: Book) -> tuple[Decision, ...]:
    """Signals first, then places, then what stands in the way of a verdict; capped."""
    found = [*_signals(book), *_places(book), *_volume(book), *_missing(book), *_refused(book), *_late(book)]
    return tuple(found[: book.definition.limits.decisions])


def _decision(book: Book, what: Text, why: Text, owner: str, anchor: str) -> Decision:
    return Decision(what=what, why=why, owner=owner, page=book.page(anchor), anchor=anchor)


def _signals(book: Book) -> Iterator[Decision]:
    """One decision for violence, one for all other crime types with a signal."""
    violence = book.verdict(VIOLENCE)
    others = [book.verdict(code) for code in book.crime_types() if code != VIOLENCE]
    for group in ([violence], [verdict for verdict in others if verdict.is_signal]):
        if not group or not group[0].is_signal:
            continue
        first = group[0]
        pattern = "Name a lead to explain the signal in {name}" + (" and {n} more" if len(group) > 1 else "")
        more = fig(str(len(group) - 1), "prof_strategic__verdicts.verdict.count")
        what = say(pattern, name=lower_first(first.series_name), n=more)
        yield _decision(book, what, _signal_reason(first), "Crime lead", "p-trend")


def _signal_reason(verdict: Verdict) -> Text:
    ref = verdict.ref
    if verdict.kind.startswith("run"):
        return say(
            "{n} months in a row on one side of the average of {mean}",
            n=fig(str(verdict.months_in_state), f"{ref}.months_in_state"),
            mean=fig(amount(verdict, verdict.mean), f"{ref}.mean"),
        )
    return say(
        "{value} in {month}; normal range {low} to {high}",
        value=fig(amount(verdict, verdict.latest_value), f"{ref}.latest_value"),
        month=fig(month(verdict.latest_month) if verdict.latest_month else "", f"{ref}.latest_month"),
        low=fig(amount(verdict, verdict.lower), f"{ref}.lower"),
        high=fig(amount(verdict, verdict.upper), f"{ref}.upper"),
    )


def _places(book: Book) -> Iterator[Decision]:
    above, note = book.above(), book.place_note(book.place_level)
    if not above or note is None:
        return
    count = fig(str(len(above)), "prof_strategic__places.position[above].count")
    word = plural(len(above), book.place_level)
    records = sum(row["n_records"] for row in above)
    why = say(
        "{they} {n} of {all} records",
        they=plural(len(above), "It holds", "They hold"),
        n=fig(whole(records), "prof_strategic__places.n_records[above].sum"),
        all=fig(whole(note["n_records"]), "prof_strategic__place_notes.n_records"),
    )
    what = say("Set a response for the {n} {word} clearly above the force rate", n=count, word=word)
    yield _decision(book, what, why, "Neighbourhood lead", "p-place")


def _volume(book: Book) -> Iterator[Decision]:
    rows = book.suspect_deliveries
    if not rows:
        return
    last = rows[-1]
    what = say(
        "Ask the feed owner why only {n} rows came for {month}",
        n=fig(whole(last["rows_in"]), "prof_strategic__deliveries.rows_in"),
        month=fig(month(last["period"]), "prof_strategic__deliveries.period"),
    )
    why = say(
        "{n} {word} far below usual volume; none can be judged",
        n=fig(str(len(rows)), "prof_strategic__deliveries.is_volume_suspect.count"),
        word=plural(len(rows), "month is", "months are"),
    )
    yield _decision(book, what, why, "Data lead", "p-data")


def _missing(book: Book) -> Iterator[Decision]:
    months = book.months_in("missing")
    if not months:
        return
    what = say(
        "Ask for the {n} {word} not delivered",
        n=fig(str(len(months)), "prof_strategic__trends.month_status[missing].count"),
        word=plural(len(months), "month"),
    )
    why = say(
        "{months}: no trend can cross the gap",
        months=fig(month_list(list(months)), "prof_strategic__trends.month"),
    )
    yield _decision(book, what, why, "Data lead", "p-data")


def _refused(book: Book) -> Iterator[Decision]:
    feed = book.sent
    if feed is None or not (feed["rows_refused"] or feed["n_deliveries_refused"]):
        return
    rows, files = feed["rows_refused"] or 0, feed["n_deliveries_refused"] or 0
    parts = []
    if files:
        parts.append(
            say(
                "{n} {word}",
                n=fig(str(files), "prof_strategic__feeds.n_deliveries_refused"),
                word=plural(files, "file"),
            )
        )
    if rows:
        parts.append(
            say(
                "{n} {word}",
                n=fig(whole(rows), "prof_strategic__feeds.rows_refused"),
                word=plural(rows, "row"),
            )
        )
    both = say("{a} and {b}", a=parts[0], b=parts[1]) if len(parts) > 1 else parts[0]
    what = say("Mend and send again {both} that were refused", both=both)
    yield _decision(
        book, what, say("They are in no figure of this pack; reasons are listed"), "Data lead", "p-data"
    )


def _late(book: Book) -> Iterator[Decision]:
    feed = book.feed
    if feed is None or not feed["is_stale"]:
        return
    what = say("Ask when the next month will be delivered")
    why = say(
        "The feed is {n} days old; up to {limit} is usual",
        n=fig(str(feed["age_days"]), "prof_strategic__feeds.age_days"),
        limit=fig(str(feed["freshness_days"]), "prof_strategic__feeds.freshness_days"),
    )
    yield _decision(book, what, why, "Data lead", "p-data")
