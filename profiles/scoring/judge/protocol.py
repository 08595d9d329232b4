"""Rolling origins: which as-of dates a model may learn from, be calibrated on and be judged on, with gaps between them.

Here: the dates (B3). An outcome of an as-of date t lies in (t, t + horizon] and is known by t + horizon + maturity;
no block learns from an outcome that was not known by the first as-of date of the next. Not here: folds inside one
block (learn/folds).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

STEP_DAYS: Final = 28
LEAST_ORIGINS: Final = 4


class ProtocolError(ValueError):
    """Dates that do not allow the protocol: one sentence, with what to do until they do."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a head is learned: its horizon and maturity in days, and how many as-of dates each block has."""

    horizon_days: int
    maturity_days: int
    step_days: int = STEP_DAYS
    n_origins: int = LEAST_ORIGINS
    n_calibration: int = 3
    n_test: int = 1
    least_train: int = 3

    @property
    def lag(self) -> timedelta:
        """From an as-of date until its outcome is known."""
        return timedelta(self.horizon_days + self.maturity_days)


@dataclass(frozen=True, slots=True)
class Origin:
    """One rolling origin: as-of dates to learn from, to calibrate on, and to judge on, each in order."""

    train: tuple[date, ...]
    calibration: tuple[date, ...]
    test: tuple[date, ...]


def as_ofs(first: date, last_known: date, plan: Plan) -> tuple[date, ...]:
    """The grid of as-of dates whose outcomes are known by `last_known`, newest first on it, none before `first`."""
    newest, found = last_known - plan.lag, []
    while newest >= first:
        found.append(newest)
        newest -= timedelta(plan.step_days)
    return tuple(reversed(found))


def origins(first: date, last_known: date, plan: Plan) -> tuple[Origin, ...]:
    """Rolling origins, oldest first, with expanding train blocks. Raises ProtocolError where history is too short."""
    grid = as_ofs(first, last_known, plan)
    found = []
    for back in range(plan.n_origins, 0, -1):
        end = len(grid) - (back - 1) * plan.n_test
        test = grid[max(0, end - plan.n_test) : max(0, end)]
        if len(test) < plan.n_test:
            raise _too_short(first, last_known, plan)
        found.append(_origin(grid, test, plan, first, last_known))
    return tuple(found)


def newest(first: date, last_known: date, plan: Plan) -> Origin:
    """The blocks of a model that is to be used: everything known, nothing kept back to judge on."""
    grid = as_ofs(first, last_known, plan)
    return _blocks(grid, (), last_known, plan, first, last_known)


def _origin(
    grid: Sequence[date], test: tuple[date, ...], plan: Plan, first: date, last_known: date
) -> Origin:
    return _blocks(grid, test, test[0], plan, first, last_known)


def _blocks(
    grid: Sequence[date], test: tuple[date, ...], cut: date, plan: Plan, first: date, last_known: date
) -> Origin:
    """Calibration as late as the cut allows, train as late as the calibration allows."""
    calibration = tuple(day for day in grid if day + plan.lag <= cut)[-plan.n_calibration :]
    if len(calibration) < plan.n_calibration:
        raise _too_short(first, last_known, plan)
    train = tuple(day for day in grid if day + plan.lag <= calibration[0])
    if len(train) < plan.least_train:
        raise _too_short(first, last_known, plan)
    return Origin(train, calibration, test)


def _too_short(first: date, last_known: date, plan: Plan) -> ProtocolError:
    blocks = plan.least_train + plan.n_calibration + plan.n_origins * plan.n_test
    needed = (blocks - 1) * plan.step_days + 3 * plan.lag.days
    return ProtocolError(
        f"From {first:%d %B %Y} to {last_known:%d %B %Y} there are {max(0, (last_known - first).days)} days; "
        f"{plan.n_origins} origins with a horizon of {plan.horizon_days} days need about {needed}. "
        "Rank by rule until then."
    )
