"""Page titles: each the finding of its page, chosen by rule and never longer than a title may be.

Here: fitting a title, and the title of series, which every profile has; tests/spec holds the rules as tables.
Not here: titles of one profile's own pages (beside those pages), sentences and captions (wording.py).
"""

from collections.abc import Sequence

from profiles.pack import formats as f
from profiles.pack.cite import Run, Text
from profiles.pack.facts import Fact, ruled, shown
from profiles.pack.text import say
from profiles.pack.verdicts import Verdict
from profiles.pack.wording import name_of

TITLE_LIMIT = 62


def first_fitting(rule: str, facts: Sequence[Fact], *candidates: Text, limit: int = TITLE_LIMIT) -> Text:
    """The most telling title that fits, tagged with its rule; ValueError when not even the last one does."""
    for candidate in candidates:
        if len(candidate.plain) <= limit:
            return ruled(rule, candidate, *facts)
    raise ValueError(f"No title of {limit} characters or fewer: {[c.plain for c in candidates]!r}.")


def trend_title(verdicts: Sequence[Verdict], thing: str = "crime type") -> Text:
    """The finding of a page of series."""
    facts = [verdict.fact("verdict") for verdict in verdicts]
    signals = [verdict for verdict in verdicts if verdict.is_signal]
    judged = [verdict for verdict in verdicts if verdict.is_judged]
    if not judged:
        too_few = any(verdict.kind == "too_few_months" for verdict in verdicts)
        words = (
            "No trend can be judged: too few months in a row are held"
            if too_few
            else "No trend can be judged this month"
        )
        return ruled("title.series.none", say(words), *facts)
    all_judged = len(judged) == len(verdicts)
    rest = "the rest steady" if all_judged else "nothing else judged has moved"
    if not signals:
        every = (
            "Every {thing} is within its normal range" if all_judged else "No {thing} judged is out of range"
        )
        return ruled("title.series.within", say(every, thing=thing), *facts)
    counted = _counted(signals, verdicts, thing)
    if len(signals) == 1:
        one = say("{name} {way}", name=name_of(signals[0]), way=_short_direction(signals[0]))
        last = say("One {thing} has a signal, {rest}", thing=thing, rest=rest)
        return first_fitting("title.series.one", facts, say("{one}, {rest}", one=one, rest=rest), one, last)
    if len(signals) == 2 and signals[0].kind == signals[1].kind:
        pair = say(
            "{a} and {b} {way}",
            a=name_of(signals[0]),
            b=name_of(signals[1], inside=True),
            way=_short_direction(signals[0]),
        )
        return first_fitting(
            "title.series.two", facts, say("{pair}, {rest}", pair=pair, rest=rest), pair, counted
        )
    return first_fitting("title.series.many", facts, counted)


def _counted(signals: Sequence[Verdict], verdicts: Sequence[Verdict], thing: str) -> Text:
    return say(
        "{n} of {total} {thing}s have left their usual course",
        n=count_in_words([v.fact("verdict") for v in signals]),
        total=shown(f.how_many, *(v.fact("verdict") for v in verdicts)),
        thing=thing,
    )


def count_in_words(facts: Sequence[Fact]) -> Run:
    """How many facts there are, as a title may open with it."""
    return shown(f.how_many_in_words, *facts)


def _short_direction(verdict: Verdict) -> str:
    side = "above" if verdict.is_above else "below"
    return f"{side} normal range" if verdict.kind.endswith("limit") else f"{side} average"
