"""Our own contracts, read by SQL and by Python: the same reason for every odd cell, and good rows are taken."""

from datetime import datetime
from typing import Any

import pytest

from data_contracts import formats
from data_contracts.checks import read_row
from data_contracts.columns import Column
from data_contracts.registry import HERE

MOMENT = datetime(2024, 2, 29, 23, 30)
SIGNS = {"yyyy": "%Y", "yy": "%y", "MM": "%m", "MMM": "%b", "dd": "%d", "HH": "%H", "mm": "%M", "ss": "%S"}
USUAL = {
    "epoch-ms": "1709245800000",
    "excel-serial": "45351.98",
    "boolean": "y",
    "integer": "7",
    "number": "-0.5",
}


def good_cell(column: Column) -> str:
    """A text that the column takes."""
    if column.code_map or column.codes:
        return next(iter([*(written for written, _ in column.code_map), *column.codes]))
    if column.format and column.format not in formats.WORDS:
        parts = formats.layout_of(column.format).parts
        return "".join(
            MOMENT.strftime(SIGNS[p.letters]) if p.letters in SIGNS else p.literal or "Z" for p in parts
        )
    return USUAL.get(column.format or column.logical_type, "Ann")


def odd_cells(column: Column) -> list[str]:
    """The good text in another dress, and texts of the wrong sort."""
    good = good_cell(column)
    return [f" {good.upper()}\u00a0", "", *column.null_words[:1], "7.7E+09", "31/02/2024", "?", f"{good}0"]


@pytest.mark.parametrize("force", sorted(path.parent.name for path in HERE.glob("forces/*/force.yaml")))
def test_both_read_our_contracts_alike(registry: Any, agrees: Any, force: str) -> None:
    for contract in (one for one in registry.contracts if one.force_code == force):
        read = [column for column in contract.columns if column.physical and not column.is_ignored]
        good = {column.physical: good_cell(column) for column in read}
        odd = [{**good, column.physical: cell} for column in read for cell in odd_cells(column)]
        agrees(contract, [good, *odd, {}])
        assert read_row(contract, good, period="2026-11-01").reason_code is None
