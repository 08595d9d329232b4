"""The heading of a file held against its contract, before any row is read: names, not positions.

Not here: bytes and archives (archive), rows (fast, careful, workbook), records that carry their names (named_fields).
"""

import csv
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from data_contracts.model import Dialect, FeedContract
from orchestration.landing.found import shown
from orchestration.landing.named_fields import extra_note, hint


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that fits.

    `columns`: for each column in file order what the SQL knows it by (conform), or None for one that is left out:
    the canonical name where rows land as received, the contract's own heading where they land typed.
    """

    columns: tuple[str | None, ...]
    physical: tuple[str, ...]
    notes: tuple[str, ...]


class HeaderError(Exception):
    """The heading does not fit the contract: one sentence, with the nearest name where one is near."""


def _folded(name: str) -> str:
    """Case, kinds of blanks and how many of them make no difference."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def read_heading(first_line: str, contract: FeedContract, dialect: Dialect) -> Heading:
    """Bind the first line of a CSV file to the contract; HeaderError where it does not fit."""
    signs = {"delimiter": dialect.delimiter, "quotechar": dialect.quote}
    try:
        names = next(csv.reader([first_line], **signs), [])  # type: ignore[arg-type]
    except csv.Error:
        raise HeaderError("its first line cannot be read as a heading; send the agreed columns") from None
    return bind_heading(names, contract)


def bind_heading(names: Sequence[str], contract: FeedContract) -> Heading:
    """Bind headings to the contract. Order is free, extras and nameless columns are noted; HeaderError otherwise."""
    canonical = {} if contract.is_typed else dict(contract.headings)
    wanted = {_folded(name): canonical.get(name, name) for name in contract.physicals}
    seen = [_folded(name) for name in names]
    repeated = sorted({name for name in seen if name and seen.count(name) > 1})
    if repeated:
        raise HeaderError(
            f"the heading '{shown(repeated[0])}' stands in it more than once; send each column once"
        )
    _refuse_missing(contract, names, seen)
    notes = [
        extra_note(name) for name, folded in zip(names, seen, strict=True) if folded and folded not in wanted
    ]
    if nameless := seen.count(""):
        notes.append(f"{nameless} column{'' if nameless == 1 else 's'} without a heading left out")
    notes += [
        f"the column '{shown(name)}' is not in it, as may be: its values are empty"
        for name in sorted(contract.optional_headings)
        if _folded(name) not in seen
    ]
    columns = tuple(wanted.get(folded) for folded in seen)
    return Heading(columns=columns, physical=tuple(names), notes=tuple(notes))


def _refuse_missing(contract: FeedContract, names: Sequence[str], seen: Sequence[str]) -> None:
    needed = {_folded(name): name for name in contract.physicals}
    missing = [
        name
        for folded, name in needed.items()
        if folded not in seen and name not in contract.optional_headings
    ]
    if missing:
        near = hint(
            missing[0], (name for name, folded in zip(names, seen, strict=True) if folded not in needed)
        )
        listed = ", ".join(f"'{name}'" for name in missing[:4]) + (" and others" if len(missing) > 4 else "")
        raise HeaderError(
            f"the column {listed} is missing from its first line{near}; send the agreed columns"
        )
