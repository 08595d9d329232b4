"""Stage, conflate, profile: write the catalogue of inputs, let dbt build into the night's own file, swap it in.

Not here: the SQL (dbt_project/), running dbt (dbt), generations (warehouse).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from governance.decisions import read_decisions
from orchestration.catalogue import NightInputs, write_catalogue
from orchestration.dbt import BuildTarget, DbtProject, NodeResult
from orchestration.landing.manifest import Manifest
from orchestration.moments import Moment
from orchestration.night import Night, NightError
from orchestration.steps.land import manifest_of
from orchestration.steps.validate import Validation
from orchestration.warehouse import Generations, reading

GENERATION = "generation.duckdb"  # dbt knows the warehouse by this name while it builds


def building(night: Night) -> Path:
    """The file that tonight's generation is built in."""
    return night.work / GENERATION


def write_inputs(night: Night, manifest: Manifest | None = None) -> None:
    """Write the catalogue: with scores where the scoring stage has left them. manifest: the night's own if None."""
    decisions, _ = read_decisions(night.layout.decisions)
    scores, people = night.work / "scores", night.work / "people"
    inputs = NightInputs(
        night.as_of,
        manifest or manifest_of(night),
        night.registry,
        decisions,
        scores if scores.is_dir() else None,
        people if people.is_dir() else None,
        tuple(Validation.from_json(raw) for raw in night.facts.get("validations", ())),
    )
    write_catalogue(night.work / "inputs.duckdb", inputs)


def inputs_of(night: Night, path: Path, moments: tuple[Moment, ...]) -> None:
    """Write the catalogue of all that is known at these moments, for a build that is not tonight's."""
    decisions, _ = read_decisions(night.layout.decisions)
    write_catalogue(
        path, NightInputs(night.as_of, manifest_of(night), night.registry, decisions, moments=moments)
    )


def build(night: Night, project: DbtProject, models: Sequence[str]) -> list[NodeResult]:
    """Build models and run their tests; NightError naming the first that failed."""
    write_inputs(night)
    settings = night.settings
    target = BuildTarget(
        building(night).resolve(), (night.work / "inputs.duckdb").resolve(), (night.work / "spill").resolve(),
        settings.threads, settings.memory_limit, (night.work / "dbt").resolve(),
    )  # fmt: skip
    results = project.build(models, target)
    bad = [r for r in results if r.is_bad]
    if bad:
        name = bad[0].unique_id.split(".")[2] if bad[0].unique_id.count(".") >= 2 else bad[0].unique_id
        first = bad[0].message.splitlines()[0] if bad[0].message else bad[0].status
        raise NightError(
            f"The warehouse was not built: {name} did not hold ({first}); last night's packs stand as they were."
        )
    return results


def row_counts(night: Night) -> dict[str, int]:
    """Rows by table of the file being built."""
    with reading(building(night), night.settings.threads) as con:
        return dict(con.execute("select table_name, estimated_size from duckdb_tables()").fetchall())


def stage_of(node: Mapping[str, Any]) -> str:
    """The stage word of a dbt node."""
    config: Mapping[str, Any] = node.get("config", {})
    return str(config.get("meta", {}).get("stage", "stage"))


def swap_in(night: Night) -> Path:
    """Make the built file the current generation; returns its path."""
    generations = Generations(night.layout.generations)
    path = generations.publish(building(night), Generations.name(night.as_of, night.facts["inputs_hash"]))
    generations.prune()
    night.record(generation=path.name)
    return path
