"""The pipeline never reads the answer book: no room of it so much as names the folder or a table in it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "orchestration",
    "dbt_project",
    "conflation",
    "profiles",
    "data_contracts",
    "governance",
    "report_templates",
)
MAY_NAME_IT = (
    "orchestration/demo.py",
    "orchestration/cli_world.py",
)  # they make it, beside the landing folder
NAMED = re.compile(r"(?:^|[/\\\s\"'{])truth(?:$|[/\\\s\"'}.]|_[a-z])|fault_log|street_crime[.]json")


def words_of(path: Path) -> Iterator[str]:
    """What a file can reach anything by: texts of a module without its docstrings, all of another file's lines."""
    source = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix != ".py":
        yield from source.splitlines()
        return
    tree = ast.parse(source)
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.value


def breaches(root: Path) -> list[str]:
    found = []
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            name = path.relative_to(root).as_posix()
            is_text = path.suffix in (".py", ".sql", ".yml", ".yaml", ".j2", ".csv", ".toml")
            if path.is_file() and is_text and name not in MAY_NAME_IT and "target" not in path.parts:
                found += [f"{name}: {word[:80]}" for word in words_of(path) if NAMED.search(word)]
    return found


def test_no_room_of_the_pipeline_names_the_answer_book() -> None:
    assert breaches(ROOT) == []


def test_the_law_can_be_broken_and_kept(tmp_path: Path) -> None:
    room = tmp_path / "conflation"
    room.mkdir()
    (room / "link.py").write_text('"""Finds the truth about people."""\nWORDS = "known truthfully"\n')
    assert breaches(tmp_path) == []
    (room / "cheat.py").write_text('"""x"""\nfrom pathlib import Path\nBOOK = Path("out") / "truth"\n')
    (room / "cheat.sql").write_text("select * from read_parquet('../truth/truth_person/*.parquet')\n")
    assert len(breaches(tmp_path)) == 2
