"""The demo inputs of a bare clone: fictional deliveries, made once under OUT/world and the same on every machine.

Not here: how the world is made (synthetic_world/).
"""

import shutil
from pathlib import Path
from typing import Any

from orchestration.settings import SettingsError

SCALES = {"ci": 0.1, "demo": 1.0}
LATER = ("ci9", "nine", "national")


def _size(scale: str) -> float:
    if scale in LATER:
        raise SettingsError(
            f"The scale {scale} needs the nine-force world, which arrives with a later issue; use demo or ci."
        )
    if scale not in SCALES:
        raise SettingsError(f"The scale must be one of {', '.join((*SCALES, *LATER))}, not '{scale}'.")
    return SCALES[scale]


def write_world(out: Path, scale: str, seed: int | None = None, years: int = 2) -> dict[str, Any]:
    """Write out/landing and out/truth, replacing what stood there; returns rows and files."""
    from synthetic_world.street import DEFAULT_SEED, make_street_landing
    from synthetic_world.street_truth import write_truth

    size = _size(scale)
    shutil.rmtree(out / "landing", ignore_errors=True)
    (out / "landing").mkdir(parents=True)
    chosen = DEFAULT_SEED if seed is None else seed
    truth = make_street_landing(out / "landing", seed=chosen, months=12 * years, scale=size)
    write_truth(truth, out / "truth" / "street_crime.json")
    return {"scale": scale, "seed": chosen, "years": years, "rows": truth.rows, "files": len(truth.files)}


def demo_landing(out: Path, scale: str) -> Path:
    """The landing folder of a scale, made unless it is there whole: its answer book is written last."""
    _size(scale)
    home = out / "world" / scale
    if not (home / "truth" / "street_crime.json").is_file():
        write_world(home, scale)
    return home / "landing"
