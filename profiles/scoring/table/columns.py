"""What a column of any table holds: numbers, steps (whole numbers of few levels), words, or days.

Here: the kind of a column, read from all its values. Words become places in a list of levels, dates become days
since 1970, whatever is missing becomes NaN. Not here: reading files (source), which columns may be features
(selection).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

import numpy as np

from profiles.scoring.arrays import Bools, Floats
from profiles.scoring.table.words import MISSING

Kind = Literal["number", "steps", "words", "days", "unread"]

FEW_LEVELS: Final = 20  # whole numbers with at most so many values are steps
ROWS_A_LEVEL: Final = 10  # and with so many rows for each
_MOSTLY: Final = 0.9  # of the cells are numbers: the rest is missing; under that they are words
_MANY_WORDS: Final = 100
_DATES: Final = (
    "%Y-%m-%d", "%Y-%m-%dt%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y", "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M", "%m/%d/%Y", "%Y%m%d", "%Y/%m/%d", "%d-%b-%Y", "%d.%m.%Y",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column; `values` are numbers, days since 1970, or places in `levels`. `n_unread` cells were no number."""

    name: str
    kind: Kind
    values: Floats
    levels: tuple[str, ...] = ()
    n_unread: int = 0

    @cached_property
    def is_missing(self) -> Bools:
        """Rows without a value."""
        return np.asarray(np.isnan(self.values), np.bool_)

    def where(self, rows: Bools) -> "Column":
        """The same column with these rows only."""
        return Column(self.name, self.kind, self.values[rows], self.levels, self.n_unread)


def column_of(name: str, cells: Any) -> Column:
    """The column that a pyarrow ChunkedArray holds."""
    import pyarrow as pa

    kind = cells.type
    if pa.types.is_dictionary(kind):
        cells, kind = cells.cast(kind.value_type), kind.value_type
    if pa.types.is_null(kind):
        return Column(name, "number", np.full(len(cells), np.nan))
    if pa.types.is_boolean(kind):
        return Column(name, "steps", _floats(cells.cast(pa.int8())))
    if pa.types.is_temporal(kind) and not (pa.types.is_time(kind) or pa.types.is_duration(kind)):
        return Column(name, "days", _days(cells))
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return _numbers(name, _floats(cells))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return _texts(name, cells)
    return Column(name, "unread", np.full(len(cells), np.nan))


def _texts(name: str, cells: Any) -> Column:
    """Text, judged by its different values: all numbers, all dates, mostly numbers, or words."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = pc.utf8_trim_whitespace(cells.cast(pa.string())).combine_chunks().dictionary_encode()
    known, places = whole.dictionary, _floats(whole.indices)
    plain = pc.utf8_lower(known)
    is_missing = pc.is_in(plain, value_set=pa.array(sorted(MISSING)))
    plain = pc.if_else(is_missing, None, plain)
    for read in (_as_numbers, _as_days):
        found = read(plain)
        if found is not None:
            values = _spread(found, places)
            return _numbers(name, values) if read is _as_numbers else Column(name, "days", values)
    numbers = _floats(
        pc.if_else(pc.match_substring_regex(plain, r"^[+-]?\d+(\.\d+)?$"), plain, None).cast("float64")
    )
    n_words, spread = len(known) - known.null_count, _spread(numbers, places)
    unread = np.isnan(spread) & ~np.isnan(_spread(_floats(pc.is_valid(plain).cast("float64")), places) - 1)
    share = 1 - float((np.isnan(spread)).mean())
    if n_words > _MANY_WORDS and share >= _MOSTLY:
        return Column(name, "number", spread, n_unread=int(unread.sum()))
    return _words(name, known, is_missing, places)


def _words(name: str, known: Any, is_missing: Any, places: Floats) -> Column:
    """Levels in order of their text, so that row order does not matter."""
    texts = [str(one) for one in known.to_pylist()]
    gone = np.asarray(is_missing.to_pylist(), np.bool_)
    levels = tuple(sorted({text for text, is_gone in zip(texts, gone, strict=True) if not is_gone}))
    place_of = {text: place for place, text in enumerate(levels)}
    new = np.array(
        [np.nan if is_gone else place_of[text] for text, is_gone in zip(texts, gone, strict=True)], float
    )
    return Column(name, "words", _spread(new, places), levels)


def _numbers(name: str, values: Floats) -> Column:
    values = np.where(np.isfinite(values), values, np.nan)
    held = values[~np.isnan(values)]
    is_whole = bool(len(held)) and bool(np.all(held == np.round(held)))
    levels = np.unique(held) if is_whole else held
    is_few = is_whole and len(levels) <= min(FEW_LEVELS, len(values) / ROWS_A_LEVEL)
    return Column(name, "steps" if is_few else "number", values)


def _as_numbers(plain: Any) -> Floats | None:
    import pyarrow as pa

    try:
        return _floats(plain.cast(pa.float64()))
    except pa.ArrowInvalid:
        return None


def _as_days(plain: Any) -> Floats | None:
    import pyarrow as pa
    import pyarrow.compute as pc

    for form in _DATES:
        try:
            return _days(pc.strptime(plain, format=form, unit="s"))
        except pa.ArrowInvalid:
            continue
    return None


def _days(cells: Any) -> Floats:
    import pyarrow as pa

    whole = cells.cast(pa.timestamp("us")) if not pa.types.is_timestamp(cells.type) else cells
    return _floats(whole.cast(pa.timestamp("us")).cast(pa.int64())) / 86_400e6


def _floats(cells: Any) -> Floats:
    import pyarrow as pa

    found = (
        cells.cast(pa.float64()).to_numpy(zero_copy_only=False)
        if not hasattr(cells, "chunks")
        else (cells.cast(pa.float64()).to_numpy())
    )
    return np.asarray(found, np.float64)


def _spread(known: Floats, places: Floats) -> Floats:
    """Values of the different cells laid out over all rows; NaN for no cell."""
    held = ~np.isnan(places)
    found = np.full(len(places), np.nan)
    found[held] = known[places[held].astype(np.int64)]
    return found
