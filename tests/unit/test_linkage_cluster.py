"""Clusters of one component: bridges, decisions, ties, one-to-one."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflation.assign import assign
from conflation.cluster import Terms, cluster_component

TERMS = Terms(join=1.0, bear=-7.0)
Pairs = list[tuple[int, int, float]]


def groups(size: int, pairs: Pairs, **told: list[tuple[int, int]]) -> list[list[int]]:
    left, right, weights = ([pair[i] for pair in pairs] for i in range(3))
    return cluster_component(size, left, right, weights, TERMS, **told).groups


def two_people_and_a_bridge() -> Pairs:
    """Mentions 0-2 are one person, 3-5 another; 2 and 3 look alike by chance."""
    same = [(0, 1, 15.0), (0, 2, 15.0), (1, 2, 15.0), (3, 4, 15.0), (3, 5, 15.0), (4, 5, 15.0)]
    across = [(a, b, -15.0) for a in (0, 1, 2) for b in (3, 4, 5) if (a, b) != (2, 3)]
    return [*same, *across, (2, 3, 4.0)]


def test_one_weak_bridge_joins_nobody_and_is_told() -> None:
    pairs = two_people_and_a_bridge()
    left, right, weights = ([pair[i] for pair in pairs] for i in range(3))
    found = cluster_component(6, left, right, weights, TERMS)
    assert found.groups == [[0, 1, 2], [3, 4, 5]]
    assert set(found.concerns) == {0, 1}


def test_a_person_may_join_across_the_bridge() -> None:
    assert groups(6, two_people_and_a_bridge(), must=[(0, 5)]) == [[0, 1, 2, 3, 4, 5]]


def test_a_person_may_keep_the_best_pair_apart() -> None:
    assert groups(2, [(0, 1, 30.0)], never=[(0, 1)]) == [[0], [1]]


def test_kept_apart_holds_through_a_third() -> None:
    found = groups(3, [(0, 1, 30.0), (1, 2, 20.0), (0, 2, 25.0)], never=[(0, 2)])
    assert all(not {0, 2} <= set(group) for group in found)


def test_pairs_under_the_threshold_join_nobody() -> None:
    assert groups(2, [(0, 1, 0.9)]) == [[0], [1]]


FATHER, SON = (0, 1), (2, 3)  # both with dates of birth; mention 4 has the name and the address, and no date


def father_and_son(fit_of_father: float, with_date: int = 0) -> list[list[int]]:
    """Clusters of a father, a son of the same name, and a mention that fits either."""
    pairs = [(0, 1, 25.0, 1), (2, 3, 25.0, 1), *((a, b, -2.0, -1) for a in FATHER for b in SON)]
    pairs += [(a, 4, fit_of_father, with_date) for a in FATHER] + [(b, 4, 15.0, 0) for b in SON]
    left, right, weights, votes = zip(*pairs, strict=True)
    return cluster_component(5, left, right, weights, TERMS, votes=votes).groups


def test_a_mention_that_fits_father_and_son_is_left_to_a_person() -> None:
    assert father_and_son(15.0) == [[0, 1], [2, 3], [4]]


def test_a_mention_that_fits_one_far_better_joins_him() -> None:
    assert father_and_son(25.0) == [[0, 1, 4], [2, 3]]


def test_a_mention_whose_age_tells_joins_without_more_ado() -> None:
    assert father_and_son(16.0, with_date=1) == [[0, 1, 4], [2, 3]]


def test_dates_of_birth_part_two_people_whom_many_mentions_without_one_would_join() -> None:
    pairs = [(0, 1, 20.0, 1), (2, 3, 20.0, 1), *((a, b, -2.0, -1) for a in FATHER for b in SON)]
    pairs += [(4, other, 18.0, 0) for other in range(4)]
    left, right, weights, votes = zip(*pairs, strict=True)
    joined = cluster_component(5, left, right, weights, TERMS).groups
    assert joined == [[0, 1, 2, 3, 4]]  # on weights alone
    assert cluster_component(5, left, right, weights, TERMS, votes=votes).groups == [[0, 1], [2, 3], [4]]


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 9), st.randoms(use_true_random=False))
def test_the_order_of_pairs_changes_nothing(size: int, luck: random.Random) -> None:
    pairs = [
        (a, b, luck.choice([-12.0, -3.0, 0.5, 2.0, 2.0, 9.0]))
        for a in range(size)
        for b in range(a + 1, size)
    ]
    expected = groups(size, pairs)
    luck.shuffle(pairs)
    assert groups(size, pairs) == expected
    assert sorted(place for group in expected for place in group) == list(range(size))


def test_one_to_one_takes_the_best_and_then_nobody_twice() -> None:
    pairs = [
        ("a1", "a", "b1", "b", 9.0),
        ("a1", "a", "b2", "b", 8.0),
        ("a2", "a", "b1", "b", 7.0),
        ("a2", "a", "b2", "b", 3.0),
        ("a1", "a", "a2", "a", 99.0),
    ]
    assert [(left, right) for left, right, _ in assign(pairs)] == [("a1", "b1"), ("a2", "b2")]


@pytest.mark.parametrize("seed", range(3))
def test_one_to_one_does_not_depend_on_order(seed: int) -> None:
    luck = random.Random(seed)
    pairs = [(f"a{i}", "a", f"b{j}", "b", luck.choice([1.0, 2.0, 3.0])) for i in range(6) for j in range(6)]
    expected = assign(pairs)
    luck.shuffle(pairs)
    assert assign(pairs) == expected
    assert len({left for left, _, _ in expected}) == len(expected)
