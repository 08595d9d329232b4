"""The demo inputs of a bare clone: fictional deliveries, made once under OUT/world and the same on every machine.

Not here: how the world is made (synthetic_world/), the commands that make others (cli_world).
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.settings import SettingsError

YEARS = 5.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What a world may be asked beyond its size: files of knobs and of tasking, and whether effects interact."""

    knobs: Path | None = None
    tasking: Path | None = None
    interactions: str = "usual"


def write_world(
    out: Path,
    scale: str,
    seed: int | None = None,
    years: float = YEARS,
    say: Callable[[str], None] = lambda line: None,
    asked: Asked | None = None,
) -> dict[str, Any]:
    """Make a world in `out`, which must be new or empty; returns what it became. Raises SettingsError."""
    from data_contracts.model import ContractError
    from synthetic_world.knobs import read_knobs, read_tasking
    from synthetic_world.make import Order, make
    from synthetic_world.population.atlas import WorldError
    from synthetic_world.street.street import DEFAULT_SEED

    asked = asked or Asked()
    try:
        order = Order(
            scale,
            DEFAULT_SEED if seed is None else seed,
            years,
            interactions=asked.interactions,
            knobs=read_knobs(asked.knobs) if asked.knobs else (),
            tasking=read_tasking(asked.tasking) if asked.tasking else (),
        )
        return make(out, order, say)
    except (WorldError, ContractError) as error:
        raise SettingsError(str(error)) from None


def demo_landing(out: Path, scale: str, say: Callable[[str], None] = lambda line: None) -> Path:
    """The landing folder of a scale, made unless it is there whole. What an older version left is made anew."""
    from synthetic_world.make import is_whole, known_scales

    if scale not in known_scales():
        raise SettingsError(f"The scale must be one of {', '.join(known_scales())}, not '{scale}'.")
    home = out / "world" / scale
    if not is_whole(home):
        shutil.rmtree(home, ignore_errors=True)  # our own folder: nobody else writes below OUT/world
        write_world(home, scale, say=say)
    return home / "landing"
