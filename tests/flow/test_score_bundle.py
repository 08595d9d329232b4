"""Bundles, the register and the records: what is kept is what was trained, and whatever is doubtful is refused."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from profiles.definitions.heads import Head
from profiles.scoring.cards.records import out_of_date, records, write
from profiles.scoring.heads.bundle import BundleError, read_bundle, write_bundle
from profiles.scoring.heads.registry import Entry, RegistryError, champion, read_registry, write_registry
from tests.flow.score_made import TODAY, Made

pytestmark = pytest.mark.xdist_group("score-head")


def test_a_bundle_says_what_it_said_when_it_was_made(made: Made) -> None:
    bundle, matrix = made.bundle(), made.cohort.matrix[:500]
    assert bundle.model.logit(matrix).tobytes() == made.trained.model.logit(matrix).tobytes()
    probability = made.trained.calibration.probability(np.linspace(-6, 0, 20))
    assert bundle.calibration.probability(np.linspace(-6, 0, 20)).tobytes() == probability.tobytes()
    assert bundle.manifest["expires"] == "2027-11-01" and bundle.draws.shape[0] == 40


def test_no_bundle_holds_a_person_or_a_pickle(made: Made) -> None:
    people = set(made.cohort.person)
    for path in made.folder.iterdir():
        assert path.suffix in (".json", ".txt")
        text = path.read_text(encoding="utf-8")
        assert not [person for person in list(people)[:300] if f'"{person}"' in text]


@pytest.fixture
def copy(made: Made, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made.folder, tmp_path / "vawg_suspect-1"))


def refusal(
    made: Made, folder: Path, digest: str | None = None, today: date = TODAY, head: Head | None = None
) -> str:
    with pytest.raises(BundleError, match=r"The list of vawg_suspect is ranked by RFGV\.$") as caught:
        read_bundle(folder, digest or made.digest, head or made.head, today)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_changed_manifest_is_refused(made: Made, copy: Path) -> None:
    told = json.loads((copy / "manifest.json").read_text())
    told["linear"]["coefficients"][0] += 0.1
    (copy / "manifest.json").write_text(json.dumps(told))
    assert "not the one that was approved" in refusal(made, copy)


def test_a_flipped_threshold_is_refused(made: Made, tmp_path: Path) -> None:
    """A hybrid's trees, one number of one split changed."""
    hybrid = made.trained.choice.best["hybrid"].recipe
    from profiles.scoring.learn.fit import fit

    model = fit(hybrid, made.cohort.on(made.trained.origin.train).rows(made.head), seeds=(1,))
    folder = tmp_path / "hybrid"
    digest = write_bundle(folder, replace(made.trained, model=model), made.told, made.cohort.matrix, TODAY)
    kept = read_bundle(folder, digest, made.head, TODAY)
    assert (
        kept.model.logit(made.cohort.matrix[:50]).tobytes() == model.logit(made.cohort.matrix[:50]).tobytes()
    )
    trees = (folder / "trees-1.txt").read_text()
    line = next(line for line in trees.splitlines() if line.startswith("threshold="))
    first = line.removeprefix("threshold=").split(" ")[0]
    (folder / "trees-1.txt").write_text(
        trees.replace(f"threshold={first}", f"threshold={float(first) + 1}", 1)
    )
    assert "trees-1.txt was changed after it was trained" in refusal(made, folder, digest)
    (folder / "trees-1.txt").unlink()
    assert "trees-1.txt is missing" in refusal(made, folder, digest)


def test_an_expired_bundle_is_refused(made: Made) -> None:
    assert "expired on 01 November 2027" in refusal(made, made.folder, today=date(2027, 11, 1))


def test_a_bundle_of_other_features_is_refused(made: Made) -> None:
    other = made.head.model_copy(update={"features": made.head.features[:-1]})
    assert "definition of its features has changed" in refusal(made, made.folder, head=other)


def test_a_folder_without_a_manifest_is_refused(made: Made, tmp_path: Path) -> None:
    assert "has no manifest" in refusal(made, tmp_path)


def entry(made: Made, **differs: Any) -> Entry:
    told = {
        "head": "vawg_suspect", "digest": made.digest, "folder": made.folder.name, "state": "champion",
        "author": "A. Author", "approver": "B. Approver", "approved_on": TODAY, "expires": date(2027, 11, 1),
        "trained_on": "a fictional world", "lawful_basis": "fictional data",
        "schedule_8_condition": "fictional data", "policy_document": "none needed",
        **differs,
    }  # fmt: skip
    return Entry.model_validate(told)


BAD_ENTRIES = [
    ({"approver": ""}, "needs an approver"),
    ({"approver": " a. author "}, "two people"),
    ({"lawful_basis": " "}, "lawful basis"),
    ({"policy_document": ""}, "policy document"),
    ({"head": "nobody"}, "there is no head nobody"),
    ({"digest": "123"}, "digest"),
    ({"folder": "../elsewhere/x"}, "folder"),
]


@pytest.mark.parametrize(("differs", "sentence"), BAD_ENTRIES)
def test_who_may_not_stand_in_the_register(made: Made, differs: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        entry(made, **differs)


def test_a_register_is_written_and_read(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    assert read_registry(path) == ()
    first, second = entry(made), entry(made, state="shadow", approver="", lawful_basis="")
    write_registry(path, [second, first])
    assert read_registry(path) == (first, second) and champion(read_registry(path), "vawg_suspect") == first
    with pytest.raises(RegistryError, match="two champions for vawg_suspect"):
        write_registry(path, [first, entry(made, digest="0" * 64)])
    path.write_text('{"models": [{"head": "vawg_suspect"}]}')
    with pytest.raises(RegistryError, match=r"^[^\n]*$"):
        read_registry(path)


def test_records_follow_from_register_and_bundle(made: Made, tmp_path: Path) -> None:
    manifest = json.loads((made.folder / "manifest.json").read_text())
    told = records([entry(made)], {made.digest: manifest})
    card = told["vawg_suspect/model-card.md"]
    for word in (
        "| G1 |",
        "| RFGV |",
        "| champion |",
        "Approved by: B. Approver",
        "expires on 2027-11-01",
        "| force |",
    ):
        assert word in card, word
    assert "the list is led by RFGV" in card
    assert "Version: `" in told["vawg_suspect/transparency-record.md"]
    write(tmp_path, told)
    assert out_of_date(tmp_path, told) == []


def test_a_changed_feature_makes_a_record_out_of_date(made: Made, tmp_path: Path) -> None:
    told = dict(records([], {}))
    write(tmp_path, told)
    told["vawg_suspect/variables.md"] = told["vawg_suspect/variables.md"].replace("n_vawg_30", "n_vawg_31")
    (tmp_path / "vawg_victim/data-card.md").unlink()
    (tmp_path / "nobody.md").write_text("left over")
    assert out_of_date(tmp_path, told) == [
        "nobody.md",
        "vawg_suspect/variables.md",
        "vawg_victim/data-card.md",
    ]
