"""What a sample file held, as the readers hand it on: how it is written, its columns as text, and what was unsure.

Not here: reading it (orchestration/onboarding), what its texts mean (profile, moments, coding).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from data_contracts.columns import Dialect

PATHED = ("jsonl", "xml")  # readers whose headings are paths


class DraftError(Exception):
    """No contract can be drafted from this: one sentence saying what, where, and how to mend it."""


@dataclass(frozen=True, slots=True)
class FileShape:
    """How one sample file is written: what a contract says under `files`, without the pattern of its name."""

    reader: str
    dialect: Dialect | None = None  # csv
    trailer: str = ""  # csv: pattern of closing lines
    sheet: str = ""  # xlsx
    heading_rows: int = 1  # xlsx
    records: str = ""  # jsonl, xml
    member: str = ""  # xml in a zip: name of the member


@dataclass(frozen=True, slots=True)
class SampleColumn:
    """One column: its heading as the file writes it, and a text for each row; empty where there was none."""

    heading: str
    texts: tuple[str, ...]
    native_format: str = ""  # format of a column that is no text but a date or time (parquet)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about the file that was decided on thin evidence: the word of the contract, and a sentence."""

    about: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One file, read. n_rows: how many rows it holds, of which `columns` may hold the first ones only."""

    name: str  # of the file, without folders
    shape: FileShape
    columns: tuple[SampleColumn, ...]
    n_rows: int
    doubts: tuple[Doubt, ...] = ()
    facts: tuple[str, ...] = ()  # what was found out beyond doubt, in sentences

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings in the file's order."""
        return tuple(column.heading for column in self.columns)


def merged(samples: tuple[Sample, ...]) -> tuple[SampleColumn, ...]:
    """The columns of several files of one feed, rows of one after rows of the other; DraftError if headings differ."""
    first = samples[0]
    for other in samples[1:]:
        if missing := sorted(set(first.headings) ^ set(other.headings)):
            raise DraftError(
                f"{first.name} and {other.name} do not have the same headings ({missing[0]!r} stands in one only); "
                "draft them as two contracts, or give one sample"
            )
    return tuple(_joined(column, samples) for column in first.columns)


def _joined(column: SampleColumn, samples: tuple[Sample, ...]) -> SampleColumn:
    texts = tuple(text for sample in samples for text in _texts(sample, column.heading))
    return SampleColumn(column.heading, texts, column.native_format)


def _texts(sample: Sample, heading: str) -> Iterator[str]:
    for column in sample.columns:
        if column.heading == heading:
            yield from column.texts
