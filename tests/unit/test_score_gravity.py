"""Harm weights: where each comes from, how an offence finds its line, and what is said of a bad table."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from profiles.scoring.rules.events import Event
from profiles.scoring.rules.gravity import CONFIDENCES, Gravity, GravityError, Index, read_gravity
from profiles.scoring.rules.lists import in_order, overlap
from profiles.scoring.rules.rfgv import rfgv

SEED = Path(__file__).resolve().parents[2] / "dbt_project/seeds/offence_gravity.csv"
SOURCE = "reference/vawg_offences.csv"


@pytest.fixture(scope="module")
def gravity() -> Gravity:
    return read_gravity(SEED)


LOOKUPS: list[tuple[str | None, str | None, Index, float]] = [
    ("COML025", "1", "css", 7979),
    ("COML025", "1", "cchi_days", 5475),
    ("COML025A", "2", "css", 4663),  # attempted murder has a line of its own
    ("SX03002A", "19C", "css", 3261),  # an attempted rape has not, and weighs as rape
    ("sx03002", None, "cchi_days", 1825),
    (None, "8N", "cchi_days", 20),  # the class holds actual and grievous bodily harm: the least of them
    ("XX99999", "8N", "cchi_days", 20),
    ("SC15005", "5D", "css", 365),  # no severity score was ever published: the other index speaks
    (None, "34B", "css", 746),
    ("XX99999", "ZZ", "cchi_days", 1),
    (None, None, "css", 1),
]


@pytest.mark.parametrize(("code", "rc_class", "index", "weight"), LOOKUPS)
def test_lookups(
    gravity: Gravity, code: str | None, rc_class: str | None, index: Index, weight: float
) -> None:
    assert gravity.weight(code, rc_class, index) == weight


def test_every_weight_has_its_source_and_confidence() -> None:
    with SEED.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        assert row["source"] and row["vintage"]
        assert bool(row["css"]) == (row["css_confidence"] in CONFIDENCES)
        assert bool(row["cchi_days"]) == (row["cchi_confidence"] in CONFIDENCES)
    published = {row["offence_key"] for row in rows if row["css_confidence"] == "published"}
    assert published == {"COML025", "COML025A", "92E"}  # the press printed three weights and no more


@pytest.mark.real_data
def test_every_offence_of_the_reference_is_weighed_as_it_says(gravity: Gravity, shared: Path) -> None:
    with (shared / SOURCE).open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            line = gravity.by_code[row["cjs_example"]]
            assert line.css == (float(row["css"].rstrip("?")) if row["css"] else None), row


def test_a_force_may_override(tmp_path: Path) -> None:
    text = SEED.read_text(encoding="utf-8")
    lines = [
        line.replace(",proposed,,our", ",proposed,77,our") if line.startswith("SC15005") else line
        for line in text.splitlines()
    ]
    (tmp_path / "own.csv").write_text("\n".join(lines), encoding="utf-8")
    own = read_gravity(tmp_path / "own.csv")
    assert own.weight("SC15005", None, "css") == own.weight("SC15005", None, "cchi_days") == 77


HEAD = SEED.read_text(encoding="utf-8").splitlines()[0]
OTHER = "any_other,default,,,Other,OTHER,,,1,proposed,,ours,2026"
LINE = "A,cjs_code,1,,X,Y,1,aligned,1,proposed,,s,v"
BAD = [
    (["offence_key,css", "A,1"], "has no column 'key_kind'"),
    ([HEAD, LINE], "needs one line of the kind `default`"),
    ([HEAD, OTHER, LINE, LINE], "weighs 'A' twice"),
    ([HEAD, OTHER, LINE.replace("Y,1", "Y,high")], "line 3: css is 'high'"),
    ([HEAD, OTHER, LINE.replace("Y,1", "Y,-5")], "line 3: css is '-5'"),
    ([HEAD, OTHER, LINE.replace("Y,1", "Y,nan")], "line 3: css is 'nan'"),
    ([HEAD, OTHER, LINE.replace("aligned", "sure")], "css_confidence is 'sure'"),
    ([HEAD, OTHER, "A,cjs_code,1,,X,Y,,,,,,s,v"], "has no weight at all"),
]


@pytest.mark.parametrize(("lines", "sentence"), BAD, ids=[one[1] for one in BAD])
def test_a_bad_table_is_one_sentence(tmp_path: Path, lines: list[str], sentence: str) -> None:
    (tmp_path / "w.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(GravityError, match=r"^[^\n]*$") as caught:
        read_gravity(tmp_path / "w.csv")
    assert sentence in str(caught.value)


def test_the_choice_of_index_moves_the_list(gravity: Gravity) -> None:
    """Stalking weighs a ninth of a burglary of a dwelling by severity score, and nine times as much by days."""
    as_of = date(2026, 11, 1)
    offences = {"stalker": ("PH97008", None), "burglar": (None, "28E"), "kidnapper": ("COML020", None)}

    def ranked(index: Index) -> list[str]:
        events = [
            Event(
                name,
                f"{name} {n}",
                "V",
                as_of - timedelta(30),
                as_of - timedelta(29),
                gravity.weight(*code, index),
            )
            for name, code in offences.items()
            for n in range(2)
        ]
        found = rfgv(events, as_of)
        return list(in_order(found.values(), {name: one.total for name, one in found.items()}))

    assert ranked("css") == ["kidnapper", "burglar", "stalker"]
    assert ranked("cchi_days") == ["kidnapper", "stalker", "burglar"]
    agreed = overlap(ranked("css"), ranked("cchi_days"), 2)
    assert (agreed.share, agreed.only_first, agreed.only_second) == (0.5, ("burglar",), ("stalker",))
