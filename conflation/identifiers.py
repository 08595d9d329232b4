"""Identifiers in standard form: PNC ID and CRO number with their check letters, phone numbers, e-mail addresses.

A PNC ID is `YYYY/NNNNNNNL` (or `YY/…`), a CRO number `NNNNNN/YYL` or `SFYY/NNNNNNL`; the letter is the remainder of
the digits by 23 in an alphabet without I, O and S (as the HMPPS person record computes it). What fails its check is
no identifier. Not here: which values are shared by too many (generic.py).
"""

import re

import phonenumbers

LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
REGION = "GB"
_PNC = re.compile(r"^(\d{2}|\d{4})/?(\d{1,7})([A-Z])$")
_CRO = re.compile(r"^(\d{1,6})/?(\d{2})([A-Z])$")
_CRO_FILE = re.compile(r"^SF(\d{2})/?(\d{1,6})([A-Z])$")
_BLANKS = re.compile(r"\s+")


def standard_pnc(value: str | None) -> str | None:
    """`YY/NNNNNNNL`, or None where the shape or the check letter is wrong. The century is no part of the check."""
    found = _PNC.match(_BLANKS.sub("", (value or "").upper()))
    if not found:
        return None
    year, serial, letter = found[1][-2:], found[2].zfill(7), found[3]
    if int(serial) == 0 or LETTERS[int(year + serial) % 23] != letter:
        return None
    return f"{year}/{serial}{letter}"


def standard_cro(value: str | None) -> str | None:
    """`NNNNNN/YYL`, or None. A file number (`SFYY/NNNNNNL`) keeps its own form."""
    plain = _BLANKS.sub("", (value or "").upper())
    if found := _CRO_FILE.match(plain):
        year, serial, letter, form = found[1], found[2], found[3], "SF{year}/{serial}{letter}"
    elif found := _CRO.match(plain):
        serial, year, letter, form = found[1], found[2], found[3], "{serial:0>6}/{year}{letter}"
    else:
        return None
    if int(serial) == 0 or LETTERS[int(year + serial) % 23] != letter:
        return None
    return form.format(year=year, serial=serial, letter=letter)


def standard_phone(value: str | None) -> str | None:
    """E.164, a number without country read as British; None where it is no possible number.

    A number that is possible but not assigned is kept: extracts cut and pad, and foreign numbers come without a plus.
    """
    if not value:
        return None
    try:
        number = phonenumbers.parse(value, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        digits = re.sub(r"\D", "", value)
        return digits if 7 <= len(digits) <= 15 and len(set(digits)) > 2 else None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def standard_email(value: str | None) -> str | None:
    """Lower case; dots and +tags of the mailbox stay, because other providers give them to other people."""
    plain = (value or "").strip().lower().removeprefix("mailto:")
    return plain if re.fullmatch(r"[^@\s]+@[^@\s]+", plain) else None


def plain_identifier(value: str | None) -> str | None:
    """Some other identifier (a tax or health number): letters and digits in upper case, or None."""
    plain = re.sub(r"[^A-Z0-9]", "", (value or "").upper())
    return plain if len(plain) >= 4 and len(set(plain)) > 1 else None
