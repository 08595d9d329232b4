"""The canonical columns of a table of mentions, and the map from a table's own headings to them.

A map is YAML: `forename: first_name`. Any canonical column may be missing. Not here: how a value is standardised
(standardise.py and the modules it names).
"""

from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import yaml

NAMES = ("forename", "middle_names", "surname", "full_name")
BIRTH = ("date_of_birth", "birth_year")  # the year as told by an age, give or take one
PLACES = ("address", "number", "street", "town", "postcode")
KEYS = ("phone", "email", "pnc_id", "cro", "local_id")
CANONICAL = ("record_id", *NAMES, *BIRTH, "sex", *PLACES, *KEYS)
OTHER = "other"  # further columns that say something about a person, such as an occupation: {other: [a, b]}


class LinkageError(ValueError):
    """A mistake in what was asked or handed in, as one sentence for whoever made it."""


@dataclass(frozen=True)
class ColumnMap:
    """Canonical name → heading of the table. `other` holds headings of further attributes."""

    columns: dict[str, str]
    other: tuple[str, ...] = field(default=())

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that is used, once."""
        return tuple(dict.fromkeys([*self.columns.values(), *self.other]))

    def check_against(self, headings: list[str], table: str) -> None:
        """Every heading named must stand in the table."""
        missing = [name for name in self.headings if name not in headings]
        if missing:
            known = ", ".join(headings[:20])
            raise LinkageError(f"{table} has no column {missing[0]!r}; it has: {known}.")
        if not [name for name in self.columns if name != "record_id"] and not self.other:
            raise LinkageError("The map names no column that could tell one person from another.")


def read_map(path: Path) -> ColumnMap:
    """The map in a YAML file.

    Raises: LinkageError for a file that is missing, is not a mapping, or names no canonical column.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError:
        raise LinkageError(f"The column map {path} cannot be read.") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise LinkageError(f"The column map {path} is not YAML.") from None
    if not isinstance(content, dict):
        raise LinkageError(f"The column map {path} must map canonical names to the table's headings.")
    return map_of(content)


def map_of(content: dict[object, object]) -> ColumnMap:
    """The map in a dictionary, checked: canonical names on the left, headings on the right."""
    other = content.get(OTHER) or []
    if isinstance(other, str):
        other = [other]
    if not isinstance(other, list):
        raise LinkageError("`other` in the column map must be a list of headings.")
    columns: dict[str, str] = {}
    for name, heading in content.items():
        if name == OTHER or heading in (None, ""):
            continue
        if name not in CANONICAL:
            near = get_close_matches(str(name), CANONICAL, n=1)
            hint = (
                f"did you mean {near[0]!r}?"
                if near
                else f"it may be one of: {', '.join(CANONICAL)}, {OTHER}."
            )
            raise LinkageError(f"The column map names {str(name)!r}, which is no canonical column; {hint}")
        columns[str(name)] = str(heading)
    return ColumnMap(columns, tuple(str(heading) for heading in other))
