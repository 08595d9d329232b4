"""`force-profiles score evaluate`: what it promises to print, bad input in one sentence, and the NIJ table."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conftest import Nights

MODELS = {"base_rate", "logistic", "enet", "lightgbm", "champion"}
LISTS = {"10", "50", "100", "500"}


def table(folder: Path, n: int = 1800, **more: Any) -> Path:
    """A table with a split, a protected column, an id that leaks, missing values, and a step that works backwards."""
    chance = np.random.default_rng(4)
    x = chance.normal(size=n)
    grade = chance.integers(0, 5, n)
    y = chance.random(n) < 1 / (1 + np.exp(-(x + 0.8 * (grade == 3) - 1.5)))
    order = np.argsort(y)
    columns: dict[str, Any] = {
        "person": [f"P{one}" for one in range(n)],
        "case_no": np.argsort(order),
        "x": ["" if one % 17 == 0 else f"{value:.4f}" for one, value in enumerate(x)],
        "grade": grade,
        "town": [["Ash", "Birch", "Cedar"][one % 3] for one in range(n)],
        "Race": [["A", "B"][one % 2] for one in range(n)],
        "fixed": ["same"] * n,
        "train": [int(one % 10 < 6) for one in range(n)],
        "y": ["Y" if one else "N" for one in y],
        **more,
    }
    path = folder / "table.csv"
    rows = [
        ",".join(columns),
        *(",".join(str(values[one]) for values in columns.values()) for one in range(n)),
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = table(tmp_path_factory.mktemp("trial"))
    done = Nights.command(
        "score", "evaluate", path, "--label", "y", "--id", "person", "--split", "train", "--json"
    )
    assert done.exit_code == 0, done.stderr
    assert "\n" not in done.stdout.strip() and "1,800 rows" in done.stderr
    return done.summary


def test_it_prints_what_other_scripts_rely_on(answer: dict[str, Any]) -> None:
    assert {"rows", "positives", "models", "gate", "seconds"} <= set(answer)
    assert answer["rows"] == 1800 and answer["train"]["rows"] == 1080 and answer["test"]["rows"] == 720
    assert set(answer["models"]) == MODELS
    for one in answer["models"].values():
        assert {"auc", "ap", "brier", "ece", "p_at_k"} <= set(one) and set(one["p_at_k"]) == LISTS
        for what in ("auc", "ap", "brier"):
            low, high = one["intervals"][what]
            assert low - 1e-9 <= one[what] <= high + 1e-9
        for k in LISTS:
            low, high = one["intervals"]["p_at_k"][k]
            assert low <= one["p_at_k"][k] <= high
    assert [check["check"] for check in answer["gate"]["checks"]] == [
        "G1",
        "G2",
        "G3",
        "G4",
        "G5",
        "G6",
        "G7",
    ]


def test_models_stand_in_the_order_that_they_must(answer: dict[str, Any]) -> None:
    models = answer["models"]
    assert models["base_rate"]["auc"] == 0.5
    assert models["champion"]["auc"] > 0.7 and models["champion"]["ece"] < 0.1
    assert models["champion"]["auc"] >= models["logistic"]["auc"] - 0.02
    assert models["champion"]["brier"] < models["base_rate"]["brier"]
    assert (
        answer["simple_list"]["column"] == "x"
        and answer["gains"]["champion_over_simple_list"]["ap"]["value"] > 0
    )


def test_every_column_is_used_or_left_out_for_a_reason(answer: dict[str, Any]) -> None:
    assert [one["name"] for one in answer["features"]] == ["x", "grade", "town"]
    reasons = {one["column"]: one["why"] for one in answer["left_out"]}
    assert set(reasons) == {"case_no", "Race", "fixed"} and "protected" in reasons["Race"]


def test_the_protected_column_is_audited_though_not_used(answer: dict[str, Any]) -> None:
    assert [one["group"] for one in answer["fairness"]["Race"]] == ["A", "B"]


def test_a_planted_leak_closes_the_gate(tmp_path: Path) -> None:
    n = 600
    chance = np.random.default_rng(4)
    label = chance.random(n) < 0.3
    path = table(tmp_path, n, y=label.astype(int), closed_days=np.where(label, chance.integers(50, 90, n), 3))
    done = Nights.command("score", "evaluate", path, "--label", "y", "--id", "person", "--quiet", "--json")
    gate = done.summary["gate"]
    assert not gate["is_open"] and gate["why"].startswith("G6") and "closed_days alone reaches" in gate["why"]
    assert done.stderr == ""


def test_signs_are_obeyed_and_words_for_people_are_printed(tmp_path: Path) -> None:
    path, signs = table(tmp_path, 500), tmp_path / "signs.yml"
    signs.write_text("x: +1\ngrade: increasing\n")
    done = Nights.command(
        "score", "evaluate", path, "--label", "y", "--features", "x, grade", "--monotone", signs, "--quiet"
    )
    assert done.exit_code == 0, done.stderr
    for word in ("AUC", "champion", "G1", "Leads:", "town: left out (not among --features)"):
        assert word in done.stdout


def test_a_table_of_eight_rows_is_judged_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "tiny.csv"
    rows = ["x,y,train", "1,0,1", "2,1,1", "3,0,1", "4,1,1", "5,0,1", "2,0,0", "6,1,0", "1,0,0"]
    path.write_text("\n".join(rows) + "\n")
    done = Nights.command("score", "evaluate", path, "--label", "y", "--split", "train", "--quiet", "--json")
    assert done.exit_code == 0 and "NaN" not in done.stdout
    assert (
        set(done.summary["models"]["champion"]["p_at_k"].values()) == {None}
        and not done.summary["gate"]["is_open"]
    )


BAD: list[tuple[dict[str, Any], list[str], str]] = [
    ({"y": [1] * 400}, [], "has no negative row"),
    ({"y": [0] * 400}, [], "has no positive row"),
    ({"y": [0, 1, 2, 3] * 100}, [], "neither yes nor no"),
    ({}, ["--split", "nowhere"], "There is no column 'nowhere'"),
    ({}, ["--monotone", "none.yml"], "There is no file none.yml"),
    ({}, ["--features", "fixed"], "No column is left"),
]


@pytest.mark.parametrize(("columns", "options", "sentence"), BAD)
def test_bad_input_is_one_sentence(
    tmp_path: Path, columns: dict[str, Any], options: list[str], sentence: str
) -> None:
    path = table(tmp_path, 400, **columns)
    done = Nights.command("score", "evaluate", path, "--label", "y", "--id", "person", *options, "--json")
    assert done.exit_code == 2 and sentence in done.summary["problem"] and list(done.summary) == ["problem"]
    assert "Traceback" not in done.stderr


SIGNS = [
    ("[1, 2]", "must map columns to signs"),
    ("town: +1", "holds words"),
    ("nowhere: +1", "names the column 'nowhere'"),
    ("x: sideways", "use +1, -1 or 0"),
    ("x: [", "is not YAML"),
]


@pytest.mark.parametrize(("text", "sentence"), SIGNS)
def test_bad_signs_are_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "signs.yml").write_text(text)
    path = table(tmp_path, 200)
    done = Nights.command(
        "score", "evaluate", path, "--label", "y", "--monotone", tmp_path / "signs.yml", "--json"
    )
    assert done.exit_code == 2 and sentence in done.summary["problem"]


@pytest.mark.real_data
def test_the_nij_table(shared: Path) -> None:
    """Ruling 22: the same command, denied columns left out, no special case."""
    path = shared / "data/nij/NIJRecid.csv"
    done = Nights.command(
        "score",
        "evaluate",
        path,
        "--label",
        "Recidivism_Arrest_Year1",
        "--split",
        "Training_Sample",
        "--quiet",
        "--json",
    )
    models, champion = done.summary["models"], done.summary["models"]["champion"]
    assert champion["auc"] >= 0.700 and champion["brier"] <= 0.189 and champion["ece"] <= 0.02
    assert champion["auc"] >= models["logistic"]["auc"] and champion["brier"] <= models["logistic"]["brier"]
    assert {one["column"] for one in done.summary["left_out"]} == {"Race", "Gender", "Residence_PUMA"}
