"""A line or record that is no row, and why: what every reader may refuse before any value is judged.

Not here: rules about values, which come with their contract (conform), the readers themselves.
"""

import re
from dataclasses import dataclass

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MAX_CELL = 65_536  # characters
RAW_KEPT = 2_000  # characters of a refused line kept in quarantine

REASONS = {
    "ENC_NOT_UTF8": "the line is not valid text in the agreed encoding",
    "CONTROL_CHARACTER": "the line holds a control character",
    "CELL_TOO_LONG": "a field is longer than 65,536 characters",
    "QUOTE_UNBALANCED": "a quotation mark is opened and never closed",
    "FIELD_COUNT": "the line does not have the agreed number of fields",
    "CELL_FORMULA": "a cell holds a formula where a value is agreed",
    "CELL_ERROR": "a cell holds an error of the spreadsheet, such as #N/A",
    "JSON_NOT_AN_OBJECT": "the line is not one JSON object",
    "JSON_KEY_TWICE": "a key stands twice in one object",
    "JSON_TOO_DEEP": "the line is nested too deep or is longer than eight million characters",
    "JSON_SHAPE": "a list or an object stands where a text is agreed, or the other way round",
    "XML_ELEMENT_TWICE": "an element stands twice in one record",
}


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line or record that is no row, and why (a key of REASONS, or the code of a contract's rule)."""

    line_number: int
    reason_code: str
    raw: str
    is_swapped: bool = False  # a date in it would be one with day and month changed over
