"""One more delivery day of a world that was made before, with or without damage done to its files.

A night is the next stretch of each force's journal, which was kept when the world was made. Not here: which stretch
(deliveries), the damage (faults).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from synthetic_world import truth
from synthetic_world.faults import faults
from synthetic_world.make import SETTINGS, VERSION
from synthetic_world.population.atlas import WorldError, make_world
from synthetic_world.records.force_files import later_nights
from synthetic_world.records.sender import Sent


@dataclass(frozen=True, slots=True)
class Settings:
    """What is known of a world that was made before."""

    path: Path
    said: dict[str, Any]

    @classmethod
    def of(cls, out: Path) -> "Settings":
        """Read them. Raises WorldError for a folder that holds no whole world."""
        path = out / truth.FOLDER / SETTINGS
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            date.fromisoformat(said["last_day"])
            if said["version"] != VERSION:
                raise WorldError(f"{out} was made by another version; make the world again.")
        except (OSError, ValueError, KeyError, TypeError):
            raise WorldError(f"{out} holds no whole world; make one there with `world make`.") from None
        return cls(path, said)

    @property
    def last_day(self) -> date:
        """The last day that was delivered."""
        return date.fromisoformat(self.said["last_day"])

    @property
    def horizon(self) -> date:
        """The last day there is anything to deliver of."""
        return date.fromisoformat(self.said["horizon"])

    def delivered(self, day: date) -> None:
        """Remember that the world has come so far."""
        said = self.said | {"last_day": day.isoformat()}
        temporary = self.path.with_suffix(".new")
        temporary.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
        temporary.replace(self.path)


def night(
    out: Path,
    day: date | None = None,
    plan: Path | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> dict[str, Any]:
    """Deliver up to and including `day` (None: one more day). Raises WorldError for what cannot be done."""
    settings = Settings.of(out)
    wanted = day or settings.last_day + timedelta(days=1)
    if wanted <= settings.last_day:
        raise WorldError(f"The world has been delivered up to {settings.last_day}; ask for a later day.")
    if wanted > settings.horizon:
        raise WorldError(f"The world ends on {settings.horizon}; make one with a later end to go on.")
    planned = faults.read_plan(plan) if plan else ()
    said = settings.said
    world = make_world(said["scale"], said["seed"], said["years"], tuple(said["forces"]))
    sent: list[Sent] = []
    for code in world.asked:
        sent += later_nights(world, code, out, settings.last_day + timedelta(days=1), wanted)
        say(f"{code}: {len(sent):,} feeds written so far")
    damage = faults.inject(out, sent, planned, world.seed)
    settings.delivered(wanted)
    paths = {one.path for one in sent}
    return {
        "day": wanted.isoformat(),
        "rows": sum(one.rows for one in sent),
        "files": sorted(paths),
        "faults": [one.said() for one in damage],
    }
