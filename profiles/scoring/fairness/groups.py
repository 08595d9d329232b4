"""Groups as the fairness table prints them: ethnicity rolled up, ages in bands; unknown is a group of its own.

Here: from codes to group names. Not here: measures (audit). 18+1 codes are those of the census of 2021 as police use
them.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np

from profiles.scoring.arrays import Words

UNKNOWN: Final = "unknown"
_ETHNICITY: Final = {"W": "White", "M": "Mixed", "A": "Asian", "B": "Black", "O": "Other"}
_NOT_SAID: Final = frozenset({"", "NS", "NONE", "U", "UNKNOWN"})
AGE_BANDS: Final = ((18, "under 18"), (25, "18 to 24"), (40, "25 to 39"), (60, "40 to 59"))


def ethnic_groups(codes: Iterable[str | None]) -> Words:
    """Five groups and unknown, from 18+1 codes such as W1 or NS. The old code O1 is Chinese, which is Asian today."""
    return np.asarray([_ethnic_group(code) for code in codes], object)


def age_bands(years: Iterable[float | None]) -> Words:
    """Bands of age at the as-of date."""
    return np.asarray([_age_band(age) for age in years], object)


def _ethnic_group(code: str | None) -> str:
    plain = (code or "").strip().upper()
    if plain in _NOT_SAID:
        return UNKNOWN
    return "Asian" if plain == "O1" else _ETHNICITY.get(plain[0], UNKNOWN)


def _age_band(age: float | None) -> str:
    if age is None or not age >= 0:
        return UNKNOWN
    return next((name for top, name in AGE_BANDS if age < top), "60 and over")
