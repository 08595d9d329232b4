"""Who leads a list: an approved bundle, and for every doubt about one the rule, with its reason in a sentence."""

from pathlib import Path

import numpy as np
import pytest

from profiles.scoring.heads.registry import REGISTER, Entry, write_registry
from profiles.scoring.nightly.features import Features
from profiles.scoring.nightly.standing import standing, steadied
from tests.flow.score_made import TODAY, Made

pytestmark = pytest.mark.xdist_group("score-head")


@pytest.fixture
def shelf(made: Made, tmp_path: Path) -> Path:
    """A folder of bundles with one approved model."""
    import shutil

    shutil.copytree(made.folder, tmp_path / "one")
    register(tmp_path, made, state="champion", approver="B. Approver")
    return tmp_path


def register(folder: Path, made: Made, **told: str) -> None:
    approved = {
        "approved_on": TODAY, "lawful_basis": "DPA 2018 Part 3 s.35", "schedule_8_condition": "1",
        "policy_document": "held by the force",
    }  # fmt: skip
    entry = Entry(
        head=made.head.head, digest=made.digest, folder="one", author="A. Author", expires=TODAY,
        trained_on="a fictional world", **approved, **told,
    )  # type: ignore[arg-type]  # fmt: skip
    write_registry(folder / REGISTER, [entry])


def test_an_approved_model_leads(made: Made, shelf: Path) -> None:
    found = standing(made.head, TODAY, shelf)
    assert found.led_by == "model" and found.leader and found.leader.digest == made.digest
    assert "approved by B. Approver" in found.why


def test_a_model_in_the_shadow_leads_nothing(made: Made, shelf: Path) -> None:
    register(shelf, made, state="shadow")
    found = standing(made.head, TODAY, shelf)
    assert found.led_by == "RFGV" and found.leader is None and found.shadow is not None
    assert found.why.startswith("Ranked by rule (RFGV): ")


def test_every_doubt_falls_back_to_the_rule_and_says_why(made: Made, shelf: Path) -> None:
    late = standing(made.head, TODAY.replace(year=TODAY.year + 2), shelf)
    assert late.led_by == "RFGV" and "expired on" in late.why
    tree = next((shelf / "one").glob("trees-*.txt"), shelf / "one" / "manifest.json")
    tree.write_text(tree.read_text() + "\n")
    tampered = standing(made.head, TODAY, shelf)
    assert tampered.led_by == "RFGV" and tampered.leader is None and "is refused" in tampered.why
    (shelf / REGISTER).write_text("{")
    broken = standing(made.head, TODAY, shelf)
    assert broken.led_by == "RFGV" and "is not a register of models" in broken.why
    assert (
        standing(made.head, TODAY, shelf / "nothing").why
        == "Ranked by rule (RFGV): no model stands for this list."
    )


def test_a_model_steps_aside_when_a_feed_falls_silent(made: Made, shelf: Path) -> None:
    known = made.cohort.on(made.trained.origin.train)
    n = len(known)
    rows = Features(
        known.names, known.matrix.copy(), known.force, known.person, np.ones(n, bool), np.zeros(n, bool),
        np.zeros((n, 4)), np.zeros(n), np.zeros(n, np.int64), np.zeros(n),
    )  # fmt: skip
    stands = standing(made.head, TODAY, shelf)
    assert steadied(stands, made.head, rows) == stands
    rows.matrix[:, rows.names.index("n_victims_730")] = 0
    fallen = steadied(stands, made.head, rows)
    assert fallen.led_by == "RFGV" and fallen.leader is None and fallen.shadow is stands.leader
    assert fallen.why == "Ranked by rule (RFGV): tonight n_victims_730 is not what the model learned from."
    assert "n_victims_730" in fallen.drifted
