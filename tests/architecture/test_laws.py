"""The laws of the house that a machine can check: small readings of the source, each shown to fail."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("orchestration", "data_contracts", "conflation", "profiles", "governance", "synthetic_world")
PYTHON_FOLDERS = (*PACKAGES, "tests", "benchmarks")

DOORS = {
    "dagster": ("orchestration/*",),
    "dagster_dbt": ("orchestration/*",),
    "great_expectations": ("data_contracts/expectations.py",),
    "weasyprint": ("profiles/publish/engine.py",),
    "jinja2": ("profiles/publish/render.py", "profiles/publish/environment.py"),
    "splink": ("conflation/*",),
    "lightgbm": ("profiles/scoring/*",),
    "shap": ("profiles/scoring/*",),
}
MAY_TOUCH_THE_ENVIRONMENT = (
    "orchestration/settings.py",
    "profiles/publish/pdf.py",  # sets SOURCE_DATE_EPOCH around one call: the font writer has no other clock
)
NO_DAGSTER = ("orchestration/landing/*", "orchestration/ledger.py")
PICKLING = {"pickle", "joblib", "dill", "cloudpickle", "shelve", "marshal"}
SHAPELESS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
LONGEST = {".py": 250, ".sql": 120}
LONGER_FOR_A_REASON: dict[str, str] = {
    "tests/unit/test_world_street.py": "one answer book, held against one world made once",
}  # path: why this file may be longer

# Written so that these lines do not match themselves.
MACHINE_PATH = re.compile(r"(?<![\w.})>*/-])/(?:ho[m]e|U[s]ers|ro[o]t|w[o]rk|mn[t])/\w")
REGISTRY = re.compile(
    r"py[p]i\.org|pythonhoste[d]\.org|npm[j]s\.(?:org|com)|artifactor[y]|/simpl[e]/|index-ur[l]\s*="
)
CLOCK = re.compile(
    r"\b(?:now|today|getdate|sysdate)\s*\(|\bcurrent_(?:date|time|timestamp)\b|\blocaltime", re.I
)

Breaches = list[str]


def python_files(*folders: str) -> Iterator[tuple[str, str]]:
    """Path from the root and source of every module, in order."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "target" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def sql_files() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "dbt_project").rglob("*.sql")):
        if not {"target", "dbt_packages"} & set(path.parts):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def imported(source: str) -> set[str]:
    """Every module that a source imports anywhere in it, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def reads_environment(path: str, source: str) -> Breaches:
    if path in MAY_TOUCH_THE_ENVIRONMENT:
        return []
    names = {"os.environ", "os.environb", "os.getenv", "os.putenv"}
    used = {ast.unparse(node) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}
    return [
        f"{path} uses {name}; ask orchestration/settings.py" for name in names & (used | imported(source))
    ]


def postpones_annotations(path: str, source: str) -> Breaches:
    is_postponed = path.startswith("orchestration/") and "__future__.annotations" in imported(source)
    return [f"{path} postpones annotations, which Dagster cannot read"] if is_postponed else []


def passes_a_door(path: str, source: str) -> Breaches:
    roots = {name.partition(".")[0] for name in imported(source)}
    found = [f"{path} imports {name}" for name in roots & DOORS.keys() if not _any(path, DOORS[name])]
    if _any(path, NO_DAGSTER):
        found += [f"{path} imports {name}" for name in roots & {"dagster", "dagster_dbt"}]
    return found


def pickles(path: str, source: str) -> Breaches:
    called = {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}
    used = {name.partition(".")[0] for name in imported(source)} & PICKLING
    used |= called & {"read_pickle", "to_pickle"}
    return [f"{path} uses {name}: keep models as text and tables as Parquet" for name in used]


def lacks_docstring(path: str, source: str) -> Breaches:
    return [] if ast.get_docstring(ast.parse(source)) else [f"{path} does not say what lives there"]


def is_shapeless(path: str, source: str) -> Breaches:
    return [f"{path}: name it after what it does"] if Path(path).stem in SHAPELESS else []


def is_long(path: str, source: str) -> Breaches:
    lines, most = source.count("\n"), LONGEST[Path(path).suffix]
    too_long = lines > most and path not in LONGER_FOR_A_REASON
    return [f"{path} has {lines} lines; {most} is a reason to split it"] if too_long else []


def reads_the_clock(path: str, source: str) -> Breaches:
    code = re.sub(r"--[^\n]*|/\*.*?\*/|\{#.*?#\}", "", source, flags=re.S)
    return [f"{path} uses {hit.group()}: the as-of date is an argument" for hit in CLOCK.finditer(code)]


def names_a_machine(path: str, source: str) -> Breaches:
    hits = [*MACHINE_PATH.finditer(source), *REGISTRY.finditer(source)]
    lines = {source.count("\n", 0, hit.start()) + 1 for hit in hits}
    return [f"{path}:{line} names a path or registry of one machine" for line in sorted(lines)]


def _any(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(path, pattern) for pattern in patterns)


Law = Callable[[str, str], Breaches]
OF_THE_PACKAGES: tuple[Law, ...] = (reads_environment, postpones_annotations, passes_a_door, pickles)
OF_ALL_PYTHON: tuple[Law, ...] = (lacks_docstring, is_shapeless, is_long)
OF_THE_SQL: tuple[Law, ...] = (reads_the_clock, is_long, is_shapeless)


@pytest.mark.parametrize("law", OF_THE_PACKAGES)
def test_law_of_the_packages(law: Law) -> None:
    assert [breach for file in python_files(*PACKAGES) for breach in law(*file)] == []


@pytest.mark.parametrize("law", OF_ALL_PYTHON)
def test_law_of_all_python(law: Law) -> None:
    assert [breach for file in python_files(*PYTHON_FOLDERS) for breach in law(*file)] == []


@pytest.mark.parametrize("law", OF_THE_SQL)
def test_law_of_the_sql(law: Law) -> None:
    assert [breach for file in sql_files() for breach in law(*file)] == []


def test_every_longer_file_still_is_and_has_its_reason() -> None:
    for path, reason in LONGER_FOR_A_REASON.items():
        assert (ROOT / path).read_text(encoding="utf-8").count("\n") > LONGEST[Path(path).suffix], path
        assert len(reason.split()) >= 3, path


def test_no_file_names_a_machine() -> None:
    """Files under version control and those about to be."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: there is no list of tracked files")
    command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    breaches: Breaches = []
    for name in sorted(filter(None, names)):
        if (ROOT / name).is_file():
            breaches += names_a_machine(name, (ROOT / name).read_bytes().decode("utf-8", errors="replace"))
    assert breaches == []


def test_import_contracts() -> None:
    """Laws 1 to 3 as import-linter sees them, chains of imports included."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


BREAKING: list[tuple[Law, str, str]] = [
    (reads_environment, "profiles/x.py", "import os\ndef f():\n    return os.environ['A']"),
    (reads_environment, "profiles/x.py", "from os import getenv"),
    (postpones_annotations, "orchestration/landing/x.py", "from __future__ import annotations"),
    (passes_a_door, "profiles/publish/render.py", "def f():\n    import weasyprint.text"),
    (passes_a_door, "orchestration/landing/x.py", "from dagster import asset"),
    (passes_a_door, "data_contracts/x.py", "import great_expectations as gx"),
    (pickles, "profiles/x.py", "import joblib"),
    (pickles, "profiles/x.py", "frame.to_pickle('x')"),
    (lacks_docstring, "profiles/x.py", "x = 1"),
    (is_shapeless, "profiles/utils.py", ""),
    (is_long, "profiles/x.py", "\n" * 251),
    (is_long, "dbt_project/models/x.sql", "\n" * 121),
    (reads_the_clock, "x.sql", "select NOW ( )"),
    (reads_the_clock, "x.sql", "select current_date - 1"),
    (names_a_machine, "x.md", "see /ho" + "me/someone/code"),
    (names_a_machine, "x.lock", "https://py" + "pi.org/simple"),
]
KEEPING: list[tuple[Law, str, str]] = [
    (reads_environment, "orchestration/settings.py", "import os\nos.environ"),
    (passes_a_door, "conflation/link.py", "import splink"),
    (reads_the_clock, "x.sql", "-- not now()\nselect known_at, snow(x) from t /* current_date */"),
    (names_a_machine, "x.md", "out/work/x, {out}/work/x, src/home/y"),
]


@pytest.mark.parametrize(("law", "path", "source"), BREAKING)
def test_each_law_can_be_broken(law: Law, path: str, source: str) -> None:
    assert law(path, source) != []


@pytest.mark.parametrize(("law", "path", "source"), KEEPING)
def test_each_law_can_be_kept(law: Law, path: str, source: str) -> None:
    assert law(path, source) == []
