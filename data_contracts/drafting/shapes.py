"""What texts look like: small tests of one text each, named, and which fields ask for which.

A shape speaks for itself (`TELLING`) when hardly anything else is written so: then a heading is hardly needed, and a
field that another shape belongs to is out of the question. Not here: dates (moments), codes (coding), weighing
(evidence).
"""

import re
from collections.abc import Callable
from typing import Final

from data_contracts.drafting.identifiers import is_cro, is_pnc
from data_contracts.values import DECIMAL_PATTERN, INTEGER_PATTERN, exact

Shape = Callable[[str], object]


def _full(pattern: str) -> Shape:
    return re.compile(pattern, re.ASCII | re.IGNORECASE).fullmatch


_POSTCODE = _full(r"[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2}")
_PHONE = _full(r"(?:(?:\+|00)?44 ?(?:\(0\))? ?|\(?0)[1-9][0-9 ()-]{7,14}[0-9]|[1-37][0-9]{9}")
_NAME = re.compile(r"[^\W\d_]{1,25}(?:[ '\u2019.-]+[^\W\d_]{1,25}){0,3}[.]?")
_REFERENCE = _full(r"[a-z0-9][a-z0-9/*_.:-]{2,30}")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_STREETS = """
    road street lane avenue close drive court crescent terrace way grove gardens place hill square walk row flat house
    farm cottage park view rise mews rd st ave cl dr
"""
_STREET = frozenset(_STREETS.split())


def _is_address(text: str) -> bool:
    """A number and words, or words with the kind of a street or building among them; no sentence."""
    words = _WORDS.findall(text)
    is_short = len(words) >= 2 and len(text) < 120 and not text.rstrip().endswith(".")
    return is_short and (
        bool(re.search(r"\b[0-9]{1,4}[a-z]?\b", text))
        or not _STREET.isdisjoint(word.lower() for word in words)
    )


def _is_prose(text: str) -> bool:
    return len(text) > 45 and text.count(" ") >= 6


def _is_reference(text: str) -> bool:
    return bool(_REFERENCE(text)) and any(letter.isdigit() for letter in text)


def _is_between(low: float, high: float) -> Shape:
    def holds(text: str) -> bool:
        return bool(exact(DECIMAL_PATTERN).match(text)) and low <= float(text) <= high

    return holds


SHAPES: Final[dict[str, Shape]] = {
    "pnc": is_pnc,
    "cro": is_cro,
    "asn": _full(r"[0-9]{2}/?[0-9]{2}[0-9a-z]{2}/?[0-9a-z]{2}/?[0-9]{11}[a-z]"),
    "postcode": _POSTCODE,
    "phone": _PHONE,
    "email": _full(r"[^@\s]+@[^@\s]+\.[a-z]{2,}"),
    "vehicle": _full(r"[a-z]{2}[0-9]{2} ?[a-z]{3}"),
    "lsoa": _full(r"[ewxns]01[0-9]{6}"),
    "longitude": _is_between(-9.0, 2.5),
    "latitude": _is_between(49.0, 61.5),
    "cjs": _full(r"[a-z]{2}[0-9]{5}[a-z]?"),
    "ho_class": _full(r"[0-9]{1,3}/[0-9]{2}"),
    "rc_class": _full(r"[0-9]{1,3}[a-z]?"),
    "old_grading": _full(r"[a-e][ /]?[1-5][ /]?[1-5]"),
    "name": _NAME.fullmatch,
    "address": _is_address,
    "prose": _is_prose,
    "reference": _is_reference,
    "integer": exact(INTEGER_PATTERN).match,
    "number": exact(DECIMAL_PATTERN).match,
    "fraction": _full(r"-?[0-9]{1,5}[.][0-9]{2,15}"),
    "age": _is_between(0, 115),
}
TELLING: Final = ("pnc", "cro", "asn", "postcode", "email", "vehicle", "lsoa", "cjs", "ho_class", "phone")
REPEATING: Final = ("cjs", "ho_class", "lsoa")  # a key may happen to look so, but a key does not repeat
FIELDS: Final[dict[str, str]] = {  # the shape that a field asks for; where feeds differ, `feed.field`
    "pnc_id": "pnc",
    "cro_number": "cro",
    "asn": "asn",
    "postcode": "postcode",
    "phone": "phone",
    "email": "email",
    "vehicle_registration": "vehicle",
    "lsoa_code": "lsoa",
    "longitude": "longitude",
    "latitude": "latitude",
    "cjs_code": "cjs",
    "index_cjs_code": "cjs",
    "ho_class": "ho_class",
    "rc_class": "rc_class",
    "legacy_grading": "old_grading",
    "forename": "name",
    "surname": "name",
    "middle_names": "name",
    "former_surname": "name",
    "nationality": "name",
    "birth_country": "name",
    "language": "name",
    "court": "name",
    "address_line": "address",
    "method_text": "prose",
    "text": "prose",
    "summary_text": "prose",
    "source_record_id": "reference",
    "crime_ref": "reference",
    "person_ref": "reference",
    "linked_crime_ref": "reference",
    "merged_into_ref": "reference",
    "intel_ref": "reference",
    "missing_ref": "reference",
    "offender_ref": "reference",
    "care_home_ref": "reference",
    "home_ref": "reference",
    "victim_ref": "reference",
    "subject_ref": "reference",
    "other_person_ref": "reference",
    "protected_person_ref": "reference",
    "payer_ref": "reference",
    "age_recorded": "age",
}


def shape_of(feed: str, field: str) -> str:
    """The name of the shape that a field of a feed asks for; empty for none."""
    return FIELDS.get(f"{feed}.{field}", FIELDS.get(field, ""))
