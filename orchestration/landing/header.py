"""The raw heading of a file held against its contract, before any row is read: names, not positions.

Not here: bytes and archives (archive), rows (fast, careful).
"""

import csv
import difflib
import unicodedata
from dataclasses import dataclass

from data_contracts.model import FeedContract


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that fits. `columns` holds the canonical name for each column in file order, or None for an extra."""

    columns: tuple[str | None, ...]
    physical: tuple[str, ...]
    notes: tuple[str, ...]


class HeaderError(Exception):
    """The heading does not fit the contract: one sentence, with the nearest name where one is near."""


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


def read_heading(first_line: str, contract: FeedContract) -> Heading:
    """Bind the first line of a file to the contract. Order is free, extras are noted; HeaderError otherwise."""
    dialect = contract.dialect
    physical = tuple(next(csv.reader([first_line], delimiter=dialect.delimiter, quotechar=dialect.quote), []))
    wanted = {_folded(heading): (heading, canonical) for heading, canonical in contract.headings}
    seen = [_folded(name) for name in physical]
    repeated = sorted({name for name in seen if seen.count(name) > 1})
    if repeated:
        raise HeaderError(f"the heading '{repeated[0]}' stands in it more than once; send each column once")
    missing = [
        heading
        for folded, (heading, _) in wanted.items()
        if folded not in seen and heading not in contract.optional_headings
    ]
    if missing:
        near = difflib.get_close_matches(
            _folded(missing[0]), [s for s in seen if s not in wanted], n=1, cutoff=0.6
        )
        hint = f" (did '{physical[seen.index(near[0])]}' replace it?)" if near else ""
        listed = ", ".join(f"'{name}'" for name in missing[:4]) + (" and others" if len(missing) > 4 else "")
        raise HeaderError(
            f"the column {listed} is missing from its first line{hint}; send the agreed columns"
        )
    extras = tuple(name for name, folded in zip(physical, seen, strict=True) if folded not in wanted)
    columns = tuple(wanted[folded][1] if folded in wanted else None for folded in seen)
    notes = tuple(f"extra column '{name}' was left out" for name in extras)
    return Heading(columns=columns, physical=physical, notes=notes)
