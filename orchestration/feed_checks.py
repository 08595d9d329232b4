"""One check for every feed of every force: is its newest delivery used, and fresh enough? One that is not shows red.

Beside it one for every feed: does Great Expectations find a rule broken for which SQL should have refused the row?

A red check stops nothing: the night goes on with what came before, and the pack says so. Not here: how a feed fares
(onboarding/board), checks on all deliveries together (checks).
"""

from collections.abc import Iterator

import dagster as dg

from data_contracts.registry import HERE
from orchestration.night import Night
from orchestration.onboarding.board import BoardRow, Slot, make_board
from orchestration.steps.land import manifest_of
from orchestration.steps.validate import Validation


def written_slots() -> list[Slot]:
    """Every force and feed that has a contract, by the names of the files: the graph is drawn without reading them."""
    paths = (HERE / "forces").glob("*/*.odcs.yaml")
    return sorted({(path.parent.name, path.name.split(".")[0].partition("-")[0]) for path in paths})


def _spec(slot: Slot) -> dg.AssetCheckSpec:
    force, feed = slot
    return dg.AssetCheckSpec(
        f"{force.replace('-', '_')}_is_fit", asset=dg.AssetKey(["land", feed]),
        description=f"The newest delivery of {feed} by {force} is used, and it is not too old.",
    )  # fmt: skip


SLOTS = written_slots()


@dg.multi_asset_check(name="feeds_are_fit", specs=[_spec(slot) for slot in SLOTS])
def feeds_are_fit(night: dg.ResourceParam[Night]) -> Iterator[dg.AssetCheckResult]:
    """A result for every feed; one that never sent anything here is awaited, which is no fault."""
    rows = make_board(night.registry, manifest_of(night).rows, night.as_of)
    board = {(row.force, row.feed): row for row in rows}
    results = {slot: _result(slot, board.get(slot)) for slot in SLOTS}
    night.record(feed_checks={"/".join(slot): result.passed for slot, result in results.items()})
    yield from results.values()


def _result(slot: Slot, row: BoardRow | None) -> dg.AssetCheckResult:
    spec = _spec(slot)
    told = row.as_json() if row else {"state": "unknown"}
    return dg.AssetCheckResult(
        passed=row is None or row.is_fit, asset_key=spec.asset_key, check_name=spec.name,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={name: value for name, value in told.items() if value not in (None, "")},
    )  # fmt: skip


FEEDS = sorted({feed for _, feed in SLOTS})


@dg.multi_asset_check(
    name="expectations_hold",
    specs=[
        dg.AssetCheckSpec(
            "expectations_hold", asset=dg.AssetKey(["land", feed]),
            description="A batch of what each force last delivered breaks no rule for which rows are refused.",
        )
        for feed in FEEDS
    ],
)  # fmt: skip
def expectations_hold(night: dg.ResourceParam[Night]) -> Iterator[dg.AssetCheckResult]:
    """What landing found; counts only."""
    found = [Validation.from_json(raw) for raw in night.facts.get("validations", ())]
    for feed in FEEDS:
        own = [one for one in found if one.feed == feed]
        broken = [one.as_json() for one in own if one.failures]
        yield dg.AssetCheckResult(
            passed=all(one.agrees for one in own), asset_key=dg.AssetKey(["land", feed]),
            check_name="expectations_hold", severity=dg.AssetCheckSeverity.ERROR,
            metadata={"batches": len(own), "rows": sum(one.n_rows for one in own),
                      "broken": dg.MetadataValue.json(broken)},
        )  # fmt: skip
