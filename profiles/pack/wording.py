"""Which words may be said: verdict objects in, sentences out. tests/spec holds the rules as tables.

Here: captions and sentences on one series.
Not here: several series at once (together.py), titles (titles.py), verdicts (scoring), figures in tables (builders).
A series within its normal range can never yield "above", "below" or any word of change.
"""

from profiles.pack import formats as f
from profiles.pack.cite import Run, Text
from profiles.pack.facts import from_definition, ruled, shown
from profiles.pack.formats import Format
from profiles.pack.text import say, signal
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


def direction(verdict: Verdict) -> str:
    """Where a signal stands, in words; KeyError for a verdict that is none."""
    words = {
        "above_limit": "above normal range",
        "below_limit": "below normal range",
        "run_8_above": "above average for eight months or more",
        "run_8_below": "below average for eight months or more",
    }
    return words[verdict.kind]
