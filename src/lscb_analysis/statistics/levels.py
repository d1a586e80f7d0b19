"""Two models of a level that drifts, fitted by likelihood: one parameter each, found on a grid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
ON_GRID = 61  # points tried at a time; each round looks between the best one's neighbours
ROUNDS = 5
# how much of a one-step error may move the level: statsmodels' bounds
LEAST_WEIGHT, MOST_WEIGHT = 0.0001, 0.9999


@dataclass(frozen=True)
class Level:
    """The local level model of a series: its last level, and what it may stray by.

    `noise` is the variance around the level, `drift` that of the level's step from one point
    to the next, `unsure` that of the last level itself.
    """

    last: float
    noise: float
    drift: float
    unsure: float
    log_likelihood: float

    def spread(self, steps: int) -> Numbers:
        """The standard error of a forecast, for each of so many steps ahead."""
        ahead = np.arange(1, steps + 1)
        return np.sqrt(self.unsure + ahead * self.drift + self.noise)


@dataclass(frozen=True)
class Smoothing:
    """Simple exponential smoothing of a series: the weight of the newest error, the last level.

    `error` is the root mean square of the one-step errors.
    """

    weight: float
    last: float
    error: float

    def spread(self, steps: int) -> Numbers:
        """The standard error of a forecast, for each of so many steps ahead."""
        return self.error * np.sqrt(1 + np.arange(steps) * self.weight**2)


def fit_level(values: ArrayLike) -> Level:
    """The local level model with the largest diffuse likelihood.

    Two points or more, none missing. Durbin and Koopman (2012), Time Series Analysis by State
    Space Methods, 2.9-2.11: the first point gives the level, the Kalman filter the rest, and the
    variance has a closed form once the drift's share of it is known, which is searched for on
    a grid (so the largest of several maxima is found; statsmodels' optimiser may stop at
    another). Raises ValueError with fewer than two points, or one missing.

    >>> found = fit_level([10.0, 12.0, 9.0, 11.0, 10.0, 12.0])
    >>> round(found.last, 2), found.drift
    (10.67, 0.0)
    """
    points = np.asarray(values, dtype="float64")
    _check(points)
    if np.ptp(points) == 0:
        return Level(float(points[0]), 0.0, 0.0, 0.0, float("inf"))
    share = _best(lambda shares: -_filtered(points, shares)[2], 0.0, 1.0)
    level, unsure, log_likelihood, variance = (
        float(found[0]) for found in _filtered(points, np.array([share]))
    )
    return Level(
        level,
        variance * (1 - share),
        variance * share,
        variance * unsure,
        log_likelihood,
    )


def fit_smoothing(values: ArrayLike) -> Smoothing:
    """ETS(A,N,N): the weight and the first level with the smallest squared one-step errors.

    Two points or more, none missing. The first level has a closed form once the weight is
    known (Hyndman, Koehler, Ord and Snyder 2008, Forecasting with Exponential Smoothing, 5.1),
    and the weight is searched for on a grid. Raises ValueError with fewer than two points, or one
    missing.

    >>> found = fit_smoothing([10.0, 12.0, 9.0, 11.0, 10.0, 12.0])
    >>> round(found.weight, 4), round(found.last, 2)
    (0.0001, 10.67)
    """
    points = np.asarray(values, dtype="float64")
    _check(points)
    weight = _best(lambda weights: _smoothed(points, weights)[0], LEAST_WEIGHT, MOST_WEIGHT)
    squared, last = (float(found[0]) for found in _smoothed(points, np.array([weight])))
    return Smoothing(weight, last, float(np.sqrt(squared / len(points))))


def _check(points: Numbers) -> None:
    if len(points) < 2 or not np.isfinite(points).all():
        raise ValueError("a level needs two points or more, with none missing")


def _filtered(points: Numbers, shares: Numbers) -> tuple[Numbers, ...]:
    """For each share of the drift: last level, its variance, log likelihood, and the variance.

    Variances but the last are in units of it: noise is 1 - share and drift is share.
    """
    level = np.full(shares.shape, points[0])
    unsure = 1 - shares
    squared, logs = np.zeros(shares.shape), np.zeros(shares.shape)
    for point in points[1:]:
        before = unsure + shares
        total = before + 1 - shares
        error = point - level
        squared += error**2 / total
        logs += np.log(total)
        level = level + before / total * error
        unsure = before * (1 - shares) / total
    count = len(points) - 1
    variance = squared / count
    log_likelihood = -0.5 * (count * (np.log(2 * np.pi * variance) + 1) + logs)
    return level, unsure, log_likelihood, variance


def _smoothed(points: Numbers, weights: Numbers) -> tuple[Numbers, Numbers]:
    """For each weight: the squared one-step errors from the best first level; the last level."""
    level, of_first = np.zeros(weights.shape), np.ones(weights.shape)
    own, mixed, first = np.zeros(weights.shape), np.zeros(weights.shape), np.zeros(weights.shape)
    for point in points:
        error = point - level
        own, mixed, first = own + error**2, mixed + error * of_first, first + of_first**2
        level = level + weights * error
        of_first = of_first * (1 - weights)
    start = mixed / first
    return np.maximum(own - mixed * start, 0), level + of_first * start


def _best(cost: Callable[[Numbers], Numbers], low: float, high: float) -> float:
    """Where the cost is least between two ends: a grid, then finer ones around its best point."""
    bottom, top = low, high
    best = low
    for _ in range(ROUNDS):
        grid = np.linspace(bottom, top, ON_GRID)
        at = int(np.argmin(cost(grid)))
        best = float(grid[at])
        bottom, top = grid[max(at - 1, 0)], grid[min(at + 1, ON_GRID - 1)]
    return best
