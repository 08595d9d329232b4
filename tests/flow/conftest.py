"""What only the flow tests share: a small world of nine forces, made once for all workers, and a trained head.

Not here: how its files are read (world_reading), the night that all tests share (tests/conftest).
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from synthetic_world.make import make as make_world
from tests.flow.score_made import Made, make
from tests.flow.world_reading import NINE


@pytest.fixture(scope="session")
def nine(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """A world to look at, not to touch."""

    def made(folder: Path) -> None:
        assert make_world(folder, NINE)["rows"] > 10_000

    return once("world-ci9", made)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A head trained on a small world. Tests that use it carry the group score-head, so that it is trained once."""
    return make(tmp_path_factory.mktemp("bundles") / "vawg_suspect-1")
