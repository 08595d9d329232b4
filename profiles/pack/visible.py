"""The last gate before anything is built: rows that another force owns are kept only where they may be seen.

Handling code C and restricted records of another force go, and so does every feed that no agreement opens: the default
is no. The marts hold to the same rule; this stands for the day on which one of them does not. What goes is neither
printed, counted nor drawn, for no page ever sees it. Not here: the agreements themselves (governance/sharing.py).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from profiles.pack.rows import Row, Rows
from profiles.pack.tables.sharing import AgreementRow

Tables = Mapping[type[Row], Rows[Any]]


def only_visible(tables: Tables, force_code: str, as_of: date) -> dict[type[Row], Rows[Any]]:
    """The same tables without rows of other forces that this one may not see."""
    agreed = {
        (row.owner_force, row.feed)
        for row in tables.get(AgreementRow, Rows(""))
        if row.from_on <= as_of and (row.to_on is None or row.to_on >= as_of)
    }
    return {
        row_type: replace(rows, items=tuple(row for row in rows if _may_see(row, force_code, agreed)))
        for row_type, rows in tables.items()
    }


def _may_see(row: Row, force_code: str, agreed: set[tuple[str, str]]) -> bool:
    owner = getattr(row, "source_force", force_code)
    if not hasattr(row, "handling") or owner == force_code:
        return True
    if row.handling != "P" or row.sensitivity is not None:  # type: ignore[attr-defined]
        return False
    feed = getattr(
        row, "feed", None
    )  # a link or an event may rest on several: then any agreement with the owner
    return (owner, feed) in agreed if feed else any(owner == each for each, _ in agreed)
