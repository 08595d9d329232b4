"""Whole nights of the real open data. They need the shared data and are skipped, saying so, where it is absent."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

pytestmark = [pytest.mark.real_data, pytest.mark.xdist_group("real")]
NINE = (
    "bedfordshire", "cumbria", "dorset", "dyfed-powys", "gloucestershire", "leicestershire", "norfolk",
    "warwickshire", "wiltshire",
)  # fmt: skip


def archive(shared: Path, name: str) -> Path:
    path = shared / "data" / name
    if not path.is_file():
        pytest.skip(f"the shared data has no {name}")
    return path


@pytest.fixture(scope="module")
def nine(shared: Path, nights: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    out = tmp_path_factory.mktemp("nine") / "out"
    return nights.run(
        "night", "--landing", archive(shared, "police_uk_pick9.zip"), "--out", out, "--json"
    ), out


@pytest.fixture(scope="module")
def city(shared: Path, nights: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    out = tmp_path_factory.mktemp("city") / "out"
    return nights.here(archive(shared, "police_uk_cityoflondon.zip"), out), out


def test_every_row_of_nine_forces_is_conserved(nine: Any) -> None:
    done, _ = nine
    assert done.exit_code == 0, done.stderr
    rows, deliveries = done.summary["rows"], done.summary["deliveries"]
    assert rows == {
        "rows_in": 711_427, "rows_accepted": 711_427, "rows_refused": 0, "rows_loaded": 711_427,
        "rows_exact_duplicate": 0, "rows_superseded": 0,
    }  # fmt: skip
    assert len(deliveries) == 135 and {d["state"] for d in deliveries} == {"landed"}
    assert done.summary["as_of"] == "2024-05-01"


def test_only_dyfed_powys_has_collapsed(nine: Any) -> None:
    suspect = {(d["force"], d["period"]) for d in nine[0].summary["deliveries"] if d["is_volume_suspect"]}
    assert suspect == {("dyfed-powys", f"2024-0{month}") for month in (1, 2, 3, 4)}


def test_nine_packs_are_on_the_shelf(nine: Any) -> None:
    done, out = nine
    packs = done.summary["packs"]
    assert [p["problem"] for p in packs] == [""] * 9
    assert [p["force"] for p in packs] == list(NINE)
    assert sorted(p.parent.name for p in out.glob("packs/2024-05-01/*/vawg.pdf")) == list(NINE)
    assert len({p["pack_id"] for p in packs}) == 9
    for folder in out.glob("packs/2024-05-01/*"):
        receipt = json.loads((folder / "receipt.json").read_text())["packs"]["vawg"]
        assert receipt["rows"]["street_crime"]["rows_in"] == sum(
            d["rows_in"] for d in done.summary["deliveries"] if d["force"] == folder.name
        )


def test_the_warehouse_holds_every_row_where_it_belongs(nine: Any) -> None:
    _, out = nine
    (generation,) = out.glob("warehouse/*/generations/*.duckdb")
    with duckdb.connect(str(generation), read_only=True) as con:
        n, without, types = con.execute(
            "select count(*), count(*) filter (where lsoa_code is null), count(distinct crime_type) "
            "from fct_street_crimes"
        ).fetchall()[0]
        assert (n, without, types) == (711_427, 18_533, 14)  # 18,530 have no coordinates, three more no LSOA
        months = con.execute(
            "select force_code, count(*) filter (where month_status = 'missing') from prof_strategic__trends "
            "where series_code = 'all_crime' group by all"
        ).fetchall()
        assert len(months) == 9 and {gap for _, gap in months} == {13}  # December 2022 to December 2023
        balance = con.execute(
            "select n_records - placed - n_without_place - n_border_records from prof_strategic__place_notes "
            "join (select force_code, sum(n_records) as placed from prof_strategic__places group by 1) "
            "using (force_code)"
        ).fetchall()
        assert balance == [(0,)] * 9


def test_the_city_of_london_makes_one_pack_of_thirty_six_months(city: Any) -> None:
    shift, out = city
    assert shift.exit_code == 0, shift.summary["problem"]
    summary = shift.summary
    assert [p["force"] for p in summary["packs"]] == ["city-of-london"]
    assert len(summary["deliveries"]) == 36
    assert {d["state"] for d in summary["deliveries"]} == {"landed"}
    assert len(list(out.glob("packs/*/city-of-london/vawg.pdf"))) == 1


def test_stop_and_search_is_left_alone_on_purpose_and_said_so(city: Any) -> None:
    left = city[0].summary["left_alone"]
    assert left and all("stop-and-search" in sentence and "on purpose" in sentence for sentence in left)
    assert city[0].summary["refused_files"] == []
