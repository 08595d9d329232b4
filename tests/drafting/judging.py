"""A draft held against the dialect it was made from: what it got right, and what it got wrong without saying so.

Not here: drawing dialects (dialect), running the commands (test_tenth_force).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dialect import Dialect

from data_contracts.columns import Column
from data_contracts.drafting.columns_drafted import DraftedColumn
from data_contracts.drafting.draft import Draft
from data_contracts.drafting.twins import SAME
from data_contracts.values import BLANKS, folded, read_value


@dataclass(frozen=True)
class Verdict:
    """right: headings taken for what they are (an extra for nothing). wrong: what is wrong and carries no doubt."""

    n_columns: int
    right: int
    doubted: int
    wrong: tuple[str, ...]
    mistaken: tuple[str, ...]  # every heading taken for something else, doubted or not

    @property
    def share(self) -> float:
        return self.right / self.n_columns


def judge(draft: Draft, dialect: Dialect, cells: dict[str, list[str]]) -> Verdict:
    """The verdict on a draft of a file whose cells (as texts) are these."""
    first = {c.heading: c for c in reversed(draft.columns) if c.name not in _second(draft)}
    bad = {h: c for h, c in first.items() if not _is_same(dialect.feed, c.name, dialect.truth[h])}
    said = {
        h: f"{dialect.feed}: {h!r} is {dialect.truth[h] or 'nothing'}, taken for {c.name or 'nothing'}"
        for h, c in bad.items()
    }
    mistaken = [f"{said[h]} ({c.confidence})" for h, c in bad.items()]
    unsaid = [f"{said[h]} without a doubt" for h, c in bad.items() if not c.doubts]
    columns = {column.physical: column for column in dialect.columns}
    for heading, drafted in first.items():
        if drafted.name and drafted.name == dialect.truth[heading]:
            unsaid += _wrong_values(drafted, columns[heading], cells[heading], dialect.feed)
    doubted = sum(c.is_doubtful for c in first.values())
    return Verdict(len(first), len(first) - len(mistaken), doubted, tuple(unsaid), tuple(mistaken))


def _is_same(feed: str, drafted: str, truth: str) -> bool:
    """Whether a guess is right: the field itself, or the time of the spine that says the same moment in this feed."""
    return drafted == truth or {drafted, truth} == set(SAME.get(feed, ()))


def _second(draft: Draft) -> set[str]:
    """Names of columns that are bound to a heading which another column is bound to as well: times said twice."""
    by_heading: dict[str, list[str]] = {}
    for column in draft.columns:
        by_heading.setdefault(column.heading, []).append(column.name)
    return {
        name
        for names in by_heading.values()
        if len(names) > 1
        for name in names
        if name in ("occurred_from", "occurred_to")
    }


def _wrong_values(drafted: DraftedColumn, truth: Column, texts: list[str], feed: str) -> Iterator[str]:
    """Dates, flags and codes that the draft would read otherwise than they were meant, and says nothing of."""
    is_told = {folded(g.text) for g in drafted.codes if g.is_doubtful} | {
        folded(word) for word in drafted.doubtful_words
    }
    mine = Column(
        truth.physical, truth.name, truth.logical_type, required=False, format=drafted.format or truth.format,
        code_map=drafted.code_map, codes=truth.codes,
    )  # fmt: skip
    if truth.format and (drafted.doubts or not drafted.format):
        return
    kept_back = (
        drafted.hidden_codes
    )  # texts that may name somebody: the draft says how many it leaves to a person
    for text in dict.fromkeys(text.strip(BLANKS) for text in texts):
        if not text or folded(text) in is_told:
            continue
        got, meant = _value(mine, text), _value(truth, text)
        if got is None and meant is not None and kept_back:
            kept_back -= 1
            continue
        if got != meant and meant is not None:
            yield f"{feed}: {truth.physical!r} ({truth.name}) reads {text!r} as {got!r}, which means {meant!r}"


def _value(column: Column, text: str) -> object:
    value = read_value(column, text, zone="Europe/London", period="2026-11-03")
    return None if type(value).__name__ == "Problem" else value
