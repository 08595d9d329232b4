"""The feed `release/1`: that a delivery which was held or degraded is used after all, as a person decided.

Here: the schema, reading a folder of such files, adding one. The latest word about a delivery stands. Not here: what is
held and why (orchestration/landing), the command and its audit line (orchestration/feed_release).

A file is {"schema": "release/1", "delivery_id", "decision", "reason", "by", "decided_at"}. Sentences name files and
fields, never what was written in them.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from governance import durable

SCHEMA: Final = "release/1"
MAX_BYTES: Final = 65_536
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]


class FeedRelease(BaseModel):
    """One word of one person about one delivery: release it, or hold it again."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    schema_: Literal["release/1"] = Field(alias="schema")
    delivery_id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    decision: Literal["release", "hold"]
    reason: Words
    by: Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
    decided_at: AwareDatetime


@dataclass(frozen=True, slots=True)
class Releases:
    """What people said of deliveries. standing: their last word about each; refusals: files not taken, and why."""

    standing: tuple[FeedRelease, ...]
    refusals: tuple[str, ...]

    @property
    def released(self) -> frozenset[str]:
        """The deliveries that are used though they were set aside."""
        return frozenset(r.delivery_id for r in self.standing if r.decision == "release")


def read_feed_releases(folder: Path) -> Releases:
    """Every *.json in the folder, each judged; nothing where there is no folder."""
    standing: dict[str, FeedRelease] = {}
    refusals: list[str] = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        try:
            found = _read(path)
        except ValueError as error:
            refusals.append(f"{path.name} {error}.")
            continue
        before = standing.get(found.delivery_id)
        if before is None or (before.decided_at, before.by) <= (found.decided_at, found.by):
            standing[found.delivery_id] = found
    return Releases(tuple(standing[name] for name in sorted(standing)), tuple(refusals))


def _read(path: Path) -> FeedRelease:
    """One file; ValueError with the end of a sentence where it fails."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
        raise ValueError(f"is not a plain file of at most {MAX_BYTES:,} bytes")
    try:
        return FeedRelease.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ValueError(f"cannot be read ({error.strerror})") from None
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in fault["loc"]) or "the file"
        raise ValueError(f"is no release: {where} ({fault['msg']})") from None


def add_feed_release(folder: Path, said: FeedRelease) -> Path:
    """Keep a release under the name of its content, durably; the same again changes nothing."""
    content = durable.canonical(said.model_dump(mode="json", by_alias=True)) + b"\n"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{said.delivery_id}-{hashlib.sha256(content).hexdigest()[:8]}.json"
    durable.replace(path, content)
    return path
