"""The gates that only a whole world can be held against: files, nominals and the answer book of three forces together.

Two fixed seeds; random ones belong to the benchmarks. Not here: gates of people, crimes and risks alone (test_world_*).
"""

import json
from pathlib import Path
from typing import Any

import pytest

from synthetic_world.card import in_words
from synthetic_world.card_gates import GATES
from synthetic_world.make import Order, make


@pytest.fixture(scope="module", params=[1, 20261101])
def card(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = Path(tmp_path_factory.mktemp("gates")) / "world"
    make(out, Order("ci", request.param, 5, processes=1))
    return dict(json.loads((out / "truth" / "card.json").read_text(encoding="utf-8")))


def test_every_gate_that_can_be_counted_is_passed(card: dict[str, Any]) -> None:
    assert [gate["name"] for gate in card["gates"]] == [gate.name for gate in GATES]
    assert [(one["name"], one["found"]) for one in card["gates"] if one["is_passed"] is False] == []
    assert sum(one["is_passed"] is True for one in card["gates"]) >= len(GATES) - 1


def test_the_card_can_be_read(card: dict[str, Any]) -> None:
    words = in_words(card)
    assert (
        "northmoor" in words
        and "F1 of linking by exact name and birthday" in words
        and "OUTSIDE" not in words
    )
