"""Words for missing, for yes and for no, in any spelling that tables use.

Here: what a cell of text means. Not here: numbers and dates (columns), what is done with rows that have no label
(selection).
"""

from typing import Final

MISSING: Final = frozenset(
    {"", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "?", ".", "<na>", "missing", "\\n"}
)
YES: Final = frozenset({"1", "1.0", "true", "t", "yes", "y"})
NO: Final = frozenset({"0", "0.0", "false", "f", "no", "n"})
TRAIN: Final = YES | {"train", "training", "learn", "development"}
TEST: Final = NO | {"test", "testing", "holdout", "hold-out", "validation", "valid"}


def plain(cell: str) -> str:
    """A cell without the blanks around it and without regard to case."""
    return cell.replace("\u00a0", " ").strip().casefold()
