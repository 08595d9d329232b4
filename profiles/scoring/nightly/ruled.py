"""The rule score of a head as parts that add up, so that a rule can be explained and doubted as a model can.

Here: which features carry each part, the order of a list by rule, and how far ranks depend on the points chosen. Not
here: the points of RFGV (dbt_project, held against rules/rfgv), models (heads).
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from profiles.definitions.heads import Head
from profiles.scoring.arrays import Floats, Longs
from profiles.scoring.nightly.features import PARTS, Features
from profiles.scoring.rules.lists import tie_breaker

# The feature that speaks for each part of RFGV, in the order of PARTS.
SPEAKS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "vawg_suspect": ("days_since_vawg", "n_vawg_730", "harm_730", "n_victims_730"),
    "vawg_victim": ("days_since_vawg", "n_vawg_365", "max_harm_730", "n_people_named_365"),
    "managed_offending": ("days_since_crime", "n_crimes_730", "harm_730", "n_victims_730"),
    "managed_breach": ("days_since_crime", "n_crimes_730", "harm_730", "n_victims_730"),
}
# Rules that are a plain sum of features: what one of each counts. An episode with harm counts as its label asks: 365.
SUMS: Final[Mapping[str, Mapping[str, float]]] = {
    "harm_365": {"n_harm_episodes_365": 365.0, "harm_as_victim_365": 1.0},
    "count_365": {"n_missing_365": 1.0},
}
DRAWS: Final = 40
SPREAD: Final = 0.3  # each part's points may as well be this share less or more
SEED: Final = 20_261_101


def parts_of(head: Head, rows: Features) -> Floats:
    """What each feature adds to the rule score; shape (n, features). Rows sum to the score."""
    found = np.zeros_like(rows.matrix)
    if head.rule in SUMS:
        for name, weight in SUMS[head.rule].items():
            found[:, rows.names.index(name)] = weight * rows.column(name)
    else:
        for part, name in enumerate(SPEAKS[head.head]):
            found[:, rows.names.index(name)] = rows.points[:, part]
    return found


def order_of(head: Head, score: Floats, rows: Features) -> Longs:
    """Places from the first rank down: score, then harm, then recency, then a digest that favours nobody."""
    ties = np.asarray([tie_breaker(str(one)) for one in rows.person], object)
    since = rows.days_since if head.rule not in SUMS else rows.column("days_since_missing")
    return np.lexsort([ties, since, -rows.harm, -score])


def doubted(parts: Floats) -> Floats:
    """Scores with each part weighed a little otherwise; shape (draws, n). How far a rank hangs on the points chosen."""
    factor = np.random.default_rng(SEED).uniform(1 - SPREAD, 1 + SPREAD, (DRAWS, parts.shape[1]))
    return np.asarray(factor @ parts.T, np.float64)


def over_the_mean(parts: Floats) -> Floats:
    """Each part less its mean, in spreads of the score: what raises a person over the others, and what lowers them."""
    spread = float(parts.sum(axis=1).std()) or 1.0
    return np.asarray((parts - parts.mean(axis=0)) / spread, np.float64)


def points_of(head: Head, rows: Features) -> Mapping[str, Floats]:
    """The parts of RFGV by name; nothing for rules that have none."""
    if head.rule in SUMS:
        return {}
    return {f"{part}_points": rows.points[:, place] for place, part in enumerate(PARTS)}
