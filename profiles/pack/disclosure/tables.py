"""Disclosure control for tables that may leave the force: leave out, leave out more, round.

Here: primary and secondary suppression of a table of counts, rounding of the rest, totals that give nothing away,
and the dominance rule. Not here: rounding itself (rounding.py), single counts on the force's own pages (small.py).
"""

from collections.abc import Sequence

from profiles.pack.disclosure.rounding import to_five
from profiles.pack.disclosure.small import LEAST

Shown = int | None
"""A rounded count, or None: left out."""

_DOMINANT = 0.6


def protect(counts: Sequence[int], least: int = LEAST) -> tuple[Shown, ...]:
    """One row or column of counts: those of 1 to `least` - 1 left out, one more if only one was, the rest rounded."""
    (row,) = protect_table([counts], least)
    return row


def protect_table(table: Sequence[Sequence[int]], least: int = LEAST) -> tuple[tuple[Shown, ...], ...]:
    """The same for a table: no row and no column keeps a single gap, for a gap alone can be filled from a total."""
    hidden = [[0 < count < least for count in row] for row in table]
    while _hide_more(table, hidden):
        pass
    return tuple(
        tuple(None if gone else to_five(count) for count, gone in zip(row, gaps, strict=True))
        for row, gaps in zip(table, hidden, strict=True)
    )


def total_of(shown: Sequence[Shown]) -> int:
    """The total that may stand beside protected counts: of what is shown, rounded, so that it fills no gap."""
    return sum(value for value in shown if value is not None)


def is_dominated(parts: Sequence[float]) -> bool:
    """True when one contributor makes up more than 60% of a sum: the sum would speak of that one."""
    whole = sum(parts)
    return whole > 0 and max(parts) > _DOMINANT * whole


def _hide_more(table: Sequence[Sequence[int]], hidden: list[list[bool]]) -> bool:
    """Hide one more cell in the first line that has a single gap; False when there is none left."""
    n_columns = max((len(row) for row in table), default=0)
    lines = [[(r, c) for c in range(len(row))] for r, row in enumerate(table)]
    lines += [[(r, c) for r in range(len(table))] for c in range(n_columns)] if len(table) > 1 else []
    for line in lines:
        gaps = [(r, c) for r, c in line if hidden[r][c]]
        open_cells = [(table[r][c], r, c) for r, c in line if not hidden[r][c] and table[r][c] > 0]
        if len(gaps) == 1 and open_cells:
            _, r, c = min(open_cells)
            hidden[r][c] = True
            return True
    return False
