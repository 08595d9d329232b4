"""What a head loses without some of its features: the champion's recipe fitted again without them, on the same blocks.

Here: the measure that the named exception for age demands, and that any other feature may be put to. Not here: what
a feed adds to a list (judge/together).
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from profiles.scoring.heads.figures import gain
from profiles.scoring.heads.train import Trained
from profiles.scoring.judge.resampling import Estimate
from profiles.scoring.learn.cohort import Cohort, features_of
from profiles.scoring.learn.fit import fit, rows_of
from profiles.scoring.learn.trees import SEEDS


def ablation(trained: Trained, cohort: Cohort, without: Collection[str]) -> Estimate:
    """Average precision gained by these features: the champion less its recipe without them, over the origins."""
    kept = [place for place, name in enumerate(cohort.names) if name not in without]
    features = [features_of(trained.head)[place] for place in kept]
    judged = []
    for one in trained.judged:
        part = cohort.on(one.origin.train)
        rows = rows_of(features, part.matrix[:, kept], part.label, part.person)
        model = fit(trained.choice.champion.recipe, rows, SEEDS[: max(1, len(trained.model.trees))])
        scores: Mapping[str, np.ndarray] = {**one.scores, "without": model.logit(one.cohort.matrix[:, kept])}
        judged.append(replace(one, scores=scores))
    return gain(judged, "champion", "without")
