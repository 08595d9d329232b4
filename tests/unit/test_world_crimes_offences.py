"""The offences of the fictional world, and the draws and orders that everything is made with."""

import csv
import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from synthetic_world.crimes.chances import Groups, Lottery, logit_moved
from synthetic_world.crimes.narratives import OTHERWISE, method_of, methods
from synthetic_world.crimes.offences import PATH, offences
from synthetic_world.ordering import in_order, in_order_of, starts

N = 20_000


def test_order_is_that_of_a_stable_sort() -> None:
    random = np.random.default_rng(3)
    first, second = random.integers(0, 50, N), random.integers(0, 10**9, N)
    assert (in_order(first) == np.argsort(first, kind="stable")).all()
    assert (in_order_of(first, second) == np.lexsort((second, first))).all()
    assert (starts(first, 50) == np.searchsorted(np.sort(first), np.arange(51))).all()


def test_lotteries_and_groups_draw_by_weight() -> None:
    random = np.random.default_rng(4)
    share = np.bincount(Lottery.of([1, 0, 3]).draw(random, N), minlength=3) / N
    assert share == pytest.approx([0.25, 0, 0.75], abs=0.01)
    groups = Groups.of(np.array([0, 0, 2]), np.array([1, 3, 1], np.float32), 3)
    own = groups.draw(random, np.zeros(N, np.int32))
    assert (own == 1).mean() == pytest.approx(0.75, abs=0.02)
    assert set(groups.draw(random, np.full(N, 1)).tolist()) == {
        0,
        1,
        2,
    }  # nobody there: somebody from anywhere
    assert set(
        Groups.of(np.zeros(1, np.int32), np.zeros(1, np.float32), 1).draw(random, np.zeros(3, np.int32))
    ) == {-1}
    assert logit_moved(0.5, 1.0) == pytest.approx(0.7311, abs=1e-4)


def test_offences_are_real_ones() -> None:
    shared = os.environ.get("FORCE_PROFILES_SHARED")
    if not shared:
        pytest.skip("FORCE_PROFILES_SHARED is not set: the offence tables are not here")
    with gzip.open(Path(shared) / "reference" / "cjs_offences.csv.gz", "rt", encoding="utf-8") as file:
        known = {row["cjs_code"]: row["ho_class"] for row in csv.DictReader(file)}
    with (Path(shared) / "reference" / "vawg_offences.csv").open(encoding="utf-8") as file:
        vawg = {row["cjs_example"]: row for row in csv.DictReader(file)}
    with PATH.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            assert row["cjs_code"] in known
            assert row["ho_class"] in (known[row["cjs_code"]], vawg.get(row["cjs_code"], {}).get("ho_class"))
            weight = vawg.get(row["cjs_code"], {}).get("css", "").rstrip("?")
            if weight and row["rc_class"] == vawg[row["cjs_code"]]["rc_class"]:
                assert int(row["tier"]) == (
                    0 if int(weight) < 40 else 1 if int(weight) < 365 else 2 if int(weight) < 1825 else 3
                )


def test_offences_have_the_form_the_law_has_for_the_victim() -> None:
    known = offences()
    rape = known.coded("SX03002")
    fitting = known.fitting(
        np.full(4, rape), np.array([False, False, False, True]), np.array([30, 14, 8, 40])
    )
    assert [known.codes[one] for one in fitting] == ["SX03002", "SX03001", "SX03013", "SX03004"]


def test_each_offence_has_sentences_that_fit_it() -> None:
    known, said = offences(), methods()
    texts = said.texts.to_pylist()

    def of(code: str, is_home: bool = False, rc_class: str = "") -> str:
        rows = [i for i, one in enumerate(known.codes) if one == code]
        classes = known.rc_class.column(np.array(rows)).to_pylist()
        row = next(i for i, own in zip(rows, classes, strict=True) if rc_class in ("", own))
        kind = method_of()[row, int(is_home)]
        return " | ".join(texts[said.first[kind] : said.first[kind] + said.count[kind]])

    plain = np.flatnonzero(~known.of_kind("custody_only"))
    assert said.kinds.index(OTHERWISE) not in method_of()[plain]
    assert "Vehicle scratched" in of("CD71040", rc_class="58C") and "Vehicle" not in of("CD71039")
    assert "stolen" not in of("TH68026A") and "no entry gained" in of("TH68026A")
    assert "Letters taken" in of("TH68004") and "dance floor" not in of("SX03017")
    assert "kitchen" not in of("CJ88001") and "in the kitchen" in of("CJ88001", is_home=True)
    assert "fatal" in of("COML025") and "left before police came" not in of("COML025", is_home=True)
