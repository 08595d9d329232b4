"""Rows of a sample turned into columns of text, and headings held to what landing will ask of them.

Not here: reading the rows (sample_csv and the others).
"""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice

from data_contracts.drafting.sample import DraftError, SampleColumn
from data_contracts.drafting.yaml_words import is_writable
from orchestration.landing.found import shown

MOST_ROWS = 50_000  # more say nothing new about a column


def headings_of(name: str, cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The headings (empty for a column without one) and facts about them; DraftError where one stands twice."""
    names = tuple(_nameable(cell) for cell in cells)
    seen: dict[str, str] = {}
    for heading in filter(None, names):
        folded = " ".join(unicodedata.normalize("NFKC", heading).split()).casefold()  # as landing does
        if folded in seen:
            raise DraftError(
                f"{name} has the heading {shown(heading)!r} twice, so a column cannot be told by its name; "
                "ask for different ones"
            )
        seen[folded] = heading
    nameless = sum(not heading for heading in names)
    return names, (
        (f"{nameless} column{'' if nameless == 1 else 's'} without a heading that can be written left out",)
        if nameless
        else ()
    )


def _nameable(cell: str) -> str:
    """A heading on one line; empty for one that no contract can hold."""
    heading = " ".join(cell.split()) if "\n" in cell else cell.strip()
    return heading if is_writable(heading) else ""


def columns_of(headings: Sequence[str], rows: Iterable[Sequence[str | None]]) -> tuple[SampleColumn, ...]:
    """A column for each heading; nameless ones are left out."""
    kept = list(islice(rows, MOST_ROWS))
    return tuple(
        SampleColumn(heading, tuple(row[place] or "" for row in kept))
        for place, heading in enumerate(headings)
        if heading
    )


def columns_of_records(records: Sequence[dict[str, str]]) -> tuple[SampleColumn, ...]:
    """A column for each name that some record carries, in order of first sight."""
    names = dict.fromkeys(name for record in records for name in record)
    kept = records[:MOST_ROWS]
    return tuple(SampleColumn(name, tuple(record.get(name, "") for record in kept)) for name in names)
