"""Sentences on several series at once: the one signal, the few, or that there is none.

Here: cover sentences on a picture and on all other series.
Not here: sentences on one series (wording.py), titles (titles.py).
"""

from collections.abc import Sequence

from profiles.pack import formats as f
from profiles.pack.cite import Run, Text
from profiles.pack.facts import Fact, ruled, shown
from profiles.pack.text import join, say
from profiles.pack.verdicts import Verdict
from profiles.pack.wording import direction, name_of, series_sentence


def others_sentence(verdicts: Sequence[Verdict], thing: str = "crime types") -> tuple[Text, Text]:
    """A cover sentence about all other series of a group."""
    facts = [verdict.fact("verdict") for verdict in verdicts]
    signals = [verdict for verdict in verdicts if verdict.is_signal]
    judged = [verdict for verdict in verdicts if verdict.is_judged]
    if not verdicts:
        return say("No {thing} can be judged.", thing=thing.removesuffix("s")), say(
            "No record of any month stands."
        )
    if not judged:
        return (
            ruled(
                "others.none_judged",
                say("None of the other {n} {thing} can be judged.", n=_count(facts), thing=thing),
                *facts,
            ),
            say("A movement between two months here is not a finding. {why}", why=_why_not(verdicts)),
        )
    if not signals:
        still = [verdict.fact("verdict") for verdict in judged]
        return (
            ruled("others.within", say("Nothing else has changed."), *facts),
            say(
                "{n} other {thing} were judged; each is within its normal range.",
                n=_count(still),
                thing=thing,
            ),
        )
    rest = [verdict.fact("verdict") for verdict in judged if not verdict.is_signal]
    return ruled("others.signal", _named(signals, thing), *facts), say(
        "The other {n} judged are within their normal range.", n=_count(rest)
    ) if rest else Text()


def picture_sentence(verdicts: Sequence[Verdict], thing: str) -> tuple[Text, Text]:
    """A cover sentence about all series of a picture: the one signal, the several, or that there is none."""
    facts = [verdict.fact("verdict") for verdict in verdicts]
    signals = [verdict for verdict in verdicts if verdict.is_signal]
    judged = [verdict for verdict in verdicts if verdict.is_judged]
    if not judged:
        none = say("Nothing can be judged this month.")
        return ruled("picture.none_judged", none, *facts), say(
            "A movement between two months is not a finding. {why}", why=_why_not(verdicts)
        )
    rest = "Nothing else has changed." if len(judged) == len(verdicts) else "Nothing else judged has changed."
    if not signals:
        words = say("Nothing has left its normal range.")
        looked = say(
            "{n} {thing} were judged; month-to-month movement is not a finding.",
            n=_count([v.fact("verdict") for v in judged]),
            thing=thing,
        )
        return ruled("picture.within", words, *facts), looked
    if len(signals) == 1:
        lead, more = series_sentence(signals[0])
        return lead, join(more, say(rest))
    return ruled("picture.signals", _signals(signals, thing), *facts), say(rest)


def _signals(signals: Sequence[Verdict], thing: str) -> Text:
    names = [say("{name} {way}", name=name_of(v, True), way=direction(v)) for v in signals[:3]]
    left = [verdict.fact("verdict") for verdict in signals[3:]]
    more = say("; and {n} more", n=_count(left)) if left else Text()
    number = shown(f.how_many_in_words, *(verdict.fact("verdict") for verdict in signals))
    return say(
        "{n} {thing} have a signal: {names}{more}.",
        n=number,
        thing=thing,
        names=join(*names, gap="; "),
        more=more,
    )


def _count(facts: Sequence[Fact]) -> Run:
    return shown(f.how_many, *facts)


def _why_not(verdicts: Sequence[Verdict]) -> Text:
    kinds = {verdict.kind for verdict in verdicts}
    if "too_few_months" in kinds:
        return say("A missing month breaks a series.")
    if "not_judged" in kinds:
        return say("Too few records came for the latest month.")
    return Text()


def _named(signals: Sequence[Verdict], thing: str) -> Text:
    way = say(direction(signals[0]))
    if len(signals) == 1:
        return say("{name}: {way}.", name=name_of(signals[0]), way=way)
    if len(signals) == 2 and signals[0].kind == signals[1].kind:
        return say("{one} and {two}: {way}.", one=name_of(signals[0]), two=name_of(signals[1], True), way=way)
    names = [say("{name} {way}", name=name_of(v, True), way=direction(v)) for v in signals[:3]]
    left = [verdict.fact("verdict") for verdict in signals[3:]]
    more = say("; and {n} more", n=_count(left)) if left else Text()
    return say(
        "{n} other {thing} have a signal: {names}{more}.",
        n=shown(f.how_many_in_words, *(verdict.fact("verdict") for verdict in signals)),
        thing=thing,
        names=join(*names, gap="; "),
        more=more,
    )
