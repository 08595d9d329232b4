"""What a force says of a file in a manifest beside it: its hash, size and rows, and which stretch of time it is from.

    crime_northmoor_20261101_delta.csv
    crime_northmoor_20261101_delta.csv.manifest.json     or  crime_northmoor_20261101_delta.manifest.json

A manifest is optional; what it says is held against the file. Not here: the deliveries of a night (manifest), which of
them replays an old extract (standing).
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

SUFFIX = ".manifest.json"
MOST_BYTES = 65_536
MODES = ("full", "delta", "history", "correction")  # a correction comes as a delta
_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]{5,15}(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?")
_SHA256 = re.compile("[0-9a-f]{64}")
_TEXTS = ("sha256", "mode", "extract_from", "extract_to", "schema_version")


class BadManifest(Exception):  # noqa: N818 - the name says what is the case
    """A manifest that cannot be read; the message tells of it as "its manifest"."""


@dataclass(frozen=True, slots=True)
class SentManifest:
    """What the sender says; empty or None where it says nothing. Times are ISO 8601 in UTC.

    digest: SHA-256 of the manifest itself.
    """

    digest: str
    sha256: str = ""
    bytes: int | None = None
    rows: int | None = None
    mode: str = ""
    extract_from: str = ""
    extract_to: str = ""
    schema_version: str = ""


@dataclass(frozen=True, slots=True)
class ManifestPath:
    """A file that is a manifest: which path, with or without the last suffix, it speaks of."""

    described: str

    @classmethod
    def of(cls, path: PurePosixPath) -> "ManifestPath | None":
        """The manifest at a path, or None where the path names none."""
        return cls(str(path).removesuffix(SUFFIX)) if path.name.endswith(SUFFIX) else None


def read_sent_manifest(path: Path) -> SentManifest:
    """Read a manifest; BadManifest when it is none."""
    raw = path.read_bytes()[: MOST_BYTES + 1]
    if len(raw) > MOST_BYTES:
        raise BadManifest(f"its manifest is larger than {MOST_BYTES:,} bytes")
    try:
        said = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise BadManifest("its manifest is not one JSON object with each key once") from None
    if not isinstance(said, dict):
        raise BadManifest("its manifest is not one JSON object with each key once")
    texts = {name: _text(said, name) for name in _TEXTS}
    return SentManifest(
        sha256(raw).hexdigest(), **texts, bytes=_count(said, "bytes"), rows=_count(said, "rows")
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    if value is None:
        return ""
    text = value.strip() if isinstance(value, str) else ""
    if name == "sha256":
        text = text.lower() if _SHA256.fullmatch(text.lower()) else ""
    elif name == "mode":
        text = text if text in MODES else ""
    elif name.startswith("extract_"):
        text = _moment(text)
    if not text:
        raise BadManifest(f"its manifest says nothing that can be read as {name}")
    return text


def _moment(text: str) -> str:
    """A moment in UTC, one without a zone being taken for UTC; empty when it is none."""
    if not _MOMENT.fullmatch(text):
        return ""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC).isoformat()


def _count(said: dict[str, Any], name: str) -> int | None:
    value = said.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadManifest(f"its manifest says nothing that can be read as {name}")
    return value


def complaint_of(sent: SentManifest, content_sha256: str, size: int, mode: str) -> tuple[str, str] | None:
    """(code, sentence) where the file is not what its manifest says, before a row of it is read; None if it is."""
    if sent.bytes not in (None, size):
        return "MANIFEST_BYTES", f"it has {size:,} bytes and its manifest says {sent.bytes:,}; {_AGAIN}"
    if sent.sha256 not in ("", content_sha256):
        return "MANIFEST_HASH", f"its content is not that which its manifest names by its hash; {_AGAIN}"
    if sent.mode and mode != {"correction": "delta"}.get(sent.mode, sent.mode):
        return "MANIFEST_MODE", f"its name says {mode} and its manifest {sent.mode}; name it for what it is"
    return None


def rows_complaint(sent: SentManifest | None, rows: int) -> tuple[str, str] | None:
    """The same for the number of its rows."""
    if sent is None or sent.rows in (None, rows):
        return None
    return "MANIFEST_ROWS", f"it has {rows:,} rows and its manifest says {sent.rows:,}; {_AGAIN}"


_AGAIN = "it was cut short or changed on its way, so send both again"
