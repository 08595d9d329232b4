"""Samples read whatever they are, and of a file that holds several tables the one that fits the feed best.

Not here: the kinds of file (sample_*), what is guessed from a sample (data_contracts/drafting).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz.fuzz import token_sort_ratio

from data_contracts.drafting.looks import look_at
from data_contracts.drafting.matching import match
from data_contracts.drafting.sample import Doubt, DraftError, Sample
from data_contracts.model import Canonical
from orchestration.landing.package import Package, open_package
from orchestration.landing.raw_rows import Unreadable
from orchestration.onboarding.sample_csv import read_csv
from orchestration.onboarding.sample_json import read_json_lines
from orchestration.onboarding.sample_kind import Text, decoded, kind_of, report_of
from orchestration.onboarding.sample_markup import read_markup_file, read_markup_member
from orchestration.onboarding.sample_parquet import read_parquet_sample
from orchestration.onboarding.sample_sheets import read_sheets

FEWEST_TOLD = 200  # rows of a candidate by which it is judged


@dataclass(frozen=True, slots=True)
class Wish:
    """Which table of a file is wanted, where a person has said; empty for any."""

    sheet: str = ""
    records: str = ""
    member: str = ""


def read_samples(paths: Sequence[Path], canonical: Canonical, wish: Wish | None = None) -> list[Sample]:
    """One sample a file. Raises DraftError, one sentence."""
    return [_chosen(_candidates(path), canonical, wish or Wish()) for path in paths]


def _candidates(path: Path) -> list[Sample]:
    report = report_of(path)
    try:
        match kind_of(path, report):
            case "zip":
                with open_package(path) as package:
                    return _of_zip(path, package)
            case "parquet":
                return [read_parquet_sample(path)]
            case _:
                return _of_text(path, decoded(path, report))
    except Unreadable as why:
        raise DraftError(f"{path.name} cannot be read: {why.sentence}") from None


def _of_zip(path: Path, package: Package) -> list[Sample]:
    if "[Content_Types].xml" in package.names:
        return read_sheets(path, package)
    members = [name for name in package.names if name.lower().endswith(".xml")]
    if not members:
        raise DraftError(
            f"{path.name} is a zip that holds neither a workbook nor XML; unpack it and give the file itself"
        )
    return [sample for member in members for sample in read_markup_member(path.name, package, member)]


def _of_text(path: Path, text: Text) -> list[Sample]:
    start = text.text.lstrip()[:1]
    if start == "<":
        return read_markup_file(path)
    if start in "{[" and path.suffix.lower() != ".csv":
        return read_json_lines(path.name, text)
    return [read_csv(path.name, text)]


def _chosen(found: list[Sample], canonical: Canonical, wish: Wish) -> Sample:
    """The candidate that was wished for, or whose columns fit the feed best; the others are named in a doubt."""
    wanted = [s for s in found if _is_wished(s, wish)]
    if not wanted:
        held = ", ".join(repr(_table(s)) for s in found[:6]) or "nothing"
        raise DraftError(f"{found[0].name if found else 'the sample'} holds no such table; it holds {held}")
    if len(wanted) == 1:
        return wanted[0]
    ranked = sorted(wanted, key=lambda s: _fitness(s, canonical), reverse=True)
    others = ", ".join(repr(_table(s)) for s in ranked[1:5])
    about = "sheet" if ranked[0].shape.reader == "xlsx" else "records"
    doubt = Doubt(about, f"{_table(ranked[0])!r} fits {canonical.feed} best; there are also {others}")
    return replace(ranked[0], doubts=(doubt, *ranked[0].doubts))


def _is_wished(sample: Sample, wish: Wish) -> bool:
    shape = sample.shape
    return all(
        not asked or asked == has for asked, has in ((wish.sheet, shape.sheet), (wish.records, shape.records))
    ) and (not wish.member or wish.member in shape.member)


def _table(sample: Sample) -> str:
    """What a table of a file is called."""
    shape = sample.shape
    return (
        shape.sheet or shape.records or ("the lines themselves" if shape.reader == "jsonl" else sample.name)
    )


def _fitness(sample: Sample, canonical: Canonical) -> float:
    """Sum of what speaks for its columns, less a little for each that is no field; its own name counts as well."""
    columns = tuple(replace(column, texts=column.texts[:FEWEST_TOLD]) for column in sample.columns)
    looks, _ = look_at(columns, sample.shape.reader)
    found = match(looks, canonical)
    called = max(
        token_sort_ratio(_table(sample).lower(), name)
        for name in (canonical.feed.replace("_", " "), canonical.title.lower())
    )
    return sum(m.evidence.score - 0.4 if m.evidence else -0.1 for m in found) + 4 * called / 100
