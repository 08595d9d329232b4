"""The asset graph: what `dagster dev` shows is what the command line runs, with owners and words on every node."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from data_contracts.registry import Registry
from orchestration.build import build_defs
from orchestration.ledger import Ledger
from orchestration.night import STAGES, Silent
from orchestration.settings import Settings
from orchestration.shift import run

pytestmark = pytest.mark.xdist_group("night")


@pytest.fixture(scope="module")
def defs(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    return build_defs(Settings(out=tmp_path_factory.mktemp("graph"), landing=Path("nowhere")))


@pytest.fixture(scope="module")
def nodes(defs: dg.Definitions) -> list[Any]:
    graph = defs.resolve_asset_graph()
    return [graph.get(key) for key in graph.materializable_asset_keys]


def names(keys: Any) -> set[str]:
    return {key.to_user_string() for key in keys}


def test_what_dagster_dev_loads_is_built_the_same_way() -> None:
    from orchestration.definitions import defs as loaded

    assert {job.name for job in loaded.jobs or ()} == {"nightly", "land_force", "retrain"}
    dg.Definitions.validate_loadable(loaded)


def test_groups_are_the_stages(nodes: list[Any]) -> None:
    assert {node.group_name for node in nodes} == {*STAGES, "train"}
    for node in nodes:
        assert node.key.path[0] == node.group_name


def test_every_asset_says_who_owns_it_what_it_is_and_of_what_kind(nodes: list[Any]) -> None:
    silent = [
        node.key.to_user_string()
        for node in nodes
        if not node.owners
        or not node.kinds
        or not node.description
        or node.description.startswith("dbt model ")
    ]
    assert silent == []


def test_stages_follow_each_other(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()

    def before(key: str) -> set[str]:
        start = dg.AssetKey(key.split("/"))
        found, waiting = set[dg.AssetKey](), [start]
        while waiting:
            parents = graph.get(waiting.pop()).parent_keys
            waiting += [p for p in parents if p not in found]
            found |= parents
        return {key.path[0] for key in found}

    assert before("land/street_crime") == set()
    assert before("stage/stg_street_crimes") >= {"land"}
    assert before("conflate/fct_street_crimes") >= {"land", "stage"}
    assert before("score/verdicts") >= {"land", "stage", "conflate"}
    assert before("profile/generation") == set(STAGES) - {"publish"}
    assert before("publish/packs") == set(STAGES) - {"publish"}


def test_jobs(defs: dg.Definitions, nodes: list[Any]) -> None:
    everything = {node.key.to_user_string() for node in nodes}
    trained = {name for name in everything if name.startswith("train/")}
    land = {name for name in everything if name.startswith("land/")}
    expected = {"nightly": everything - trained, "land_force": land, "retrain": trained}
    for name, keys in expected.items():
        layer = defs.resolve_job_def(name).asset_layer
        assert names(layer.executable_asset_keys) == keys, name


def test_the_schedule_runs_nightly_in_local_time_and_is_off_until_somebody_wants_it(
    defs: dg.Definitions,
) -> None:
    (schedule,) = defs.schedules or ()
    assert isinstance(schedule, dg.ScheduleDefinition)
    assert (schedule.job_name, schedule.cron_schedule, schedule.execution_timezone) == (
        "nightly", "30 2 * * *", "Europe/London",
    )  # fmt: skip
    assert schedule.default_status is dg.DefaultScheduleStatus.STOPPED


def checks(defs: dg.Definitions) -> Iterator[tuple[str, str]]:
    for key in defs.resolve_asset_graph().asset_check_keys:
        yield key.asset_key.to_user_string(), key.name


def test_checks_stand_next_to_their_assets(defs: dg.Definitions, nodes: list[Any]) -> None:
    found = set(checks(defs))
    assert {
        ("land/street_crime", "contract_expectations"),
        ("land/manifest", "rows_are_conserved"),
        ("land/manifest", "volumes_are_usual"),
        ("stage/stg_street_crimes", "street_crimes_have_their_times"),
        ("profile/prof_strategic__deliveries", "deliveries_conserve_rows_in"),
    } <= found
    checked = {asset for asset, _ in found}
    profile = {n.key.to_user_string() for n in nodes if n.group_name == "profile"} - {"profile/generation"}
    assert profile - checked - {"profile/prof_strategic__refusals"} == set()


def test_losing_rows_blocks_and_an_odd_volume_only_shouts(defs: dg.Definitions) -> None:
    graph = defs.resolve_asset_graph()

    def is_blocking(name: str) -> bool:
        return bool(graph.get_check_spec(dg.AssetCheckKey(dg.AssetKey(["land", "manifest"]), name)).blocking)

    assert is_blocking("rows_are_conserved")
    assert not is_blocking("volumes_are_usual")


def test_every_asset_of_the_nightly_job_was_made_by_the_command_line(
    whole_night: Any, nodes: list[Any]
) -> None:
    with duckdb.connect(str(whole_night.generation), read_only=True) as con:
        tables = {name for (name,) in con.sql("select table_name from information_schema.tables").fetchall()}
    dbt = {node.key.path[-1] for node in nodes if "dbt" in node.kinds}
    assert len(dbt) > 20
    assert tables == dbt  # and nothing else stands in the generation
    landed = Registry.load().canonicals.keys() - {"decision"}
    made = {
        "manifest",
        "decisions",
        "verdicts",
        "place_rates",
        "outcome_shares",
        "people_verdicts",
        "linkage",
        "generation",
        "packs",
        "people_scores",
        "people_reasons",
        "people_evidence",
        "people_movers",
        "people_lists",
        *landed,
    }
    assert {n.key.path[-1] for n in nodes if n.group_name != "train"} - dbt == made


def test_what_the_scheduler_starts_is_the_same_night(
    whole_night: Any, tiny: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dagster opens the night itself: the lease, the ledger and the generation are those of the command line."""
    monkeypatch.setattr("orchestration.assets.publish.publish", lambda night: [])
    defs = build_defs(Settings(out=tmp_path, landing=tiny.landing))
    with dg.DagsterInstance.ephemeral() as instance:
        result = defs.resolve_job_def("nightly").execute_in_process(instance=instance, raise_on_error=False)
    assert result.success
    (run,) = Ledger(tmp_path / "ledger.sqlite").runs()
    assert (run.run_id, run.outcome) == (result.run_id, "SUCCEEDED")
    (generation,) = tmp_path.glob("warehouse/*/generations/*.duckdb")
    assert generation.name == whole_night.summary["generation"]
    landed = result.asset_materializations_for_node("land")
    rows = {m.asset_key.path[-1]: m.metadata["dagster/row_count"].value for m in landed}
    assert rows["street_crime"] == whole_night.summary["rows"]["rows_loaded"]
    summary = json.loads((tmp_path / "runs" / run.run_id / "summary.json").read_text())
    assert summary["rows"] == whole_night.summary["rows"]
    assert not list(tmp_path.glob("warehouse/*/work/*"))


def test_retraining_is_a_rehearsal_that_moves_nothing(whole_night: Any, tiny: Any, tmp_path: Path) -> None:
    shutil.copytree(whole_night.out, tmp_path / "out")
    done = run(Settings(out=tmp_path / "out", landing=tiny.landing), Silent(), job="retrain")
    assert done.exit_code == 0, done.summary["problem"]
    assert done.summary["packs"] == []


def test_landing_one_force_leaves_the_others_for_the_night(tiny: Any, nights: Any, tmp_path: Path) -> None:
    done = nights.command(
        "night",
        "--landing",
        tiny.landing,
        "--out",
        tmp_path,
        "--only-force",
        "eastmarch",
        "--json",
        "--quiet",
    )
    assert done.exit_code == 0, done.stderr
    assert {d["force"] for d in done.summary["deliveries"]} == {"eastmarch"}
    assert done.summary["packs"] == [] and not (tmp_path / "packs").exists()
