"""The feed `review/identity_decisions`: that two mentions are one person, or are not, as people decided.

Here: the schema `identity/1` and reading a folder of files. A decision always wins over the machine, on every night,
until a later one about the same two mentions says otherwise. Not here: what a decision does to clusters
(conflation/cluster.py); decisions about the subjects of packs (decisions.py).

A file is {"schema": "identity/1", "decisions": [...]}. Sentences name files and fields, never what was written in them.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

SCHEMA: Final = "identity/1"
MAX_BYTES: Final = 1024**2
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]


class IdentityDecision(BaseModel):
    """One decision by one person about two mentions."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    mention_a: Name
    mention_b: Name
    decision: Literal["same person", "not the same person"]
    reason: Name
    reviewer_id: Name
    decided_at: AwareDatetime

    @model_validator(mode="after")
    def _two_mentions(self) -> "IdentityDecision":
        if self.mention_a == self.mention_b:
            raise ValueError("a decision is about two mentions")
        return self

    @property
    def pair(self) -> tuple[str, str]:
        """The two mentions, in order."""
        a, b = sorted((self.mention_a, self.mention_b))
        return a, b

    @property
    def told(self) -> tuple[str, str, str]:
        """The decision as linkage takes it."""
        return (*self.pair, "must" if self.decision == "same person" else "never")


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, or one decision in it, that was not taken, in one sentence."""

    sentence: str


def read_identity_decisions(folder: Path) -> tuple[tuple[IdentityDecision, ...], tuple[Refused, ...]]:
    """The decisions that stand, the latest about each pair, in order of pair; nothing where there is no folder."""
    standing: dict[tuple[str, str], IdentityDecision] = {}
    refused: list[Refused] = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        try:
            rows = _rows(path)
        except ValueError as error:
            refused.append(Refused(f"{path.name} {error}."))
            continue
        for position, row in enumerate(rows, start=1):
            try:
                found = IdentityDecision.model_validate(row)
            except ValidationError as error:
                fault = error.errors(include_input=False, include_url=False, include_context=False)[0]
                where = ".".join(str(part) for part in fault["loc"] if part in IdentityDecision.model_fields)
                problem = f"{where or 'a field'} ({fault['msg'].removeprefix('Value error, ')})"
                refused.append(Refused(f"{path.name}, decision {position}, is not valid: {problem}."))
                continue
            before = standing.get(found.pair)
            if before is None or (before.decided_at, before.reviewer_id) <= (
                found.decided_at,
                found.reviewer_id,
            ):
                standing[found.pair] = found
    return tuple(standing[pair] for pair in sorted(standing)), tuple(refused)


def _rows(path: Path) -> list[Any]:
    if not path.is_file() or path.is_symlink() or path.stat().st_size > MAX_BYTES:
        raise ValueError(f"is not a plain file of at most {MAX_BYTES:,} bytes")
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise ValueError("is not JSON in UTF-8; save it again") from None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise ValueError(f"does not say that its schema is {SCHEMA}")
    if not isinstance(found.get("decisions"), list):
        raise ValueError("holds no list of decisions")
    return list(found["decisions"])
