"""A small force with contracts for two feeds: `sample` has a column of every type, `sample_party` are people in one.

Not here: its files and landing them (conftest).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from data_contracts.registry import Registry

Row = Mapping[str, Any]
FIELDS = {  # canonical field: type, required, codes
    "sample": {
        "text": ("string", True, ()), "grade": ("string", False, ("1", "2", "3")), "seen_date": ("date", False, ()),
        "is_sure": ("boolean", False, ()), "n_people": ("integer", False, ()), "distance_km": ("number", False, ()),
    },
    "sample_party": {
        "sample_ref": ("string", True, ()), "surname": ("string", True, ()),
        "role": ("string", False, ("victim", "suspect")),
    },
}  # fmt: skip
CSV = {"delimiter": ",", "quote": '"', "escape": '"', "encoding": "utf-8", "hasHeader": True}
NAMES = {  # how the force writes what it knows
    "source_record_id": "Ref", "recorded_at": "Logged", "op": "Action", "text": "Text", "grade": "Grade",
    "seen_date": "Seen", "is_sure": "Sure", "n_people": "People", "distance_km": "Km",
}  # fmt: skip
GOOD = {
    "Ref": "S/1", "Logged": "01/10/2026 09:30:00", "Action": "", "Text": "Seen at O’Néill’s", "Grade": "2",
    "Seen": "30/09/2026", "Sure": "Y", "People": "3", "Km": "1.5", "synthetic": "true",
}  # fmt: skip
FORMATS = {"recorded_at": "dd/MM/yyyy HH:mm:ss", "seen_date": "dd/MM/yyyy"}
OPS = [{"property": "codeMap", "value": {"D": "delete", "M": "merge"}}]


def _document(feed: str, force: str, schema: Mapping[str, Any], custom: Mapping[str, Any]) -> str:
    head = {
        "apiVersion": "v3.2.0", "kind": "DataContract", "id": f"{force}-{feed}" if force else feed, "name": feed,
        "version": "1.0.0", "status": "active", "domain": "policing",
        "description": {"purpose": "Tests.", "usage": "Tests.", "limitations": "None."}, "schema": [schema],
    }  # fmt: skip
    if force:
        head["slaProperties"] = [
            {"property": "freshness", "value": 3, "unit": "d", "element": f"{feed}.recorded_at"}
        ]
        head["customProperties"] = [{"property": k, "value": v} for k, v in custom.items()]
    return yaml.safe_dump(head, sort_keys=False, allow_unicode=True)


def _canonical(feed: str) -> str:
    properties = []
    for name, (kind, required, codes) in FIELDS[feed].items():
        said = {"unit": "none", "source": "tests", "retentionGroup": "mopi_3", "isFeatureAllowed": False}
        field = {
            "name": name, "logicalType": kind, "required": required, "description": f"{name} of a {feed}.",
            "classification": "official", "customProperties": [{"property": k, "value": v} for k, v in said.items()],
        }  # fmt: skip
        if codes:
            field["enum"] = [{"value": code} for code in codes]
        properties.append(field)
    return _document(feed, "", {"name": feed, "logicalType": "object", "properties": properties}, {})


def column(name: str, physical: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    """A property of a contract."""
    made: dict[str, Any] = {"name": name, "physicalName": physical, "logicalType": kind}
    if kind in ("date", "timestamp"):
        made["logicalTypeOptions"] = {"format": more.pop("format", FORMATS.get(name, "dd/MM/yyyy HH:mm:ss"))}
    return {**made, **more}


def sample_columns(names: Mapping[str, str] = NAMES, **formats: str) -> list[dict[str, Any]]:
    """The columns of feed `sample`, headings from `names`; formats by field."""
    kinds = {name: kind for name, (kind, _, _) in FIELDS["sample"].items()}
    kinds |= {"source_record_id": "string", "recorded_at": "timestamp", "op": "string"}
    made = []
    for name, physical in names.items():
        more: dict[str, Any] = {"format": formats[name]} if name in formats else {}
        if name in ("source_record_id", "recorded_at", "text"):
            more["required"] = True
        if name == "op":
            more["customProperties"] = OPS
        if name == "grade":
            more["customProperties"] = [{"property": "unmapped", "value": "note"}]
        made.append(column(name, physical, kinds[name], **more))
    ignored = [{"property": "isIgnored", "value": True}]
    return [*made, column("ignored_1", "synthetic", customProperties=ignored)]


def party_columns(key: str, parent: str, logged: str, surname: str, **more: Any) -> list[dict[str, Any]]:
    """The columns of feed `sample_party`."""
    return [
        column("source_record_id", key, required=True), column("sample_ref", parent, required=True),
        column("recorded_at", logged, "timestamp", required=True, **more), column("surname", surname, required=True),
    ]  # fmt: skip


@dataclass
class Shire:
    """A registry of one force, testshire, and a landing folder."""

    root: Path
    landing: Path

    def contract(
        self, files: Sequence[Row], columns: Sequence[Row] | None = None, feed: str = "sample", name: str = "",
        floor: int = 0, ceiling: int = 100_000, **custom: Any,
    ) -> None:  # fmt: skip
        """Write a contract of testshire."""
        limits = [
            {
                "name": "ROWS_TOO_FEW",
                "metric": "rowCount",
                "mustBeGreaterOrEqualTo": floor,
                "description": "so few",
            },
            {
                "name": "ROWS_TOO_MANY",
                "metric": "rowCount",
                "mustBeLessOrEqualTo": ceiling,
                "description": "so many",
            },
        ]
        schema = {
            "name": feed, "logicalType": "object", "physicalType": "file", "quality": limits,
            "properties": list(columns or sample_columns()),
        }  # fmt: skip
        said = {"canonical": f"{feed}/1.0.0", "retentionGroup": "mopi_3", "files": list(files), **custom}
        path = self.root / "forces" / "testshire" / f"{name or feed}.odcs.yaml"
        path.write_text(_document(feed, "testshire", schema, said), encoding="utf-8")

    def registry(self) -> Registry:
        return Registry.load(self.root)

    def put(self, name: str, content: bytes) -> Path:
        """Write a file at testshire/<name> in the landing folder."""
        path = self.landing / "testshire" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path


def make_shire(home: Path) -> Shire:
    """Testshire without contracts for its feeds."""
    root = home / "contracts"
    for folder in ("canonical", "forces/testshire"):
        (root / folder).mkdir(parents=True)
    for feed in FIELDS:
        (root / "canonical" / f"{feed}.odcs.yaml").write_text(_canonical(feed), encoding="utf-8")
    declared = [{"feed": feed, "title": feed, "held": f"{feed} is not held."} for feed in FIELDS]
    (root / "canonical" / "feeds.yml").write_text(yaml.safe_dump({"feeds": declared}))
    defaults = {
        "system": "tests", "timezone": "Europe/London", "identity": ["source_record_id"], "handling": "P",
        "times": {"knownAt": "delivery_as_of"}, "isBackfill": False, "sensitivity": "none", "nullWords": ["N/K"],
        "volume": {"low": 0.3, "high": 3, "window": 56, "action": "note"},
    }  # fmt: skip
    force = {"force_code": "testshire", "name": "Testshire Police", "fictional": True, "defaults": defaults}
    (root / "forces/testshire/force.yaml").write_text(yaml.safe_dump(force, sort_keys=False))
    landing = home / "landing"
    landing.mkdir()
    return Shire(root, landing)
