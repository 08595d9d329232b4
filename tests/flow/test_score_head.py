"""A head from records to a bundle and to reasons, on a small fictional world.

The world is too small for a model to lead; that the gate says so is part of what is tested. Figures of larger worlds
stand in docs/scoring.md.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from profiles.definitions.reasons import load_reasons
from profiles.scoring.explain.reasons import Evidence
from profiles.scoring.heads.ablation import ablation
from profiles.scoring.heads.figures import figures, gain
from profiles.scoring.heads.score import score_all, stories
from profiles.scoring.heads.told import found_out
from profiles.scoring.heads.train import train
from profiles.scoring.judge.protocol import ProtocolError
from profiles.scoring.learn.cohort import check_cohort
from profiles.scoring.learn.model import ModelError
from tests.flow.score_made import Made
from tests.flow.score_tables import cut
from tests.flow.score_world import cohort_of

pytestmark = pytest.mark.xdist_group("score-head")


def test_blocks_never_share_what_they_may_not(made: Made) -> None:
    lag = made.plan.lag
    for one in made.trained.judged:
        assert max(one.origin.train) + lag <= min(one.origin.calibration)
        assert max(one.origin.calibration) + lag <= min(one.origin.test)
        assert set(one.cohort.day) == {day.toordinal() for day in one.origin.test}


def test_features_do_not_know_the_future(made: Made) -> None:
    """Features at t from the whole archive are, to the last bit, those from the archive cut at t."""
    day = made.trained.judged[0].origin.test[0]
    whole, early = cohort_of(made.world, [day]), cohort_of(cut(made.world, day), [day])
    assert whole.person.tolist() == early.person.tolist() and len(whole) > 500
    assert whole.matrix.tobytes() == early.matrix.tobytes()
    assert whole.rules["rfgv"].tobytes() == early.rules["rfgv"].tobytes()


def test_a_feature_that_knows_the_future_would_be_seen(made: Made) -> None:
    day = made.trained.judged[0].origin.test[0]
    early, late = cohort_of(made.world, [day]), cohort_of(made.world, [day + timedelta(60)])
    shared = sorted(set(early.person) & set(late.person))
    place = early.names.index("n_vawg_730")
    before = early.matrix[np.isin(early.person, shared), place]
    after = late.matrix[np.isin(late.person, shared), place]
    assert (before != after).any()


def test_the_model_ranks_as_well_as_can_be_believed(made: Made) -> None:
    found = figures(made.trained.judged)
    assert set(found) == {
        "rfgv",
        "count_365",
        "recency",
        "harm_365",
        "logistic",
        "enet",
        "lightgbm",
        "champion",
    }
    assert 0.6 < found["champion"].auc.value < 0.9
    assert found["count_365"].auc.value < found["champion"].auc.value
    for one in found.values():
        assert one.auc.lower <= one.auc.value <= one.auc.upper
        assert [each.k for each in one.lists] == [10, 50, 100, 500]
        recalls = [each.recall for each in one.lists]
        assert recalls == sorted(recalls)


def test_a_gain_over_oneself_is_nothing(made: Made) -> None:
    found = gain(made.trained.judged, "enet", "enet")
    assert (found.value, found.lower, found.upper) == (0, 0, 0)


def test_the_gate_keeps_a_model_of_few_people_in_the_shadow(made: Made) -> None:
    gate = made.told["gate"]
    assert gate["leads"] == "RFGV" and gate["why"].startswith("G1 does not hold"), gate["why"]
    assert [one["check"] for one in gate["checks"]] == [f"G{n}" for n in range(1, 8)]
    assert next(one for one in gate["checks"] if one["check"] == "G6")["is_passed"]


def test_a_planted_leak_is_caught_on_the_way_to_the_gate(made: Made) -> None:
    """A column that is filled in after the outcome, in place of an honest one."""
    leak = made.cohort.matrix.copy()
    place = made.head.names.index("n_missing_365")
    leak[:, place] = np.nan_to_num(made.cohort.label) * 3
    spoilt = replace(made.cohort, matrix=leak)
    caught = found_out(replace(made.trained), spoilt)["gate"]
    assert caught["why"].startswith("G6") and "n_missing_365 alone reaches" in caught["why"]


def test_everybody_is_scored_and_few_are_explained(made: Made) -> None:
    bundle = made.bundle()
    tonight = made.cohort.on(made.trained.judged[-1].origin.test)
    scored = score_all(bundle, tonight.names, tonight.matrix, tonight.person)
    wanted = scored.order[:20].tolist()
    one = str(tonight.person[wanted[0]])
    record = Evidence("northmoor", "crime", "C1", date(2026, 1, 5), "ALLEGATION", "northmoor")
    told = stories(bundle, made.head, scored, tonight.matrix, wanted, {one: {"harm_730": [record]}})
    assert [story.rank.rank for story in told] == list(range(1, 21)) and scored.rank(one) == 1
    library = load_reasons()
    for story in told:
        assert story.rank.best <= story.rank.rank <= story.rank.worst and story.group in "ABC"
        assert story.chance.lower <= story.chance.probability <= story.chance.upper
        assert len(story.reasons.raising) >= 3 or story.reasons.lacking
        assert story.reasons.lowering or "Nothing that is counted lowers this score." in story.reasons.lacking
        for reason in (*story.reasons.raising, *story.reasons.lowering):
            assert library.forbidden_in(reason.sentence, "suspect") == []
        words = story.chance.in_words(made.head.outcome, made.head.horizon_days)
        assert words.startswith("Of 1") and "in the whole cohort" in words
    facts = [
        fact for reason in told[0].reasons.raising for fact in reason.facts if fact.feature == "harm_730"
    ]
    assert not facts or facts[0].evidence == (record,)


def test_scoring_does_not_depend_on_the_order_of_people(made: Made) -> None:
    bundle, tonight = made.bundle(), made.cohort.on(made.trained.judged[-1].origin.test)
    turned = np.arange(len(tonight))[::-1]
    here = score_all(bundle, tonight.names, tonight.matrix, tonight.person)
    there = score_all(bundle, tonight.names, tonight.matrix[turned], tonight.person[turned])
    assert here.person[here.order].tolist() == there.person[there.order].tolist()


def test_other_columns_are_one_sentence(made: Made) -> None:
    bundle = made.bundle()
    with pytest.raises(ModelError, match="lack 'n_missing_365'"):
        score_all(bundle, made.cohort.names[:-1], made.cohort.matrix[:, :-1], made.cohort.person)


def test_what_a_feature_adds_can_be_measured(made: Made) -> None:
    found = ablation(made.trained, made.cohort, ["harm_730", "max_harm_730", "harm_365", "harm_90"])
    assert found.lower <= found.value <= found.upper


BAD_COHORTS: list[tuple[str, Any, str]] = [
    ("nobody", lambda one: one.where(np.zeros(len(one), bool)), "is empty"),
    ("no outcome", lambda one: replace(one, label=np.zeros(len(one))), "has no outcome that is known"),
    ("nothing known", lambda one: replace(one, label=np.full(len(one), np.nan)), "has no outcome"),
    ("all outcomes", lambda one: replace(one, label=np.ones(len(one))), "nothing but outcomes"),
    (
        "a gap",
        lambda one: replace(one, matrix=np.where(np.arange(24) == 3, np.nan, one.matrix)),
        "n_vawg_90 has gaps",
    ),
    ("a person twice", lambda one: one.where(np.r_[0, 0, np.arange(len(one))]), "stands twice"),
    ("a missing column", lambda one: replace(one, names=one.names[:-1]), "lack 'n_missing_365'"),
]


@pytest.mark.parametrize(
    ("spoil", "sentence"), [one[1:] for one in BAD_COHORTS], ids=[one[0] for one in BAD_COHORTS]
)
def test_a_bad_cohort_is_one_sentence(made: Made, spoil: Any, sentence: str) -> None:
    with pytest.raises(ModelError) as caught:
        check_cohort(spoil(made.cohort), made.head)
    assert sentence in str(caught.value) and "\n" not in str(caught.value)


def test_too_little_history_is_one_sentence(made: Made) -> None:
    with pytest.raises(ProtocolError, match=r"Rank by rule until then\.$"):
        train(made.cohort, made.head, made.plan, made.world.end - timedelta(400), made.world.end)
