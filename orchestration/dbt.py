"""Running dbt inside this process: parse once, then build what is asked for into the night's own file.

One process and one parse, because on a small night start-up is most of the time (architecture.md, law 11).
Not here: which models a step wants (assets/warehouse), how dbt nodes look in the graph (dbt_translator).
"""

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.fingerprint import digest_of_files
from orchestration.settings import REPOSITORY, Settings


def dbt_cache(settings: Settings) -> Path:
    """Where dbt's parse is kept: with the project, or under OUT where the project may not be written."""
    beside = REPOSITORY / "dbt_project"
    return beside / "target" if os.access(beside, os.W_OK) else settings.out / "dbt"


class DbtError(Exception):
    """A dbt invocation failed: one sentence with the first model or test that did."""


@dataclass(frozen=True, slots=True)
class NodeResult:
    """What became of one dbt node: status success|pass|warn|fail|error|skipped; seconds in it; began, ended (epoch)."""

    unique_id: str
    status: str
    seconds: float
    failures: int
    message: str
    began: float = 0.0
    ended: float = 0.0

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
    scratch: Path

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
        DuckDBConnectionManager.env().close()  # type: ignore[no-untyped-call]
    DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]


class DbtProject:
    """The dbt project folder and its parsed manifest, cached until a file of the project changes."""

    def __init__(self, project: Path, cache: Path) -> None:
        """project: dbt_project/; cache: where parsed manifests are kept, one folder for each state of the project."""
        self._project = project.resolve()
        self._cache = cache.resolve() / digest_of_files([self._project])[:16]
        self._parsed: Any = None

    def _invoke(self, arguments: Sequence[str], target: Path) -> Any:
        from dbt.cli.main import dbtRunner

        folders = ["--project-dir", str(self._project), "--profiles-dir", str(self._project),
                   "--target-path", str(target), "--log-path", str(target / "logs")]  # fmt: skip
        quiet = [
            "--log-level",  # what failed comes back as results; standard output belongs to --json
            "none",
            "--no-send-anonymous-usage-stats",
            "--no-version-check",
            "--log-level-file",
            "none",
        ]
        try:
            result = dbtRunner(manifest=self._parsed).invoke([*arguments, *folders, *quiet])
        finally:
            _let_go()
        if result.exception is not None:
            raise DbtError(f"dbt {arguments[0]} could not run: {_first_line(result.exception)}")
        return result.result

    def _parse(self) -> None:
        """Parse into the cache. Several processes may do so at once: each parses aside and renames."""
        self._cache.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".parsing-", dir=self._cache.parent))
        self._parsed = self._invoke(["parse"], aside)
        try:
            aside.rename(self._cache)
        except OSError:  # another process was first; its parse is the same
            shutil.rmtree(aside, ignore_errors=True)

    def manifest(self) -> Mapping[str, Any]:
        """manifest.json as a mapping; parses the project only when its files differ from those last parsed."""
        path = self._cache / "manifest.json"
        if not path.is_file():
            self._parse()
        manifest: dict[str, Any] = json.loads(path.read_text())
        return manifest

    def build(self, models: Sequence[str], target: BuildTarget) -> list[NodeResult]:
        """Build models, seeds and the tests that only need them and what stands before them.

        Raises DbtError when dbt cannot run at all; failed nodes come back as results.
        """
        if self._parsed is None:
            self._parsed = self._invoke(["parse"], self._cache)  # dbt reads its own cache of the parse
        outcome = self._invoke(
            ["build", "--select", *models, "--indirect-selection", "buildable", "--vars", target.as_vars()],
            target.scratch,
        )
        return [_node_result(r) for r in outcome.results]


def _node_result(result: Any) -> NodeResult:
    spans = {t.name: t for t in result.timing}
    run = spans.get("execute")
    return NodeResult(
        unique_id=result.node.unique_id,
        status=str(result.status),
        seconds=float(result.execution_time or 0.0),
        failures=int(result.failures or 0),
        message=str(result.message or ""),
        began=run.started_at.timestamp() if run and run.started_at else 0.0,
        ended=run.completed_at.timestamp() if run and run.completed_at else 0.0,
    )


def _first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return " ".join(lines[:2]) or type(error).__name__


def busy_seconds(results: Sequence[NodeResult]) -> float:
    """Wall seconds from the first node's start to the last one's end; 0 where none ran."""
    ran = [r for r in results if r.ended]
    return max(r.ended for r in ran) - min(r.began for r in ran) if ran else 0.0
