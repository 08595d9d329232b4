"""Identifiers that prove themselves by a check letter: PNC and CRO numbers. Others are told by their shape (shapes).

Source of the letters: the public reading in ministryofjustice/hmpps-person-record; I, O and S are not used.
Not here: standardising identifiers for linkage (conflation).
"""

import re

_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
_PNC = re.compile(r"(?:19|20)?([0-9]{2})/?([0-9]{1,7})([A-Z])", re.ASCII)
_PNC_LONG = re.compile(r"(?:19|20)([0-9]{2})/?([0-9]{7})([A-Z])", re.ASCII)
_CRO = re.compile(r"([0-9]{1,6})/([0-9]{2})([A-Z])", re.ASCII)
_CRO_FILE = re.compile(r"SF([0-9]{2})/([0-9]{1,6})([A-Z])", re.ASCII)


def letter_of(year: str, serial: str, width: int) -> str:
    """The check letter of a year of two digits and a serial number, padded with zeros to `width`."""
    return _LETTERS[int(f"{year}{int(serial):0{width}d}") % len(_LETTERS)]


def is_pnc(text: str) -> bool:
    """Whether a text is a PNC number (YYYY/NNNNNNNL or YY/NNNNNNNL, slash optional) with its right letter."""
    found = _PNC_LONG.fullmatch(text.upper()) or _PNC.fullmatch(text.upper())
    return found is not None and letter_of(found[1], found[2], 7) == found[3]


def is_cro(text: str) -> bool:
    """Whether a text is a CRO number (NNNNNN/YYL, or SFYY/NNNNNNL) with its right letter."""
    bare = text.upper()
    if found := _CRO.fullmatch(bare):
        return letter_of(found[2], found[1], 6) == found[3]
    found = _CRO_FILE.fullmatch(bare)
    return found is not None and letter_of(found[1], found[2], 6) == found[3]
