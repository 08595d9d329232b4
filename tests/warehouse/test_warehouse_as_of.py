"""Truncating the past and rebuilding it are the same: a night as of an earlier day knows nothing of what came later."""

import csv
import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.warehouse import Generations

pytestmark = pytest.mark.xdist_group("as-of")
CUT, JULY = date(2026, 8, 1), date(2026, 7, 1)
CORRECTED = "2026-07/2026-07-eastmarch-street.csv"


def current(out: Path) -> Path:
    (pointer,) = out.glob("warehouse/*/generations/CURRENT")
    return Generations(pointer.parent).current()


@contextmanager
def both(one: Path, other: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute(f"attach '{one}' as one (read_only)")
        con.execute(f"attach '{other}' as other (read_only)")
        yield con


def differing(one: Path, other: Path) -> list[str]:
    """Tables of two generations that do not hold the same rows."""
    with both(one, other) as con:
        tables = "select table_name from information_schema.tables where table_catalog = '{}' order by all"
        names = [name for (name,) in con.execute(tables.format("one")).fetchall()]
        assert names == [name for (name,) in con.execute(tables.format("other")).fetchall()]
        return [
            name
            for name in names
            if con.execute(
                f"(from one.{name} except all from other.{name}) "
                f"union all (from other.{name} except all from one.{name})"
            ).fetchone()
        ]


@pytest.fixture(scope="module")
def cut(tiny: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The landing folder as it was at the end of July."""
    landing = tmp_path_factory.mktemp("cut") / "landing"
    for folder in sorted(tiny.landing.iterdir()):
        if folder.name < "2026-08":
            shutil.copytree(folder, landing / folder.name)
    return landing


@pytest.fixture(scope="module")
def then(cut: Path, nights: Any) -> Any:
    """A night of that folder, by its own default as-of date."""
    shift = nights.here(cut, cut.parent / "out", packs=False)
    assert shift.exit_code == 0, shift.summary["problem"]
    return shift


@pytest.fixture(scope="module")
def rebuilt(tiny: Any, nights: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A night of the whole folder, told to stand in that past."""
    shift = nights.here(tiny.landing, tmp_path_factory.mktemp("rebuilt") / "out", packs=False, as_of=CUT)
    assert shift.exit_code == 0, shift.summary["problem"]
    return shift


def generation(shift: Any) -> Path:
    return current(shift.night.layout.out)


def test_the_default_as_of_is_the_day_after_the_newest_delivery(then: Any) -> None:
    assert then.summary["as_of"] == CUT.isoformat()


def test_a_rebuilt_past_is_the_truncated_past_table_by_table(then: Any, rebuilt: Any) -> None:
    assert rebuilt.summary["generation"] == then.summary["generation"]
    assert differing(generation(then), generation(rebuilt)) == []


def test_the_comparison_sees_a_later_night(then: Any, whole_night: Any) -> None:
    different = differing(generation(then), whole_night.generation)
    assert {
        "prof_strategic__trends",
        "prof_strategic__places",
        "prof_strategic__deliveries",
        "fct_street_crimes",
    } <= set(different)


def test_what_came_later_is_not_in_the_summary_either(rebuilt: Any, whole_night: Any) -> None:
    assert max(d["period"] for d in rebuilt.summary["deliveries"]) == "2026-07"
    assert len(rebuilt.summary["deliveries"]) < len(whole_night.summary["deliveries"])


def test_a_correction_replaces_its_month_and_both_deliveries_stay_accounted_for(
    then: Any, cut: Path, nights: Any
) -> None:
    """Runs last in this module: it changes the folder that `then` was made from."""
    text = (cut / CORRECTED).read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    fewer = io.StringIO(newline="")
    csv.writer(fewer).writerows(rows[:-7])
    (cut / CORRECTED).write_text(fewer.getvalue(), encoding="utf-8", newline="")
    before = generation(then)
    shift = nights.here(cut, cut.parent / "out", packs=False)
    assert shift.exit_code == 0, shift.summary["problem"]
    assert generation(shift).name != before.name and before.is_file()  # last night can still be read
    told = {d["state"]: d for d in shift.summary["deliveries"] if d["file"] == CORRECTED}
    old, new = told["superseded"], told["landed"]
    assert (old["rows_in"] - new["rows_in"], old["rows_loaded"]) == (7, 0)
    assert old["rows_superseded"] == old["rows_accepted"] and new["rows_loaded"] == new["rows_accepted"]
    with both(before, generation(shift)) as con:
        mine = (
            "select month_date, count(*) from {}.fct_street_crimes where force_code = 'eastmarch' group by 1"
        )
        was, now = (dict(con.execute(mine.format(name)).fetchall()) for name in ("one", "other"))
        fewer = old["rows_accepted"] - new["rows_accepted"]
        assert was.pop(JULY) - now.pop(JULY) == fewer > 0
        assert was == now
        feed = con.execute(
            "select rows_in = rows_accepted + rows_refused, rows_superseded from other.prof_strategic__feeds "
            "where feed = 'street_crime' and force_code = 'eastmarch'"
        )
        assert feed.fetchone() == (True, old["rows_superseded"])
