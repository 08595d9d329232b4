"""The rules that follow from a person-level contract's columns, so that nobody writes them twice.

For each column, in this order: not damaged by a spreadsheet, of its type or in its code list, not empty where it is
required. Not here: rules that a contract writes itself (odcs_rules), what they mean (checks).
"""

from collections.abc import Iterator

from data_contracts import formats
from data_contracts.columns import Column, Unmapped
from data_contracts.model import Rule, RuleArgs, RuleKind, Severity

SCI_NOTATION = "SCI_NOTATION"
_SCI_REASON = "a spreadsheet wrote an identifier as 7.7E+09, and so its digits are lost"
_KINDS_OF_NUMBER = {
    "integer": "a whole number of at most 18 digits",
    "number": "a plain decimal number",
    "boolean": "one of the agreed words for yes and no",
}


def rules_of(column: Column) -> Iterator[Rule]:
    """The rules of a column; none for one that is left out."""
    if column.is_ignored:
        return
    name, refuses = column.name, Severity.QUARANTINE
    if column.is_identifier:
        yield Rule(name, RuleKind.NOT_SCIENTIFIC, RuleArgs(), refuses, SCI_NOTATION, _SCI_REASON)
    if column.is_coded:
        severity = Severity.NOTE if column.unmapped is Unmapped.NOTE else refuses
        reason = f"the value of {name} is not one of the agreed codes"
        yield Rule(name, RuleKind.IN_CODES, RuleArgs(), severity, f"{name.upper()}_UNKNOWN", reason)
    if column.logical_type != "string" and not column.is_coded:
        reason = f"the value of {name} is not {_expected(column)}"
        yield Rule(name, RuleKind.OF_TYPE, RuleArgs(), refuses, f"{name.upper()}_TYPE", reason)
    if column.required:
        reason = f"the value of {name} is empty, and a row needs it"
        yield Rule(name, RuleKind.REQUIRED, RuleArgs(), refuses, f"{name.upper()}_MISSING", reason)


def _expected(column: Column) -> str:
    """What a text of this column should be, in words."""
    if column.format == formats.EPOCH_MS:
        return "a time in milliseconds since 1970, from 1900 to 2096"
    if column.format == formats.EXCEL_SERIAL:
        return "a spreadsheet's number of a day, from 1900 to 2099"
    if column.format:
        kind = "a date" if column.logical_type == "date" else "a time"
        return f"{kind} from 1900 to 2099 written {column.format}"
    return _KINDS_OF_NUMBER[column.logical_type]
