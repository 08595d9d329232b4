"""The register of models: which bundle of a head may be used, by whose word, on what legal footing, until when.

Here: entries and the rules they must keep. A head without an entry that leads is ranked by rule. Not here: the
bundles (bundle), the records generated from an entry (cards).
"""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from profiles.definitions.heads import HEADS

BUNDLES: Final = Path(__file__).parents[2] / "bundles"
REGISTER: Final = "register.json"
State = Literal["champion", "challenger", "shadow", "retired"]


class RegistryError(ValueError):
    """A register that cannot be used, or an entry that may not stand in it: one sentence."""


class Entry(BaseModel):
    """One bundle of one head. A champion needs an approver who is not the author, and the legal footing in words."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    head: str
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    folder: str = Field(pattern=r"^[a-z0-9_.-]+$")
    state: State
    author: str = Field(min_length=1)
    approver: str = ""
    approved_on: date | None = None
    expires: date
    trained_on: str = Field(min_length=1)
    lawful_basis: str = ""
    schedule_8_condition: str = ""
    policy_document: str = ""
    accepted_flags: str = ""

    @model_validator(mode="after")
    def _may_stand(self) -> "Entry":
        if self.head not in HEADS:
            raise ValueError(f"there is no head {self.head}")
        if self.state != "champion":
            return self
        if not self.approver or self.approved_on is None:
            raise ValueError("a champion needs an approver and the day")
        if self.approver.strip().casefold() == self.author.strip().casefold():
            raise ValueError("author and approver are two people")
        for name in ("lawful_basis", "schedule_8_condition", "policy_document"):
            if not getattr(self, name).strip():
                raise ValueError(f"a champion needs its {name.replace('_', ' ')}")
        return self


def read_registry(path: Path) -> tuple[Entry, ...]:
    """Every entry; none where there is no register. Raises RegistryError."""
    if not path.exists():
        return ()
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        entries = tuple(Entry.model_validate(one) for one in told["models"])
    except ValidationError as error:
        first = error.errors()[0]
        raise RegistryError(
            f"{path.name}: {'.'.join(map(str, first['loc']))} {first['msg']}.".replace("  ", " ")
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RegistryError(
            f"{path.name} is not a register of models ({str(error).splitlines()[0]})."
        ) from None
    _one_champion_each(entries, path)
    return entries


def write_registry(path: Path, entries: Sequence[Entry]) -> None:
    """Write all entries, in order of head, state and digest."""
    _one_champion_each(entries, path)
    ordered = sorted(entries, key=lambda one: (one.head, one.state, one.digest))
    text = json.dumps(
        {"models": [one.model_dump(mode="json") for one in ordered]}, indent=1, ensure_ascii=False
    )
    path.write_text(text + "\n", encoding="utf-8")


def champion(entries: Sequence[Entry], head: str) -> Entry | None:
    """The entry that leads a head, or None."""
    return next((one for one in entries if one.head == head and one.state == "champion"), None)


def _one_champion_each(entries: Sequence[Entry], path: Path) -> None:
    leading = [one.head for one in entries if one.state == "champion"]
    if twice := sorted({head for head in leading if leading.count(head) > 1}):
        raise RegistryError(f"{path.name} has two champions for {twice[0]}.")
