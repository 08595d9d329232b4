"""From the columns of a table to what a trial needs: labelled rows, train and test, columns that may be features.

Here: what is left out and the reason that is printed for it. Not here: kinds of column (columns), the deny-list
(denied), models.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from profiles.scoring.arrays import Bools, Floats, Words, digests
from profiles.scoring.table.columns import Column, column_of
from profiles.scoring.table.denied import is_denied, words_of
from profiles.scoring.table.source import TableError
from profiles.scoring.table.words import MISSING, NO, TEST, TRAIN, YES, plain

TEST_SHARE: Final = 0.3
MOST_WORDS: Final = 200
LEAST_KEYS: Final = 50  # rows, all different, before values alone make a key
MANY_KEYS: Final = 1000  # whole numbers that never repeat in so many rows are a key however far apart
KEY_GAPS: Final = 10
_IDENTITY_WORDS: Final = "id ids uid uuid guid urn ref reference rowid rownum key hash"
_IDENTITY: Final = frozenset(_IDENTITY_WORDS.split())


@dataclass(frozen=True)
class Trial:
    """A table ready to be learned from; rows without a label or a side are gone and counted in `notes`."""

    features: tuple[Column, ...]
    label: Floats
    ids: Words
    is_train: Bools
    day: Floats | None
    denied: tuple[Column, ...]
    left_out: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = field(default=())


def trial_of(
    table: Any, label: str, identity: str | None, split: str | None, time: str | None, asked: Sequence[str]
) -> Trial:
    """Lay a pyarrow Table out for learning. Raises TableError."""
    named = [("--label", label), ("--id", identity), ("--split", split), ("--time", time)]
    for option, name in [*named, *(("--features", one) for one in asked)]:
        if name is not None and name not in table.column_names:
            raise TableError(
                f"There is no column {name!r} for {option}; the table has {_listed(table.column_names)}."
            )
    roles = {name for _, name in named if name is not None}
    if clash := sorted(roles.intersection(asked)):
        raise TableError(f"{clash[0]!r} is given a part of its own and cannot be a feature as well.")
    y = sides_of(table[label], YES, NO, f"the label {label!r}")
    ids, notes = _ids(table, identity)
    day = _day(table[time], time) if time else None
    is_train = _sides(table[split], split) if split else _drawn(ids, day)
    if day is not None:
        is_train = np.where(np.isnan(day), np.nan, is_train)
    kept = ~np.isnan(y) & ~np.isnan(is_train)
    notes += _counted(int(np.isnan(y).sum()), "without a label left out")
    notes += _counted(int(np.isnan(is_train).sum()), "that are neither train nor test left out")
    train = kept & (is_train == 1)
    features, denied, left_out = _selected(table, roles, asked, train)
    trial = Trial(
        tuple(one.where(kept) for one in features), y[kept], ids[kept], is_train[kept] == 1,
        None if day is None else day[kept], tuple(one.where(kept) for one in denied), tuple(left_out), tuple(notes),
    )  # fmt: skip
    _enough(trial, label)
    return trial


def sides_of(cells: Any, yes: frozenset[str], no: frozenset[str], what: str) -> Floats:
    """1, 0 or NaN (missing) for each cell; TableError where a cell is neither."""
    import pyarrow as pa

    if pa.types.is_floating(cells.type) or pa.types.is_decimal(cells.type):
        values = np.asarray(cells.cast(pa.float64()).to_numpy(), np.float64)
        texts = ["" if np.isnan(one) else f"{one:g}" for one in np.unique(values)]
        places = np.unique(values, return_inverse=True)[1]
    else:
        whole = cells.cast(pa.string()).combine_chunks().dictionary_encode()
        texts = ["", *(plain(one) for one in whole.dictionary.to_pylist())]
        places = np.asarray(whole.indices.fill_null(-1).to_numpy(zero_copy_only=False), np.int64) + 1
    known = {**dict.fromkeys(MISSING, np.nan), **dict.fromkeys(no, 0.0), **dict.fromkeys(yes, 1.0)}
    strange = [text for text in texts if text not in known]
    if strange:
        raise TableError(
            f"In {what} the value {strange[0]!r} is neither yes nor no; use 1 and 0, true and false, or Y and N."
        )
    return np.asarray([known[text] for text in texts], np.float64)[places]


def _sides(cells: Any, split: str) -> Floats:
    return sides_of(cells, TRAIN, TEST, f"the split {split!r}")


def _drawn(ids: Words, day: Floats | None) -> Floats:
    """Without a split: the latest rows are the test where there is a time, otherwise persons drawn by digest."""
    if day is not None:
        return np.where(day <= np.nanquantile(day, 1 - TEST_SHARE), 1.0, 0.0)
    return (digests(ids, "split") / 2.0**64 >= TEST_SHARE).astype(np.float64)


def _ids(table: Any, identity: str | None) -> tuple[Words, list[str]]:
    """Whose each row is; without --id every row is a person of its own, known by its place."""
    import pyarrow as pa

    if identity is None:
        return np.asarray([f"row {place}" for place in range(table.num_rows)], object), []
    texts = np.asarray(table[identity].cast(pa.string()).to_pylist(), object)
    gone = np.asarray([text is None or plain(text) in MISSING for text in texts], np.bool_)
    texts[gone] = [f"row {place}" for place in np.flatnonzero(gone)]
    return texts, _counted(int(gone.sum()), f"without {identity!r}, each taken for a person of its own")


def _day(cells: Any, time: str) -> Floats:
    column = column_of(time, cells)
    if column.kind == "words" or column.is_missing.all():
        raise TableError(f"The column {time!r} for --time holds neither dates nor numbers.")
    return column.values


def _selected(
    table: Any, roles: set[str], asked: Sequence[str], train: Bools
) -> tuple[list[Column], list[Column], list[tuple[str, str]]]:
    features: list[Column] = []
    denied: list[Column] = []
    left_out: list[tuple[str, str]] = []
    for name in [name for name in table.column_names if name not in roles]:
        is_asked = name in asked
        if asked and not is_asked and not is_denied(name):
            left_out.append((name, "not among --features"))
            continue
        column = column_of(name, table[name])
        if is_denied(name):
            denied.append(column)
            if not is_asked:
                left_out.append(
                    (name, "protected, or stands in for something protected; used for the audit only")
                )
                continue
        why = _unfit(column, train, is_asked)
        if why:
            left_out.append((name, why))
        else:
            features.append(column)
    return features, denied, left_out


def _unfit(column: Column, train: Bools, is_asked: bool) -> str | None:
    """Why a column cannot be a feature, or None."""
    held = column.values[train]
    held = held[~np.isnan(held)]
    different = len(np.unique(held))
    if column.kind == "unread":
        return "neither numbers, words nor dates"
    if different == 0:
        return "nothing but missing values among the training rows"
    if different == 1 and len(held) == int(train.sum()):
        return "one value only among the training rows"
    if is_asked:
        return None
    if _names_a_record(column, held, different):
        return "names a record and says nothing about it"
    if column.kind == "words" and different > MOST_WORDS:
        return f"{different:,} different words"
    return None


def _names_a_record(column: Column, held: Floats, different: int) -> bool:
    """A key by its name, or by its values: every row another word, or another whole number without much between them.

    Amounts can be all different too, in few rows; they leave wide gaps.
    """
    words = words_of(column.name)
    if words and (words[-1] in _IDENTITY or words[0] in ("id", "uid", "uuid") or words == ["index"]):
        return True
    if len(held) < LEAST_KEYS or different < len(held) or column.kind not in ("words", "number"):
        return False
    is_whole = bool(np.all(held == np.round(held)))
    is_dense = float(np.ptp(held)) <= KEY_GAPS * len(held) or len(held) >= MANY_KEYS
    return column.kind == "words" or (is_whole and is_dense)


def _enough(trial: Trial, label: str) -> None:
    for side, rows in (("train", trial.is_train), ("test", ~trial.is_train)):
        held = trial.label[rows]
        if not len(held):
            raise TableError(f"There is no row on the {side} side, so nothing can be measured; see --split.")
        for value, word in ((1.0, "positive"), (0.0, "negative")):
            if not np.any(held == value):
                raise TableError(
                    f"The {side} side has no {word} row in {label!r} among {len(held):,}; a model needs both kinds. "
                    "Until then rank by rule."
                )
    if not trial.features:
        raise TableError(
            "No column is left to learn from; see which were left out and why, or name some in --features."
        )


def _counted(n: int, what: str) -> list[str]:
    return [f"{n:,} rows {what}" if n != 1 else f"1 row {what}"] if n else []


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
