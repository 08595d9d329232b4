"""Running dbt inside this process: parse once, then build what is asked for into the night's own file.

One process and one parse, because on a small night start-up is most of the time (architecture.md, law 11).
Not here: which models a step wants (assets/warehouse), how dbt nodes look in the graph (dbt_translator).
"""

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.fingerprint import digest_of_files


class DbtError(Exception):
    """A dbt invocation failed: one sentence with the first model or test that did."""


@dataclass(frozen=True, slots=True)
class NodeResult:
    """What became of one dbt node: status success|pass|warn|fail|error|skipped; seconds of execution."""

    unique_id: str
    status: str
    seconds: float
    failures: int
    message: str

    @property
    def is_bad(self) -> bool:
        """True for what must stop the night."""
        return self.status in ("error", "fail", "runtime error")


@dataclass(frozen=True, slots=True)
class BuildTarget:
    """Where a build writes and what it reads: paths and limits, handed to profiles.yml as vars."""

    generation: Path
    inputs: Path
    spill: Path
    threads: int
    memory_limit: str

    def as_vars(self) -> str:
        """The --vars argument."""
        return json.dumps(
            {"generation_path": str(self.generation), "inputs_path": str(self.inputs), "inputs_read_only": True,
             "spill_path": str(self.spill), "threads": self.threads, "memory_limit": self.memory_limit}
        )  # fmt: skip


def _let_go() -> None:
    """Close the connection that dbt-duckdb keeps open in this process, so that others may read what it built."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    with contextlib.suppress(Exception):  # no environment was made: nothing to close
        DuckDBConnectionManager.env().close()
    DuckDBConnectionManager.close_all_connections()


class DbtProject:
    """The dbt project folder and its parsed manifest, kept under OUT and made again when the project changes."""

    def __init__(self, project: Path, target: Path) -> None:
        """project: dbt_project/; target: where dbt may write."""
        self._project, self._target = project.resolve(), target.resolve()
        self._parsed: Any = None

    def _arguments(self) -> list[str]:
        return ["--project-dir", str(self._project), "--profiles-dir", str(self._project),
                "--target-path", str(self._target), "--log-path", str(self._target / "logs"), "--quiet",
                "--no-send-anonymous-usage-stats", "--no-version-check"]  # fmt: skip

    def _invoke(self, arguments: Sequence[str]) -> Any:
        from dbt.cli.main import dbtRunner

        result = dbtRunner(manifest=self._parsed).invoke([*arguments, *self._arguments()])
        _let_go()
        if result.exception is not None:
            raise DbtError(f"dbt {arguments[0]} could not run: {str(result.exception).strip().splitlines()[0]}")
        return result.result

    def manifest(self) -> Mapping[str, Any]:
        """manifest.json as a mapping; parses the project only when its files differ from those last parsed."""
        marker, path = self._target / "parsed.sha256", self._target / "manifest.json"
        fingerprint = digest_of_files([self._project])
        if not (path.is_file() and marker.is_file() and marker.read_text() == fingerprint):
            self._target.mkdir(parents=True, exist_ok=True)
            self._parsed = self._invoke(["parse"])
            marker.write_text(fingerprint)
        manifest: dict[str, Any] = json.loads(path.read_text())
        return manifest

    def build(self, models: Sequence[str], target: BuildTarget) -> list[NodeResult]:
        """Build models, seeds and the tests that only need them and what stands before them.

        Raises DbtError when dbt cannot run at all; failed nodes come back as results.
        """
        if self._parsed is None:
            self._parsed = self._invoke(["parse"])
        outcome = self._invoke(
            ["build", "--select", *models, "--indirect-selection", "buildable", "--vars", target.as_vars()]
        )
        return [
            NodeResult(
                unique_id=r.node.unique_id,
                status=str(r.status),
                seconds=float(r.execution_time or 0.0),
                failures=int(r.failures or 0),
                message=str(r.message or ""),
            )
            for r in outcome.results
        ]
