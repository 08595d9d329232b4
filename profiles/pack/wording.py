"""Which words may be said: verdict objects in, sentences out. tests/spec holds the rules as tables.

Here: captions and cover sentences.
Not here: page titles (titles.py), verdicts (scoring), figures in tables (page builders).
A series within its normal range can never yield "above", "below" or any word of change.
"""

from collections.abc import Sequence

from profiles.pack import formats as f
from profiles.pack.cite import Run, Text
from profiles.pack.facts import Fact, from_definition, ruled, shown
from profiles.pack.formats import Format
from profiles.pack.text import join, say, signal
from profiles.pack.verdicts import Verdict

LEAST_MONTHS = from_definition("limits.least_months_in_a_row", 12)
LEAST_COUNT = from_definition("limits.least_count_shown", 5)
_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh"}


def written(verdict: Verdict) -> Format:
    """The format of a series' values."""
    return f.share if verdict.unit == "percent" else f.whole


def amount(verdict: Verdict, name: str) -> Run:
    """One of a verdict's values in the unit of its series."""
    return shown(written(verdict), verdict.fact(name))


def name_of(verdict: Verdict, inside: bool = False) -> Run:
    """The series' name; `inside` a sentence it starts small."""
    return shown(f.lower_first if inside else f.text, verdict.fact("series_name"))


def _months(verdict: Verdict, name: str = "months_in_state") -> Run:
    return shown(f.whole, verdict.fact(name))


def caption(verdict: Verdict) -> Text:
    """The line under a small chart."""
    return ruled(f"caption.{verdict.kind}", _caption(verdict), verdict.fact("verdict"))


def _caption(verdict: Verdict) -> Text:
    months, many = _months(verdict), verdict.months_in_state > 1
    match verdict.kind:
        case "above_limit":
            return signal(say("▲ Above range for {n} months" if many else "▲ Above normal range", n=months))
        case "below_limit":
            return signal(say("▼ Below range for {n} months" if many else "▼ Below normal range", n=months))
        case "run_8_above":
            return signal(say("▲ Above average {n} months", n=months))
        case "run_8_below":
            return signal(say("▼ Below average {n} months", n=months))
        case "within":
            return say("Within normal range")
        case "too_few_months":
            held = _months(verdict, "longest_run_months")
            least = shown(f.whole, LEAST_MONTHS)
            return say("Too few months in a row: {n} held, {least} needed", n=held, least=least)
        case "too_few_counts":
            return say("Under {n} a month: no range is drawn", n=shown(f.whole, LEAST_COUNT))
        case "not_judged":
            return say("Not judged: too few records")
        case "no_data":
            return say("No records held")


def short_caption(verdict: Verdict) -> Text:
    """The same for a table cell: one line."""
    if verdict.kind == "not_judged":
        return say("Not judged")
    if verdict.kind != "too_few_months":
        return caption(verdict)
    held, least = _months(verdict, "longest_run_months"), shown(f.whole, LEAST_MONTHS)
    return say("No range: {n} of {least} months", n=held, least=least)


def series_sentence(verdict: Verdict) -> tuple[Text, Text]:
    """A cover sentence about one series: bold lead and the rest."""
    facts = (verdict.fact("verdict"), verdict.fact("latest_value"))
    lead = say(_lead(verdict), name=name_of(verdict))
    return ruled(f"sentence.{verdict.kind}", lead, *facts), _rest(verdict)


def _lead(verdict: Verdict) -> str:
    match verdict.kind:
        case "above_limit":
            return "{name} are above their normal range."
        case "below_limit":
            return "{name} are below their normal range."
        case "run_8_above":
            return "{name} have shifted to above their average."
        case "run_8_below":
            return "{name} have shifted to below their average."
        case "within":
            return "{name} are within their normal range."
        case "not_judged":
            return "{name} cannot be judged this month."
        case "too_few_months" | "too_few_counts":
            return "{name} cannot be judged yet."
        case "no_data":
            return "No records of this kind are held."


def _rest(verdict: Verdict) -> Text:
    if verdict.latest_month is None:
        return Text()
    return say(
        _rest_pattern(verdict),
        value=amount(verdict, "latest_value"),
        month=shown(f.in_month, verdict.fact("latest_month")),
        low=amount(verdict, "lower"),
        high=amount(verdict, "upper"),
        mean=amount(verdict, "mean"),
        n=_months(verdict),
        held=_months(verdict, "longest_run_months"),
        needed=shown(f.whole, LEAST_MONTHS),
        least=shown(f.whole, LEAST_COUNT),
    )


def _rest_pattern(verdict: Verdict) -> str:
    match verdict.kind:
        case "above_limit" | "below_limit":
            turn = _ORDINALS.get(verdict.months_in_state)
            run = f", for the {turn} month running" if turn else ""
            return "{value} records in {month}, against a normal range of {low} to {high}" + run + "."
        case "run_8_above" | "run_8_below":
            return "{n} months in a row on one side of {mean}; {value} records in {month}."
        case "within":
            return "{value} records in {month}; the normal range is {low} to {high}. No change to report."
        case "too_few_months":
            return (
                "{value} records in {month}. Only {held} months in a row can be used; "
                "a normal range needs {needed}."
            )
        case "too_few_counts":
            return "{value} records in {month}. With fewer than {least} a month, no range can be drawn."
        case "not_judged":
            return (
                "Only {value} records came for {month}, far below the usual. "
                "Treat it as a gap in the feed until its owner says otherwise."
            )
        case "no_data":
            return ""


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
    way = say(_direction(signals[0]))
    if len(signals) == 1:
        return say("{name}: {way}.", name=name_of(signals[0]), way=way)
    if len(signals) == 2 and signals[0].kind == signals[1].kind:
        return say("{one} and {two}: {way}.", one=name_of(signals[0]), two=name_of(signals[1], True), way=way)
    names = [say("{name} {way}", name=name_of(v, True), way=_direction(v)) for v in signals[:3]]
    left = [verdict.fact("verdict") for verdict in signals[3:]]
    more = say("; and {n} more", n=_count(left)) if left else Text()
    return say(
        "{n} other {thing} have a signal: {names}{more}.",
        n=shown(f.how_many_in_words, *(verdict.fact("verdict") for verdict in signals)),
        thing=thing,
        names=join(*names, gap="; "),
        more=more,
    )


def _direction(verdict: Verdict) -> str:
    words = {
        "above_limit": "above normal range",
        "below_limit": "below normal range",
        "run_8_above": "above average for eight months or more",
        "run_8_below": "below average for eight months or more",
    }
    return words[verdict.kind]
