"""Names in a file held against the names in its contract, for readers whose records carry their names with them.

Here: which names of a contract are read, which are missing everywhere, which are extra. Not here: headings that
stand once above the rows (header), values.
"""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from data_contracts.model import FeedContract
from orchestration.landing.found import shown
from orchestration.landing.raw_rows import Unreadable

MOST_NAMES = 2_000  # different names that one file may use


def fields_read(contract: FeedContract) -> tuple[str, ...]:
    """The physical names that some column is read from, each once, in the contract's order."""
    read = (c for c in contract.columns if not c.is_ignored)
    return tuple(dict.fromkeys(name for c in read for name in contract.headings_of(c)))


def extra_note(name: str) -> str:
    """How a column that no contract knows is noted."""
    return f"extra column '{shown(name)}' was left out"


def hint(missing: str, others: Iterable[str]) -> str:
    """The name that may have replaced a missing one, in brackets, or nothing."""
    folded = {" ".join(name.split()).casefold(): name for name in others}
    near = difflib.get_close_matches(" ".join(missing.split()).casefold(), folded, n=1, cutoff=0.6)
    return f" (did '{shown(folded[near[0]])}' replace it?)" if near else ""


@dataclass(slots=True)
class NamesSeen:
    """Every name that some record of a file carries."""

    contract: FeedContract
    names: set[str] = field(default_factory=set)

    def add(self, names: Iterable[str]) -> None:
        """Names of one more record; Unreadable when the file uses more names than any honest one."""
        self.names.update(names)
        if len(self.names) > MOST_NAMES:
            raise Unreadable("HEADER", f"its records use more than {MOST_NAMES:,} different names")

    def settle(self, n_rows: int) -> tuple[str, ...]:
        """Notes on extra names; Unreadable when a name that is needed stands in no record at all."""
        known = set(self.contract.physicals)
        extras = sorted(self.names - known)
        missing = [] if n_rows == 0 else [name for name in self._needed() if name not in self.names]
        if missing:
            listed = ", ".join(f"'{name}'" for name in missing[:4])
            near = hint(missing[0], extras)
            raise Unreadable("HEADER", f"the column {listed} is in none of its records{near}")
        return tuple(extra_note(name) for name in extras)

    def _needed(self) -> Sequence[str]:
        needed = (c for c in self.contract.columns if c.required and not (c.is_ignored or c.is_optional))
        once = (c for c in needed if not c.is_per_role)  # a file may well have nobody in some role
        return list(dict.fromkeys(name for c in once for name in self.contract.headings_of(c)))
