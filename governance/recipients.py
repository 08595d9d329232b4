"""Who may receive a restricted pack: a list by force, kept by people. A force that is not on it gets no such pack.

Here: reading the list. Not here: which profiles are restricted (profiles/definitions), who may see which record
(sharing.py).
"""

from functools import cache
from pathlib import Path
from typing import Final

import yaml

HERE: Final = Path(__file__).parent


@cache
def _told(path: Path) -> dict[str, dict[str, list[str]]]:
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}


def recipients(profile: str, force_code: str, path: Path = HERE / "recipients.yml") -> tuple[str, ...]:
    """Roles that may receive a force's pack of a restricted profile; none where nobody has been named."""
    return tuple(_told(path).get(profile, {}).get(force_code, ()))
