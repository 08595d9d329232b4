"""JSON Lines samples: the objects themselves, and each list of objects within them, as candidates for the feed's rows.

Paths are written as landing reads them: dots lead into objects, `^.` leads from the line. Not here: choosing among
candidates (samples), landing (landing/json_lines).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from data_contracts.drafting.sample import Doubt, DraftError, FileShape, Sample
from orchestration.onboarding.sample_columns import columns_of_records
from orchestration.onboarding.sample_kind import Text

MOST_DEEP = 8
Record = dict[str, str]


def read_json_lines(name: str, text: Text) -> list[Sample]:
    """A sample for the lines, and one for each list of objects within them."""
    if text.encoding != "utf-8":
        raise DraftError(f"{name} is JSON that is not written in UTF-8; ask for UTF-8")
    if text.text.lstrip().startswith("["):
        raise DraftError(f"{name} is one JSON list; ask for one object on each line")
    lines, bad = _lines(text.text)
    if not lines:
        raise DraftError(f"{name} holds no line that is one JSON object; ask for one object on each line")
    doubts = (Doubt("records", f"{bad:,} lines are no JSON object; they would be refused"),) if bad else ()
    found: dict[str, list[Record]] = {
        "": [],
        **{path: [] for path in dict.fromkeys(p for line in lines for p in _lists(line))},
    }
    for line in lines:
        own = dict(_values(line))
        found[""].append(own)
        for path in (path for path in found if path):
            found[path] += [
                {**dict(_values(item)), **{f"^.{k}": v for k, v in own.items()}}
                for item in _list_at(line, path)
            ]
    return [
        Sample(name, FileShape("jsonl", records=path), columns_of_records(records), len(records), doubts)
        for path, records in found.items()
        if records
    ]


def _lines(text: str) -> tuple[list[dict[str, Any]], int]:
    """The objects, and how many lines are none. Numbers stay as they are written."""
    found, bad = [], 0
    for line in text.split("\n"):
        if line.strip():
            try:
                value = json.loads(line, parse_int=str, parse_float=str)
            except (ValueError, RecursionError):
                value = None
            if isinstance(value, dict):
                found.append(value)
            else:
                bad += 1
    return found, bad


def _values(item: Mapping[str, Any], before: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Path and text of every plain value; a list of plain values is one text."""
    for key, value in item.items():
        if isinstance(value, dict):
            if depth < MOST_DEEP:
                yield from _values(value, f"{before}{key}.", depth + 1)
        elif isinstance(value, list):
            if not any(isinstance(one, dict | list) for one in value):
                yield before + key, "; ".join(_text(one) for one in value if one is not None)
        else:
            yield before + key, _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _lists(item: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """Paths of the lists of objects."""
    for key, value in item.items():
        if isinstance(value, dict) and before.count(".") < MOST_DEEP:
            yield from _lists(value, f"{before}{key}.")
        elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            yield before + key


def _list_at(item: Any, path: str) -> list[dict[str, Any]]:
    for key in path.split("."):
        item = item.get(key) if isinstance(item, dict) else None
    return [one for one in item if isinstance(one, dict)] if isinstance(item, list) else []
