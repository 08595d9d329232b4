"""What a run is told: environment and command line become one frozen Settings. The only reader of os.environ.

Not here: where files lie under OUT (layout), what a run does with them (night).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

DEMO = "demo"  # the scale of the demo world where nothing is said
REPOSITORY = Path(__file__).resolve().parents[1]

# Every package that would call home is told not to, in the file that starts it, not by advice.
SILENCE = {
    "DO_NOT_TRACK": "1",
    "DAGSTER_DISABLE_TELEMETRY": "yes",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "GX_ANALYTICS_ENABLED": "false",
}


class SettingsError(Exception):
    """A setting is wrong: one sentence saying which, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a night may be told.

    landing: folder or zip of deliveries; None means the built-in demo world.
    out: where packs, runs and the warehouse are written.  as_of: exclusive upper bound of knowledge (local day);
    None means the day after the newest delivery.  scale: size of the demo world; with a landing place as well, that
    place and the demo world run side by side. None means not said.
    """

    out: Path
    landing: Path | None = None
    as_of: date | None = None
    scale: str | None = None
    threads: int = 2
    memory_limit: str = "4GB"
    is_quiet: bool = False

    def told(self, **changes: object) -> "Settings":
        """These settings with some replaced; None means "not said" and changes nothing."""
        return replace(self, **{k: v for k, v in changes.items() if v is not None})  # type: ignore[arg-type]


def parse_day(text: str, what: str) -> date:
    """A day written YYYY-MM-DD; SettingsError otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingsError(f"{what} must be a day written YYYY-MM-DD, not '{text}'.") from None


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from FORCE_PROFILES_{OUT,LANDING,AS_OF,SCALE,THREADS,MEMORY}; unset ones take their default."""
    env = os.environ if environ is None else environ

    def read(name: str) -> str:
        return env.get(f"FORCE_PROFILES_{name}", "").strip()

    threads = read("THREADS") or str(min(4, os.cpu_count() or 1))
    if not threads.isdigit() or int(threads) < 1:
        raise SettingsError(f"FORCE_PROFILES_THREADS must be a whole number above 0, not '{threads}'.")
    return Settings(
        out=Path(read("OUT") or "out"),
        landing=Path(read("LANDING")) if read("LANDING") else None,
        as_of=parse_day(read("AS_OF"), "FORCE_PROFILES_AS_OF") if read("AS_OF") else None,
        scale=read("SCALE") or None,
        threads=int(threads),
        memory_limit=read("MEMORY") or "4GB",
    )


def silence_telemetry() -> None:
    """Switch off the usage reports of dagster, dbt and great_expectations for this process and its children."""
    os.environ.update(SILENCE)
