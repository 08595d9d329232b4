"""What a linkage is done with, frozen. Not here: how it is learned (learn.py), how it is kept (model.py)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conflation.cluster import Terms


@dataclass(frozen=True)
class Artefacts:
    """Splink's settings, the caps of the guards, the terms of joining; columns whose rarity is still to be laid on."""

    settings: dict[str, Any]
    caps: Mapping[str, float]
    terms: Terms
    rarities: tuple[str, ...] = ()
