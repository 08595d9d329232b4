"""Page titles: each the finding of its page, chosen by rule and never longer than a title may be.

Here: one function a page; tests/spec holds the rules as tables.
Not here: sentences and captions (wording.py).
"""

from collections.abc import Sequence

from profiles.pack.text import cardinal, plural, share
from profiles.pack.verdicts import Verdict
from profiles.pack.wording import lower_first

TITLE_LIMIT = 62


def first_fitting(candidates: Sequence[str], limit: int = TITLE_LIMIT) -> str:
    """The most telling title that fits; ValueError when not even the last one does."""
    for candidate in candidates:
        if len(candidate) <= limit:
            return candidate
    raise ValueError(f"No title of {limit} characters or fewer among {list(candidates)!r}.")


def trend_title(verdicts: Sequence[Verdict]) -> str:
    """The finding of the trend page over the crime types."""
    signals = [verdict for verdict in verdicts if verdict.is_signal]
    judged = [verdict for verdict in verdicts if verdict.is_judged]
    if not judged:
        if any(verdict.kind == "too_few_months" for verdict in verdicts):
            return "No trend can be judged: too few months in a row are held"
        return "No trend can be judged this month"
    all_judged = len(judged) == len(verdicts)
    rest = "the rest steady" if all_judged else "nothing else judged has moved"
    if not signals:
        return (
            "Every crime type is within its normal range"
            if all_judged
            else "No crime type judged is out of range"
        )
    if len(signals) == 1:
        one = f"{signals[0].series_name} {_short_direction(signals[0])}"
        return first_fitting([f"{one}, {rest}", one, f"One crime type has a signal, {rest}"])
    if len(signals) == 2 and signals[0].kind == signals[1].kind:
        pair = f"{signals[0].series_name} and {lower_first(signals[1].series_name)}"
        named = [f"{pair} {_short_direction(signals[0])}, {rest}", f"{pair} {_short_direction(signals[0])}"]
        return first_fitting([*named, _counted(signals, len(verdicts))])
    return _counted(signals, len(verdicts))


def _counted(signals: Sequence[Verdict], total: int) -> str:
    return f"{cardinal(len(signals))} of {total} crime types have left their usual course"


def _short_direction(verdict: Verdict) -> str:
    side = "above" if verdict.is_above else "below"
    return f"{side} normal range" if verdict.kind.endswith("limit") else f"{side} average"


def place_title(n_above: int, n_compared: int, singular: str, names: Sequence[str]) -> str:
    """The finding of the place page."""
    if n_compared == 0:
        return f"No {singular} has enough records to compare"
    if n_compared == 1:
        return f"One {singular} only: there is nothing to compare it with"
    if n_above == 0:
        return f"No {singular} is clearly above the force rate"
    if n_above == 1:
        return first_fitting(
            [f"{names[0]} is clearly above the force rate", f"One {singular} is clearly above the rest"]
        )
    return f"{cardinal(n_above)} of {n_compared:,} {plural(2, singular)} are clearly above the force rate"


def outcomes_title(no_suspect: float | None, charged: float | None) -> str:
    """The finding of the outcomes page, from shares in percent of violence and sexual offences."""
    if charged is None or no_suspect is None:
        return "No outcome is old enough to count"
    return first_fitting([f"{share(charged)} ended in a charge or court; {share(no_suspect)} had no suspect"])


def data_title(
    n_missing: int, n_suspect: int, n_refused: int, n_stale: int, is_conserved: bool = True
) -> str:
    """The finding of the data page: the gravest gap first."""
    if not is_conserved:
        return "Rows are not all accounted for: do not use this pack yet"
    gaps = []
    if n_missing:
        gaps.append(f"{n_missing} {plural(n_missing, 'month')} missing")
    if n_suspect:
        gaps.append(f"{n_suspect} far below usual volume")
    if n_refused:
        gaps.append(f"{n_refused:,} {plural(n_refused, 'row')} refused")
    if n_stale:
        gaps.append("the feed is late")
    if not gaps:
        return "The feed is current and every row is accounted for"
    first = gaps[0][:1].upper() + gaps[0][1:]
    rest = gaps[1:]
    full = "; ".join([first, *rest, "every row accounted for"])
    return first_fitting([full, "; ".join([first, *rest]), "; ".join([first, *rest[:1]]), first])
