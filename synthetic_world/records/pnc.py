"""Police numbers of invented people, with the check letter that real ones have (domain reference, section 6).

A letter stands for the remainder of (two digits of the year, then seven digits of the serial) divided by 23; I, O and
S are not used. Not here: who has a number (people of interest get one in mentions), and who reads it wrongly (noise).
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.model import Longs

LETTERS: Final = "ZABCDEFGHJKLMNPQRTUVWXY"
SERIALS: Final = 9_999_991  # a prime, so that striding through the serials of a year meets each once
_STRIDE: Final = 4_567_891
NONE: Final = -1


def number_of(year: npt.NDArray[Any], rank: npt.NDArray[Any]) -> Longs:
    """Year and serial as one number. Different ranks below 2 * SERIALS never meet: the year gives way by one."""
    turn = rank.astype(np.int64) // SERIALS
    serial = (rank.astype(np.int64) * _STRIDE + 12_345) % SERIALS
    kept = year.astype(np.int64) - (year.astype(np.int64) % 2) + turn % 2
    return kept * 10_000_000 + serial


def letters(numbers: Longs) -> pa.Array:
    """The check letter of each number."""
    year, serial = (numbers // 10_000_000) % 100, numbers % 10_000_000
    remainder = (year * 10_000_000 + serial) % 23
    return pa.array(list(LETTERS)).take(pa.array(remainder))


def written(numbers: Longs, style: str) -> pa.Array:
    """Numbers as a force writes them: long 2019/1234567J, short 19/1234567J, bare 20191234567J; null for NONE."""
    coded = pa.array(numbers).dictionary_encode()
    wanted, place = coded.dictionary.to_numpy(), coded.indices.to_numpy()
    year = pc.cast(pa.array(wanted // 10_000_000), pa.string())
    if style == "short":
        year = pc.utf8_slice_codeunits(year, 2, 4)
    serial = pc.utf8_lpad(pc.cast(pa.array(wanted % 10_000_000), pa.string()), 7, "0")
    text = pc.binary_join_element_wise(year, serial, "" if style == "bare" else "/")
    text = pc.binary_join_element_wise(text, letters(wanted), "")
    codes = pa.array(place, mask=numbers == NONE)
    return pa.DictionaryArray.from_arrays(codes, text)


def criminal_record(numbers: Longs) -> pa.Array:
    """A Criminal Records Office number made from a police number: six digits, year and letter, 123456/19K."""
    year, serial = (numbers // 10_000_000) % 100, numbers % 1_000_000
    remainder = (year * 1_000_000 + serial) % 23
    parts = [
        pc.utf8_lpad(pc.cast(pa.array(serial), pa.string()), 6, "0"),
        pc.utf8_lpad(pc.cast(pa.array(year), pa.string()), 2, "0"),
    ]
    text = pc.binary_join_element_wise(*parts, "/")
    text = pc.binary_join_element_wise(text, pa.array(list(LETTERS)).take(pa.array(remainder)), "")
    return pc.if_else(pa.array(numbers == NONE), pa.scalar(None, pa.string()), text)
