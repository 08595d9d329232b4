"""The parts that gates are made of: the curve, the plain model, suspects on record, who stands in a cohort."""

from functools import cache

import numpy as np
import pytest

from synthetic_world.crimes.crimes import crimes
from synthetic_world.crimes.event_times import DAY
from synthetic_world.gates.cohorts import AHEAD, BACK, cohort_table, days_of
from synthetic_world.gates.scorer import area_under_curve, scored
from synthetic_world.gates.suspects import Suspects, suspects_of
from synthetic_world.model import Ground, Happening, World
from synthetic_world.population.atlas import all_blocks, make_world
from synthetic_world.population.ground import ground_of


@cache
def drawn() -> tuple[World, Ground, Happening, Suspects]:
    world = make_world("demo", 5)
    ground = ground_of(world, next(block for block in all_blocks(world) if block.key == "eastmarch"))
    happening = crimes(ground)
    return world, ground, happening, suspects_of(ground, happening)


def test_area_under_curve_by_hand() -> None:
    score, positive = np.array([0.1, 0.4, 0.4, 0.8]), np.array([False, True, False, True])
    assert area_under_curve(score, positive) == pytest.approx((1 + 0.5 + 2) / 4)


def test_the_plain_model_finds_what_is_there_and_never_sees_whom_it_scores() -> None:
    random = np.random.default_rng(1)
    person = np.arange(4_000)
    features = random.standard_normal((4_000, 3))
    chance = 1 / (1 + np.exp(2 - 1.5 * features[:, 0]))
    is_positive = random.random(4_000) < chance
    score = scored(features, is_positive, person)
    assert area_under_curve(score, is_positive) == pytest.approx(
        area_under_curve(chance, is_positive), abs=0.01
    )
    noise = random.standard_normal((4_000, 60))  # a model that had seen them would look good on these
    assert abs(area_under_curve(scored(noise, is_positive, person), is_positive) - 0.5) < 0.04


def test_suspects_are_those_whom_records_name() -> None:
    _, ground, happening, found = drawn()
    party = happening.records[ground.block.home.number]["crime_party"].to_pandas()
    named = party[(party.version == 0) & (party.role == "suspect") & party.person_uid.notna()]
    assert len(found) == len(named)
    assert set(zip(ground.people.uid[found.person], found.crime_key, strict=True)) == set(
        zip(named.person_uid.astype(int), named.crime_key, strict=True)
    )
    assert ground.people.sex[found.victim[found.is_vawg]].max() == 0  # women and girls only


def test_a_cohort_holds_those_with_a_recent_record_and_what_followed() -> None:
    world, ground, happening, found = drawn()
    day, *earlier = days_of(world)
    assert len(earlier) == 2
    table = cohort_table(world, ground, happening, found).to_pandas()
    table = table[table.day == day].set_index("person_uid")
    at = day * DAY
    recent = found.is_vawg & (found.known < at) & (found.occurred < at) & (found.occurred >= at - BACK * DAY)
    assert set(table.index) == set(ground.people.uid[found.person[recent]])
    label = happening.truth.tables["label"].to_pandas()
    ahead = label[(label.second >= at) & (label.second < at + AHEAD * DAY) & label.recorded_at.notna()]
    ahead = ahead[ahead.cancelled_at.isna()]
    named = set(zip(ground.people.uid[found.person], found.crime_key, strict=True))
    serious = {one.person_uid for one in ahead.itertuples() if (one.person_uid, one.crime_key) in named}
    assert set(table.index[table.is_serious]) == serious & set(table.index) and table.is_serious.sum() > 5
    assert table.points.between(0, 100).all() and table.points.nunique() > 50
    assert (table.any_ever >= table.vawg).all() and (table.vawg >= 1).all()
