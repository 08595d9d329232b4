"""A canonical column as the force writes it: codes turned back, dates in its format, its bad habits on top.

The inverse of data_contracts/values. What comes out are texts, coded where the same ones repeat, null for empty. Not
here: days and times (clock), files.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data_contracts.columns import Column
from data_contracts.values import folded, meanings
from synthetic_world.draws import Draws
from synthetic_world.model import Flags, Longs
from synthetic_world.records.journal_rows import ROW
from synthetic_world.records.mentions import longs
from synthetic_world.records.personality import Personality
from synthetic_world.writers import clock

WATERMARK: Final = "synthetic"  # name of the column that says so in every file
NO_BREAK: Final = "\u00a0"
Change = Callable[[pa.Array], pa.Array]
_LONG: Final = 30  # letters from which a text is long enough for a line break
_PHONES: Final[Mapping[str, tuple[str, str]]] = {
    "spaced": (r"^(0[0-9]{4})([0-9]+)$", r"\1 \2"),
    "international": (r"^0", "+44"),
    "damaged": (r"^0", ""),
}


@dataclass(frozen=True, slots=True)
class Hand:
    """The hand in which a force writes: its habits and its clock."""

    habits: Personality
    zone: str


def written(column: Column, table: pa.Table, hand: Hand) -> pa.Array:
    """A column of the contract as texts; luck hangs on the place of each row in its journal."""
    if column.is_ignored:
        text = "true" if column.name == WATERMARK or column.physical.endswith(WATERMARK) else None
        return _constant(text, len(table))
    values = table[column.name]
    values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    match column.logical_type:
        case "timestamp":
            return _masked(clock.moments(longs(table[column.name]), column.format, hand.zone), values)
        case "date":
            days = pc.fill_null(values.cast(pa.int32()), 0).cast(pa.int64()).to_numpy()
            return _masked(clock.days(days, column.format, hand.zone), values)
        case "boolean":
            return _flags(column, values)
        case "integer":
            return _codes(column, values.cast(pa.string())) if column.code_map else values.cast(pa.string())
        case "number":
            return _decimals(values)
    return _texts(column, values, table[ROW].to_numpy(), hand)


def _constant(text: str | None, n: int) -> pa.Array:
    if text is None:
        return pa.nulls(n, pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(n, np.int32)), pa.array([text]))


def _masked(texts: pa.Array, values: pa.Array) -> pa.Array:
    return pc.if_else(values.is_null(), pa.scalar(None, pa.string()), texts) if values.null_count else texts


def _flags(column: Column, values: pa.Array) -> pa.Array:
    """True and false in the force's words."""
    word = {"true": "true", "false": "false"} | inverse(column)
    codes = pc.cast(values, pa.int8()).cast(pa.int32())
    return pa.DictionaryArray.from_arrays(codes, pa.array([word["false"], word["true"]]))


def _decimals(values: pa.Array) -> pa.Array:
    """Plain decimals of at most six places."""
    plain = pc.round(values.cast(pa.float64()), 6).cast(pa.decimal128(22, 6)).cast(pa.string())
    return pc.utf8_rtrim(pc.utf8_rtrim(plain, "0"), ".")


def _texts(column: Column, values: pa.Array, rows: Longs, hand: Hand) -> pa.Array:
    if pa.types.is_null(values.type):
        return pa.nulls(len(values), pa.string())
    if column.code_map or column.codes:
        return _soiled(_codes(column, values), rows, hand)
    if (
        column.name in ("forename", "middle_names", "surname", "former_surname")
        and hand.habits.surnames == "upper"
    ):
        values = _mapped(values, pc.utf8_upper) if column.name.endswith("surname") else values
    if column.name == "phone" and hand.habits.phones in _PHONES:
        pattern, instead = _PHONES[hand.habits.phones]
        return _mapped(values, lambda texts: pc.replace_substring_regex(texts, pattern, instead))
    if column.name.endswith("text") and not column.name.startswith("offence"):
        return _long_texts(values, rows, hand)
    return values


def _mapped(values: pa.Array, change: Change) -> pa.Array:
    """A change of letters, made once for each word where words are coded."""
    if pa.types.is_dictionary(values.type):
        return pa.DictionaryArray.from_arrays(values.indices, change(values.dictionary))
    return change(values)


def _codes(column: Column, values: pa.Array) -> pa.Array:
    """Canonical codes as the force writes them; one that it has no word for is left empty."""
    coded = values if pa.types.is_dictionary(values.type) else pc.dictionary_encode(values)
    words, known = inverse(column), meanings(column)
    texts = [
        words.get(code, code if not column.codes or known.get(folded(code)) == code else None)
        for code in coded.dictionary.to_pylist()
    ]
    kept = np.array([text is not None for text in texts], bool)
    codes = coded.indices if kept.all() else _without(coded.indices, kept)
    return pa.DictionaryArray.from_arrays(codes, pa.array([text or "" for text in texts], pa.string()))


def _without(indices: pa.Array, kept: Flags) -> pa.Array:
    return pc.if_else(pa.array(kept).take(indices), indices, pa.scalar(None, indices.type))


def inverse(column: Column) -> dict[str, str]:
    """Canonical code to the first text that the contract lists for it."""
    found: dict[str, str] = {}
    for text, code in column.code_map:
        found.setdefault(code, text)
    return found


def _soiled(coded: pa.DictionaryArray, rows: Longs, hand: Hand) -> pa.Array:
    """Some codes in capitals, some with a no-break space: they read the same."""
    dirt = hand.habits.dirt
    if not dirt.get("capitals") and not dirt.get("no_break"):
        return coded
    n, texts = len(coded.dictionary), coded.dictionary
    luck = Draws.of(0, "code", rows).chance("dirt")
    way = np.where(luck < dirt.get("capitals", 0.0), 1, np.where(luck > 1 - dirt.get("no_break", 0.0), 2, 0))
    capital, no_break = pc.utf8_upper(texts), pc.replace_substring(texts, " ", NO_BREAK)
    three = pa.concat_arrays([texts, capital, pc.binary_join_element_wise(no_break, NO_BREAK, "")])
    codes = pc.add(coded.indices.cast(pa.int32()), pa.array((way * n).astype(np.int32)))
    return pa.DictionaryArray.from_arrays(codes, three)


def _long_texts(values: pa.Array, rows: Longs, hand: Hand) -> pa.Array:
    """Free text in which somebody pressed return, or quoted a word."""
    dirt = hand.habits.dirt
    if not dirt.get("newlines") and not dirt.get("quotes"):
        return values
    luck = Draws.of(0, "text", rows).chance("dirt")
    breaks, quotes = luck < dirt.get("newlines", 0.0), luck > 1 - dirt.get("quotes", 0.0)
    if pa.types.is_dictionary(values.type):
        n, way = len(values.dictionary), np.where(breaks, 1, np.where(quotes, 2, 0)).astype(np.int32)
        three = [values.dictionary, _broken(values.dictionary), _quoting(values.dictionary)]
        codes = pc.add(values.indices.cast(pa.int32()), pa.array(way * n))
        return pa.DictionaryArray.from_arrays(codes, pa.concat_arrays(three))
    return _changed(_changed(values, breaks, _broken), quotes & ~breaks, _quoting)


def _broken(texts: pa.Array) -> pa.Array:
    """Long ones with a line break in place of their first blank."""
    is_long = pc.greater(pc.utf8_length(texts), _LONG)
    return pc.if_else(is_long, pc.replace_substring(texts, " ", "\n", max_replacements=1), texts)


def _quoting(texts: pa.Array) -> pa.Array:
    """Long ones with their second word in quotation marks."""
    is_long = pc.greater(pc.utf8_length(texts), _LONG)
    return pc.if_else(is_long, pc.replace_substring_regex(texts, r"^(\S+) (\S+)", r'\1 "\2"'), texts)


def _changed(text: pa.Array, where: Flags, change: Change) -> pa.Array:
    if not where.any():
        return text
    mask = pa.array(where)
    return pc.replace_with_mask(text, mask, change(text.filter(mask)))
