"""Which words may be said: verdict objects in, sentences out. tests/spec holds the rules as tables.

Here: captions and cover sentences.
Not here: page titles (titles.py), verdicts (scoring), figures in tables (page builders).
A series within its normal range can never yield "above", "below" or any word of change.
"""

from collections.abc import Sequence

from profiles.pack.figures import Text
from profiles.pack.frame import month
from profiles.pack.text import cardinal, fig, say, share, signal, whole
from profiles.pack.verdicts import Verdict

LEAST_MONTHS = 12
_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh"}


def amount(verdict: Verdict, value: float | None) -> str:
    """A value in the unit of its series."""
    if value is None:
        return "none"
    return share(value) if verdict.unit == "percent" else whole(value)


def caption(verdict: Verdict) -> Text:
    """The line under a small chart."""
    months = fig(str(verdict.months_in_state), f"{verdict.ref}.months_in_state")
    held = fig(str(verdict.longest_run_months), f"{verdict.ref}.longest_run_months")
    many = verdict.months_in_state > 1
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
            return say("Too few months in a row: {n} held, 12 needed", n=held)
        case "too_few_counts":
            return say("Under 5 a month: no range is drawn")
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
    return say(
        "No range: {n} of {least} months",
        n=fig(str(verdict.longest_run_months), f"{verdict.ref}.longest_run_months"),
        least=fig(str(LEAST_MONTHS), "definition.least_months_in_a_row"),
    )


def violence_sentence(verdict: Verdict) -> tuple[Text, Text]:
    """Cover sentence 1: violence and sexual offences, bold lead and the rest."""
    name = verdict.series_name
    return say(_lead(verdict), name=name), _rest(verdict)


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
    parts = {
        "value": fig(amount(verdict, verdict.latest_value), f"{verdict.ref}.latest_value"),
        "month": fig(month(verdict.latest_month), f"{verdict.ref}.latest_month"),
        "low": fig(amount(verdict, verdict.lower), f"{verdict.ref}.lower"),
        "high": fig(amount(verdict, verdict.upper), f"{verdict.ref}.upper"),
        "mean": fig(amount(verdict, verdict.mean), f"{verdict.ref}.mean"),
        "n": fig(str(verdict.months_in_state), f"{verdict.ref}.months_in_state"),
        "held": fig(str(verdict.longest_run_months), f"{verdict.ref}.longest_run_months"),
    }
    return say(_rest_pattern(verdict), **parts)


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
                "a normal range needs 12."
            )
        case "too_few_counts":
            return "{value} records in {month}. With fewer than 5 a month, no range can be drawn."
        case "not_judged":
            return (
                "Only {value} records came for {month}, far below the usual. "
                "Treat it as a gap in the feed until its owner says otherwise."
            )
        case "no_data":
            return ""


def others_sentence(verdicts: Sequence[Verdict]) -> tuple[Text, Text]:
    """Cover sentence 2: every crime type but violence and sexual offences."""
    total = fig(str(len(verdicts)), "prof_strategic__verdicts.series_code[crime_type].count")
    signals = [verdict for verdict in verdicts if verdict.is_signal]
    judged = [verdict for verdict in verdicts if verdict.is_judged]
    if not verdicts:
        return say("No crime type can be judged."), say("No record of any month stands.")
    if not judged:
        return (
            say("None of the other {n} crime types can be judged.", n=total),
            say("A movement between two months here is not a finding. {why}", why=_why_not(verdicts)),
        )
    if not signals:
        return (
            say("Nothing else has changed."),
            say("{n} other crime types were judged; each is within its normal range.", n=_count(len(judged))),
        )
    lead = say("{what}", what=fig(_named(signals), "prof_strategic__verdicts.verdict"))
    rest = len(judged) - len(signals)
    return lead, say(
        "The other {n} judged are within their normal range.", n=_count(rest)
    ) if rest else Text()


def _why_not(verdicts: Sequence[Verdict]) -> Text:
    kinds = {verdict.kind for verdict in verdicts}
    if "too_few_months" in kinds:
        return say("A missing month breaks a series.")
    if "not_judged" in kinds:
        return say("Too few records came for the latest month.")
    return Text()


def _named(signals: Sequence[Verdict]) -> str:
    if len(signals) == 1:
        return f"{signals[0].series_name}: {_direction(signals[0])}."
    if len(signals) == 2 and signals[0].kind == signals[1].kind:
        return (
            f"{signals[0].series_name} and {lower_first(signals[1].series_name)}: {_direction(signals[0])}."
        )
    names = "; ".join(f"{lower_first(verdict.series_name)} {_direction(verdict)}" for verdict in signals[:3])
    more = f"; and {len(signals) - 3} more" if len(signals) > 3 else ""
    return f"{cardinal(len(signals))} other crime types have a signal: {names}{more}."


def _direction(verdict: Verdict) -> str:
    words = {
        "above_limit": "above normal range",
        "below_limit": "below normal range",
        "run_8_above": "above average for 8 months or more",
        "run_8_below": "below average for 8 months or more",
    }
    return words[verdict.kind]


def _count(count: int) -> Text:
    return say("{n}", n=fig(str(count), "prof_strategic__verdicts.verdict.count"))


def lower_first(name: str) -> str:
    """A series name inside a sentence."""
    return name[:1].lower() + name[1:]
