"""The feed `decisions/1`: what people decided about the subjects of a pack, read back with every file judged.

Here: the schema, reading a folder of decision files, and adding one to it. Not here: what a decision
changes on the next pack (dbt models), the form it is written on (`report_templates/`), or its contract as a
feed (`data_contracts/canonical/decision.odcs.yaml`; a test proves that the two agree).

A file is {"schema": "decisions/1", "pack_id", "pack_sha256", "decisions": [...]}. A changed mind is a new
decision that names the old one in `supersedes_id`. Sentences name files and fields, never what was written
in them.
"""

import hashlib
import json
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from governance import durable

SCHEMA: Final = "decisions/1"
MAX_BYTES: Final = 1024**2

DecisionKind = Literal["task", "known", "reject", "defer"]
ReasonCode = Literal[
    "risk real and unmanaged",
    "already managed",
    "wrong person joined",
    "information wrong or old",
    "risk not supported",
    "not lawful or proportionate",
    "need more",
    "other",
]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Text = Annotated[str, Field(max_length=4000)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

PackCheck = Callable[[str, str], str | None]
"""Given pack_id and pack_sha256: None where the pack is ours and current, else why not, ending a sentence."""


class Decision(BaseModel):
    """One decision by one person on one subject of one pack."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    decision_id: str = Field(default="", max_length=64)
    pack_id: Name
    pack_sha256: Sha256
    subject_id: Name
    profile: Literal["vawg", "missing", "visor"]
    decision: DecisionKind
    reason_code: ReasonCode
    note: Text = ""
    owner: Text = ""
    due: date | None = None
    reviewer_id: Name
    reviewer_rank: Text = ""
    decided_at: AwareDatetime
    source_route: Literal["pdf_form", "companion", "desk"]
    score: float | None = Field(default=None, allow_inf_nan=False)
    rank: int | None = Field(default=None, ge=1)
    model_version: Text = ""
    shown_reasons: tuple[str, ...] = ()
    supersedes_id: str = Field(default="", max_length=64)

    @model_validator(mode="after")
    def _reason_other_needs_a_note(self) -> "Decision":
        if self.reason_code == "other" and not self.note:
            raise ValueError("the reason 'other' needs a note")
        return self

    @model_validator(mode="after")
    def _identify(self) -> "Decision":
        """Without an id of its own, a decision is known by its content: sent twice, it is one decision."""
        if not self.decision_id:
            content = self.model_dump(mode="json", exclude={"decision_id"})
            self.__dict__["decision_id"] = hashlib.sha256(durable.canonical(content)).hexdigest()[:16]
        return self


@dataclass(frozen=True, slots=True)
class DecisionRefusal:
    """A file, or one decision in it (counted from 1), that was not taken, and why in one sentence."""

    file_name: str
    position: int | None
    sentence: str


def read_decisions(
    folder: Path, pack_check: PackCheck | None = None
) -> tuple[tuple[Decision, ...], tuple[DecisionRefusal, ...]]:
    """Read every *.json in the folder, in order of name; nothing at all where there is no folder.

    A decision sent twice counts once; an id used again for something else is refused.
    """
    taken: dict[str, Decision] = {}
    refusals: list[DecisionRefusal] = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        try:
            rows = _rows(path, pack_check)
        except ValueError as error:
            refusals.append(DecisionRefusal(path.name, None, f"{path.name} {error}."))
            continue
        for position, row in enumerate(rows, start=1):
            decision, problem = _decision(row)
            if decision and taken.setdefault(decision.decision_id, decision) != decision:
                problem = "uses the decision_id of a different decision"
            if problem:
                sentence = f"{path.name}, decision {position}, {problem}."
                refusals.append(DecisionRefusal(path.name, position, sentence))
    in_time = sorted(taken.values(), key=lambda each: (each.decided_at, each.decision_id))
    return tuple(in_time), tuple(refusals)


def add_decisions(folder: Path, content: bytes) -> Path:
    """Keep a decision file under the name of its content, durably; the same content again changes nothing.

    Raises ValueError, with the reason, for content that `read_decisions` would refuse as a file.
    """
    _envelope(content)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(content).hexdigest()[:16]}-decisions.json"
    try:
        durable.create(path, content)
    except FileExistsError:
        if path.read_bytes() != content:
            raise ValueError(f"{path.name} is there already with other content") from None
    return path


def _rows(path: Path, pack_check: PackCheck | None) -> list[Mapping[str, Any]]:
    """Rows of a file with its pack filled in; ValueError with the end of a sentence where the file fails."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise ValueError("is not a plain file; put the file itself there")
        if status.st_size > MAX_BYTES:
            raise ValueError(f"is larger than {MAX_BYTES:,} bytes; split it")
        pack, rows = _envelope(path.read_bytes())
    except OSError as error:
        raise ValueError(f"cannot be read ({error.strerror})") from error
    if pack_check and (why := pack_check(pack["pack_id"], pack["pack_sha256"])):
        raise ValueError(f"is refused: {why}")
    return [{**pack, **row} if isinstance(row, dict) and _same_pack(row, pack) else {} for row in rows]


def _same_pack(row: Mapping[str, Any], pack: Mapping[str, str]) -> bool:
    return all(row.get(key, value) == value for key, value in pack.items())


def _envelope(content: bytes) -> tuple[dict[str, str], list[Any]]:
    """The pack that a file speaks of, and its rows as they came; ValueError with the end of a sentence."""
    try:
        found = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_no_twins)
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    except ValueError as error:
        twin = isinstance(error, _TwinKeyError)
        raise ValueError("names a field twice" if twin else "is not JSON in UTF-8; save it again") from None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise ValueError(f"does not say that its schema is {SCHEMA}")
    pack = {key: found.get(key) for key in ("pack_id", "pack_sha256")}
    if not all(isinstance(value, str) and value for value in pack.values()):
        raise ValueError("does not name its pack (pack_id and pack_sha256)")
    if not isinstance(found.get("decisions"), list):
        raise ValueError("holds no list of decisions")
    return {key: str(value) for key, value in pack.items()}, found["decisions"]


def _decision(row: Mapping[str, Any]) -> tuple[Decision | None, str]:
    """A decision, or what is wrong with it: the first field and the kind of fault, never its content."""
    if not row:
        return None, "is no record, or is about another pack than its file"
    try:
        return Decision.model_validate(row), ""
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in fault["loc"] if part in Decision.model_fields)
        message = fault["msg"].removeprefix("Value error, ")
        return None, f"is not valid: {where or 'an unknown or missing field'} ({message})"


class _TwinKeyError(ValueError):
    """A JSON object names a field twice."""


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _TwinKeyError
    return found
