"""The columns in which a record shows a person: name, birth, sex, ethnicity, numbers and address, as Arrow columns.

Not here: what is shown (noise, nominal_details), how a force writes a date or a code (writers).
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.model import ETHNICITIES, NOBODY, SEXES, Ints, Longs
from synthetic_world.population import spellings
from synthetic_world.population.birthdays import NO_DATE
from synthetic_world.records import pnc
from synthetic_world.records.noise import NO_FIXED_ABODE, Shown
from synthetic_world.records.roll import Gazetteer, Roll

COLUMNS: Final = (
    "forename", "middle_names", "surname", "birth_date", "sex", "ethnicity_self", "ethnicity_officer", "pnc_id",
    "address_line", "postcode", "phone",
)  # fmt: skip
ROOFLESS: Final = ("No fixed abode", "NFA", "NO FIXED ABODE", "Of no fixed abode")
_OFFICER_SEES: Final = {"W": "IC1", "M": "IC3", "A": "IC4", "B": "IC3", "O": "IC6"}
_EXCEPT: Final = {"A4": "IC5", "O9": "IC9", "M3": "IC4", "W9": "IC2", "W5": "IC2"}


def name_block(roll: Roll, shown: Shown, police_style: str) -> dict[str, pa.Array]:
    """All columns of the name block."""
    roofless = shown.address == NO_FIXED_ABODE
    return {
        "forename": spellings.written(shown.forename),
        "middle_names": spellings.written(shown.middle),
        "surname": spellings.written(shown.surname),
        "birth_date": dates(shown.birth_day, NO_DATE),
        "sex": words((*SEXES, "U"), shown.sex),
        "ethnicity_self": words((*ETHNICITIES, "NS"), _self_defined(shown)),
        "ethnicity_officer": words(_officer_words(), shown.ethnicity),
        "pnc_id": pnc.written(shown.police_number, police_style),
        "address_line": _lines(roll.gazetteer, shown, roofless),
        "postcode": roll.gazetteer.postcode.take(indices(shown.address)),
        "phone": phones(shown.phone),
    }


def _self_defined(shown: Shown) -> Ints:
    """One in eight of those who are asked does not say."""
    silent = (shown.errors ^ shown.birth_day) % 8 == 0
    return np.where((shown.ethnicity != NOBODY) & silent, len(ETHNICITIES), shown.ethnicity).astype(np.int32)


def _officer_words() -> tuple[str, ...]:
    return tuple(_EXCEPT.get(code, _OFFICER_SEES[code[0]]) for code in ETHNICITIES)


def _lines(gazetteer: Gazetteer, shown: Shown, roofless: npt.NDArray[np.bool_]) -> pa.Array:
    line = gazetteer.line.take(indices(shown.address))
    if not roofless.any():
        return line
    how = pa.array(ROOFLESS).take(pa.array(shown.phone[roofless] % len(ROOFLESS)))
    return pc.replace_with_mask(line, pa.array(roofless), how)


def indices(places: npt.NDArray[Any]) -> pa.Array:
    """Places to take from, null for those below 0."""
    return pa.array(places, mask=places < 0)


def words(known: tuple[str, ...], codes: npt.NDArray[Any]) -> pa.DictionaryArray:
    """Codes as words; null for those below 0."""
    small = codes.astype(np.int32)
    texts = list(dict.fromkeys(known))
    place = np.array([texts.index(one) for one in known], np.int32)
    return pa.DictionaryArray.from_arrays(
        pa.array(place[np.maximum(small, 0)], mask=small < 0), pa.array(texts)
    )


def dates(days: Ints, none: int) -> pa.Array:
    """Days as dates."""
    return pa.array(days.astype(np.int32), mask=days == none).cast(pa.date32())


def seconds(times: Longs) -> pa.Array:
    """Seconds since 1970 as times."""
    return pa.array(times.astype(np.int64)).cast(pa.timestamp("s"))


def phones(numbers: Longs) -> pa.DictionaryArray:
    """Telephone numbers with their leading zero; null for 0 and below."""
    coded = pa.array(numbers).dictionary_encode()
    text = pc.binary_join_element_wise("0", pc.cast(coded.dictionary, pa.string()), "")
    codes = pa.array(coded.indices.to_numpy(), mask=numbers <= 0)
    return pa.DictionaryArray.from_arrays(codes, text)


def full_name(forename: Ints, surname: Ints) -> pa.Array:
    """Forename and surname as a text quotes them."""
    parts = [spellings.written(one).cast(pa.string()) for one in (forename, surname)]
    return pc.binary_join_element_wise(*parts, " ", null_handling="skip")
