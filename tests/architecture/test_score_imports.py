"""Scoring is quick to import: heavy libraries are loaded where they are used, not where they are named."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("lightgbm", "shap", "sklearn", "fairlearn", "scipy", "pandas", "pyarrow")


def loaded_by(code: str) -> set[str]:
    """Heavy libraries that are loaded once this code has run in a process of its own."""
    program = f"{code}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_no_module_of_scoring_loads_a_heavy_library() -> None:
    modules = sorted(path.relative_to(ROOT) for path in (ROOT / "profiles/scoring").rglob("*.py"))
    names = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in modules]
    assert len(names) > 60
    assert loaded_by("\n".join(f"import {name}" for name in names)) == set()


def test_the_command_line_loads_nothing_of_it() -> None:
    assert loaded_by("import orchestration.cli") == set()


def test_a_heavy_import_would_be_seen() -> None:
    assert "scipy" in loaded_by("import scipy")
