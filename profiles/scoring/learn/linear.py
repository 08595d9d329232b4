"""Logistic regression with an elastic net penalty and bounds on the signs of its coefficients.

Here: one fit by L-BFGS-B (R. H. Byrd and others, 1995); the penalty is H. Zou and T. Hastie's (2005), and the L1
part is made smooth by writing a coefficient as the difference of two numbers that are not negative. Not here: how
columns are made (encoding), which penalty is best (choice).

Minimised: weighted mean log loss + penalty × (l1_ratio × Σ|β| + (1 − l1_ratio) / 2 × Σβ²). The intercept is free.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from profiles.scoring.arrays import Floats, sigmoid

MOST_STEPS: Final = 500


@dataclass(frozen=True)
class Linear:
    """An intercept and one coefficient for each column of the design, in log-odds."""

    intercept: float
    coefficients: Floats

    def logit(self, design: Any) -> Floats:
        """Log-odds of each row."""
        return np.asarray(design @ self.coefficients + self.intercept, np.float64)


def fit_linear(
    design: Any,
    label: Floats,
    weight: Floats,
    bounds: tuple[Floats, Floats],
    penalty: float,
    l1_ratio: float,
    start: Linear | None = None,
) -> Linear:
    """The bounded elastic net fit; `start` only makes it quicker."""
    from scipy.optimize import minimize
    from threadpoolctl import threadpool_limits

    n = design.shape[1]
    share = weight / weight.sum()
    mean = float(np.clip(share @ label, 1e-6, 1 - 1e-6))
    first = np.zeros(1 + 2 * n)
    first[0] = np.log(mean / (1 - mean)) if start is None else start.intercept
    if start is not None:
        first[1 : n + 1] = np.maximum(start.coefficients, 0)
        first[n + 1 :] = np.maximum(-start.coefficients, 0)

    def loss(point: Floats) -> tuple[float, Floats]:
        up, down = point[1 : n + 1], point[n + 1 :]
        beta = up - down
        logit = design @ beta + point[0]
        error = share * (sigmoid(logit) - label)
        slope = design.T @ error + penalty * (1 - l1_ratio) * beta
        value = float(share @ (np.logaddexp(0, logit) - label * logit))
        value += penalty * (l1_ratio * float(point[1:].sum()) + (1 - l1_ratio) / 2 * float(beta @ beta))
        l1 = penalty * l1_ratio
        return value, np.concatenate([[error.sum()], slope + l1, l1 - slope])

    lower, upper = bounds
    tops = np.concatenate([[np.inf], np.maximum(upper, 0), np.maximum(-lower, 0)])
    bottoms = np.concatenate([[-np.inf], np.zeros(2 * n)])
    limits = [(low, high if np.isfinite(high) else None) for low, high in zip(bottoms, tops, strict=True)]
    options = {"maxiter": MOST_STEPS, "maxfun": 2 * MOST_STEPS, "ftol": 1e-10, "gtol": 1e-7, "maxcor": 20}
    with threadpool_limits(
        1, user_api="blas"
    ):  # on vectors this short, threads cost ten times what they give
        done = minimize(loss, first, jac=True, method="L-BFGS-B", bounds=limits, options=options)
    found = np.asarray(done.x, np.float64)
    return Linear(float(found[0]), found[1 : n + 1] - found[n + 1 :])
