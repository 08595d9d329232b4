"""What Great Expectations found, kept from night to night: rows that landed do not change, so the same code need not
ask again. What another state of the code found is dropped. Not here: asking (validate, sample).
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from governance import durable


class Findings:
    """A folder of findings, one JSON file each."""

    def __init__(self, kept: Path, code: str) -> None:
        """kept: the folder of all states of the code; code: hash of the code that judges."""
        self._folder = kept / code[:16]
        for old in kept.glob("*"):
            if old != self._folder:
                shutil.rmtree(old, ignore_errors=True)
        self._folder.mkdir(parents=True, exist_ok=True)

    def of(self, name: str, ask: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What was found under a name; asked for where nothing was, or where it cannot be read."""
        path = self._folder / f"{name}.json"
        try:
            kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            kept = ask()
            durable.replace(path, durable.canonical(kept))
        return kept
