"""Makes a whole world in a folder: landing/ with every force's files, truth/ with the answer book.

It is made in a hidden folder beside the one asked for and renamed when all of it is there, so an interrupted run leaves
nothing that looks whole. Forces are made apart from each other, on as many cores as there are. Not here: one force
(force_files), later nights (nights), the card (card).
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from synthetic_world import truth
from synthetic_world.card import make_card, write_card
from synthetic_world.crew import make_forces
from synthetic_world.knobs import Tasking
from synthetic_world.model import World
from synthetic_world.population.atlas import WorldError, make_world, scales
from synthetic_world.rates import Knobs, turned
from synthetic_world.records.force_files import Made, day_of
from synthetic_world.street.street import make_street_landing
from synthetic_world.street.street_places import LAYOUTS
from synthetic_world.street.street_truth import write_truth

Say = Callable[[str], None]
SETTINGS: Final = "world.json"
VERSION: Final = 2  # of what is made; a world of another version is not continued
BYTES: Final = (
    260  # on disk for each resident and year of history: measured at `nine`, with a quarter to spare
)
STREET_MONTHS: Final = 24  # of street-level crime, however long the history of the forces' own feeds
STREET_SMALL: Final = {"ci": 0.1, "ci9": 0.1}  # share of the usual street-level rows


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for."""

    scale: str
    seed: int
    years: float = 5
    forces: tuple[str, ...] | None = None  # None: all of the scale
    processes: int | None = None  # None: as many as there are cores
    interactions: str = "usual"  # usual | high
    knobs: Knobs = ()  # rates turned by hand (knobs.read_knobs)
    tasking: Tasking = ()  # who was tasked when (knobs.read_tasking)
    is_book_only: bool = False  # the answer book and the card, and no file of any force: for judging worlds


def make(out: Path, order: Order, say: Say = lambda line: None) -> dict[str, Any]:
    """Make the world and its card. Raises WorldError, one sentence, for what cannot be done."""
    world = world_of(order)
    check_folder(out)
    check_disk(out, world)
    with hidden(out) as folder, turned(world.knobs):
        made = [
            _said(one, number, world, say)
            for number, one in enumerate(
                make_forces(world, folder, order.processes, is_book_only=order.is_book_only), start=1
            )
        ]
        made.sort(key=lambda one: world.asked.index(one.force_code))
        rows, files = _street(world, order, folder, say)
        (folder / truth.FOLDER).mkdir(exist_ok=True)
        _write_settings(folder / truth.FOLDER, world, order)
        say("card: counting what the world has become")
        card = make_card(folder, world, made, rows)
        write_card(folder, card)
    paths = {one.path for force in made for one in force.sent}
    return {
        "scale": order.scale,
        "seed": order.seed,
        "years": order.years,
        "forces": list(world.asked),
        "rows": rows + sum(one.rows for force in made for one in force.sent),
        "files": files + len(paths),
        "gates": {gate["name"]: gate["is_passed"] for gate in card["gates"]},
    }


def world_of(order: Order) -> World:
    """What was asked for, checked. Raises WorldError."""
    return make_world(
        order.scale, order.seed, order.years, order.forces, order.interactions, order.knobs, order.tasking
    )


def check_folder(out: Path) -> None:
    """Refuse a place that holds something."""
    if out.is_dir():
        if any(out.iterdir()):
            raise WorldError(f"The folder {out} is not empty; name a new one, or empty it yourself.")
    elif out.exists() or out.is_symlink():
        raise WorldError(f"{out} is a file; name a folder that is new or empty.")


def check_disk(out: Path, world: World) -> None:
    """Refuse before starting where the world would not fit."""
    needed = bytes_needed(world)
    place = out.absolute()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if free < needed:
        raise WorldError(
            f"The world needs about {needed / 1e9:,.1f} GB and {place} has {free / 1e9:,.1f} GB free; "
            "make room, or choose a smaller scale or fewer years."
        )


def bytes_needed(world: World) -> int:
    """Room on disk that a world takes, and a little more."""
    residents = sum(force.population for force in world.atlas if force.force_code in world.asked)
    return int(residents * world.years * BYTES) + 50_000_000


@contextmanager
def hidden(out: Path) -> Iterator[Path]:
    """A folder beside `out` that takes its name if nothing goes wrong, and is gone if something does."""
    try:
        out.absolute().parent.mkdir(parents=True, exist_ok=True)
        for left in out.absolute().parent.glob(f".{out.name}.being-made-*"):
            if not _is_alive(left.name.rpartition("-")[2]):
                shutil.rmtree(left, ignore_errors=True)
        folder = out.absolute().parent / f".{out.name}.being-made-{os.getpid()}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    except OSError as problem:
        raise WorldError(f"{out.parent} cannot be written to ({problem.strerror}).") from None
    try:
        yield folder
        folder.replace(out)
    except OSError as problem:
        raise WorldError(f"The world could not be written ({problem.strerror}): {out}.") from problem
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (ValueError, OSError):
        return True
    return True


def _said(made: Made, number: int, world: World, say: Say) -> Made:
    rows, files = sum(one.rows for one in made.sent), len({one.path for one in made.sent})
    say(f"{made.force_code}: {rows:,} rows in {files:,} files ({number} of {len(world.asked)} forces)")
    return made


def _street(world: World, order: Order, folder: Path, say: Say) -> tuple[int, int]:
    """The street-level open data of the forces that have any: rows and files."""
    forces = [] if order.is_book_only else [code for code in world.asked if code in LAYOUTS]
    landing = folder / "landing"
    landing.mkdir(exist_ok=True)
    if not forces:
        return 0, 0
    months = min(STREET_MONTHS, int(12 * order.years))
    end = day_of(world.end).strftime("%Y-%m")
    share = STREET_SMALL.get(order.scale, 1.0)
    made = make_street_landing(landing, seed=order.seed, months=months, end=end, scale=share, forces=forces)
    (folder / truth.FOLDER).mkdir(exist_ok=True)
    write_truth(made, folder / truth.FOLDER / "street_crime.json")
    say(f"street-level crime: {made.rows:,} rows in {len(made.files):,} files")
    return made.rows, len(made.files)


def _write_settings(folder: Path, world: World, order: Order) -> None:
    """What later nights need to know."""
    said = {
        "version": VERSION,
        "scale": order.scale,
        "seed": order.seed,
        "years": order.years,
        "forces": list(world.asked),
        "last_day": day_of(world.end).isoformat(),
        "horizon": day_of(world.horizon).isoformat(),
        "interactions": order.interactions,
        "knobs": order.knobs,
        "n_tasked": len(order.tasking),
    }
    (folder / SETTINGS).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


def is_whole(out: Path) -> bool:
    """Whether a world of this version stands there, complete."""
    try:
        said = json.loads((out / truth.FOLDER / SETTINGS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(said.get("version") == VERSION) and (out / "landing").is_dir()


def known_scales() -> Sequence[str]:
    """The sizes of world there are."""
    return tuple(scales())
