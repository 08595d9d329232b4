"""What the flow tests share: a small world of nine forces, made once for all workers.

Not here: how its files are read (world_reading), the night that all tests share (tests/conftest).
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from synthetic_world.make import make
from tests.flow.world_reading import NINE


@pytest.fixture(scope="session")
def nine(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """A world to look at, not to touch."""

    def made(folder: Path) -> None:
        assert make(folder, NINE)["rows"] > 10_000

    return once("world-ci9", made)
