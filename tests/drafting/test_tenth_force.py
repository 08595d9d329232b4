"""A tenth force: a dialect drawn at random goes live with one folder of YAML, and its draft alone is mostly right.

The words come from pools that the drafting code never saw. How it does on many more seeds: docs/benchmarks.md. Not
here: the commands (tests/flow/test_feed_commands), the tutorial (tests/docs).
"""

import hashlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import told
from confirming import confirmed
from dialect import Dialect, draw, pools
from dialect_files import cells_of, file_of
from judging import judge

from data_contracts import lint_contract, registry
from data_contracts.drafting.draft import Draft
from data_contracts.standard import departures
from data_contracts.yaml_reader import read as read_yaml
from orchestration.landing.inbox import Bench, Inbox
from orchestration.landing.store import Store
from orchestration.onboarding.drafting import draft_feed
from orchestration.onboarding.samples import read_samples
from orchestration.warehouse import connect_scratch

HALVES = ("open", "held")
SEEDS = {
    "crime": 3,
    "crime_party": 11,
    "person": 5,
    "custody": 4,
    "missing_episode": 2,
    "intel_report": 8,
    "managed_offender": 6,
}
READERS = ("csv", "xlsx", "jsonl", "parquet", "xml")
CASES = [
    (half, feed, READERS[(n + k) % 5]) for n, half in enumerate(HALVES) for k, feed in enumerate(told.FEEDS)
]


def written(
    place: Path, half: str, feed: str, reader: str, rows: Path, n: int = 250
) -> tuple[Dialect, Path, pa.Table]:
    """A dialect of a half of the pools, its file, and the rows in it."""
    table = told.read_rows(rows, feed)
    table = table.slice(max(0, len(table) - n))
    dialect = draw(pools(half), registry.read_canonicals()[feed], SEEDS[feed], reader)
    name, content = file_of(dialect, table)
    path = place / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return dialect, path, table


@pytest.mark.parametrize(("half", "feed", "reader"), CASES)
def test_the_draft_alone_is_mostly_right_and_never_wrong_without_a_doubt(
    tmp_path: Path, told_rows: Path, half: str, feed: str, reader: str
) -> None:
    dialect, path, table = written(tmp_path, half, feed, reader, told_rows)
    made = draft_feed([path], dialect.force_code, feed, tmp_path / "forces").draft
    cells = cells_of(dialect, table)
    if dialect.is_native and reader in ("xlsx", "parquet"):  # dates are no texts there
        cells |= {c.physical: [] for c in dialect.columns if c.format}
    verdict = judge(made, dialect, cells)
    assert verdict.wrong == ()
    assert verdict.share >= 0.8, verdict.mistaken
    assert verdict.doubted <= 0.8 * verdict.n_columns, "a draft that doubts everything says nothing"


def stand(folder: Path) -> dict[str, str]:
    """Every file below a folder, by content."""
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file()
    }


@pytest.mark.parametrize(("half", "feed", "reader"), CASES[::2])
def test_a_tenth_dialect_goes_live_with_one_folder(
    tmp_path: Path, told_rows: Path, half: str, feed: str, reader: str
) -> None:
    dialect, path, table = written(tmp_path, half, feed, reader, told_rows)
    before = stand(registry.HERE)
    forces = tmp_path / "forces"
    drafted = draft_feed([path], dialect.force_code, feed, forces)
    is_native = dialect.is_native and reader in ("xlsx", "parquet")
    text = drafted.contract.read_text(encoding="utf-8")
    drafted.contract.write_text(
        confirmed(text, drafted.draft, dialect, is_native=is_native), encoding="utf-8"
    )
    contract = registry.read_contract(drafted.contract, registry.versions_of(registry.read_canonicals()), {})
    assert [*departures(read_yaml(drafted.contract)), *lint_contract.problems_of(contract)] == []
    rows = landed(tmp_path, contract, path)
    assert rows == meant(contract, table), "every row lands with the values that were meant"
    assert {p.relative_to(forces).parts[0] for p in forces.rglob("*.yaml")} == {dialect.force_code}
    assert stand(registry.HERE) == before, "nothing else changes"


def landed(home: Path, contract: Any, path: Path) -> list[dict[str, Any]]:
    """What landing made of the file, by the contract alone."""
    place = home / "landing" / contract.force_code / path.name
    place.parent.mkdir(parents=True)
    place.write_bytes(path.read_bytes())
    known = registry.Registry(registry.HERE, {}, {contract.feed: contract.canonical}, (contract,), (), ())
    store = Store(home / "landed", home / "quarantine")
    with closing(connect_scratch(2, "1GB", home / "spill")) as con:
        report = Inbox(known, Bench(con, store, home / "work", "2026-11-04T00:00:00")).land(home / "landing")
    (outcome,) = report.outcomes
    assert (outcome.state, outcome.rows_refused) == ("landed", 0), (outcome.reason, outcome.refused_rows)
    (part,) = (home / "landed").rglob("*.parquet")
    return compared(contract, pq.read_table(part).sort_by("line_number"))


def compared(contract: Any, table: pa.Table) -> list[dict[str, Any]]:
    """The values of the bound fields; times to the minute, which is all that some formats say."""
    names = [
        c.name
        for c in contract.columns
        if not c.is_ignored and c.name not in ("op", "occurred_to", "sensitivity", "handling")
    ]
    rows = table.select(names).to_pylist()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()  # blanks around a value are nobody's
    if hasattr(value, "second"):
        return value.replace(second=0, microsecond=0, tzinfo=None)
    return round(value, 5) if isinstance(value, float) else value


def meant(contract: Any, table: pa.Table) -> list[dict[str, Any]]:
    return compared(contract, table)


def test_a_draft_marks_what_a_machine_cannot_settle(tmp_path: Path, told_rows: Path) -> None:
    """The same file read as a sample twice gives the same contract, byte for byte."""
    dialect, path, _ = written(tmp_path, "open", "custody", "csv", told_rows)
    texts = [
        draft_feed([path], dialect.force_code, "custody", tmp_path / name).contract.read_text()
        for name in ("one", "two")
    ]
    assert texts[0] == texts[1]
    assert texts[0].count("# CONFIRM") > 20 and "status: draft" in texts[0]


def test_twelve_rows_are_enough_to_be_honest(tmp_path: Path, told_rows: Path) -> None:
    wrong: list[str] = []
    for feed in told.FEEDS:
        dialect, path, table = written(tmp_path, "held", feed, "csv", told_rows, n=12)
        canonical = registry.read_canonicals()[feed]
        made: Draft = drafted_from(path, canonical, dialect)
        wrong += judge(made, dialect, cells_of(dialect, table)).wrong
    assert wrong == []


def drafted_from(path: Path, canonical: Any, dialect: Dialect) -> Draft:
    from data_contracts.drafting.draft import draft

    return draft(read_samples([path], canonical), canonical, dialect.force_code)


def test_the_judge_sees_a_wrong_guess(
    tmp_path: Path, told_rows: Path, make_draft: Callable[..., Draft]
) -> None:
    """The judge itself can fail a draft: a heading taken for another field, a code read as another."""
    dialect, path, table = written(tmp_path, "open", "person", "csv", told_rows)
    made = drafted_from(path, registry.read_canonicals()["person"], dialect)
    swapped = {"forename": "surname", "surname": "forename"}
    bad = replace(
        made, columns=tuple(replace(c, name=swapped.get(c.name, c.name), doubts=()) for c in made.columns)
    )
    verdict = judge(bad, dialect, cells_of(dialect, table))
    assert len(verdict.wrong) >= 2 and verdict.share < 1
    other = replace(
        made,
        columns=tuple(
            replace(c, code_map=(("M", "F"), ("Male", "F"), ("1", "F"), ("m", "F"))) if c.name == "sex" else c
            for c in made.columns
        ),
    )
    assert any("sex" in said for said in judge(other, dialect, cells_of(dialect, table)).wrong)
