"""Statistical process control: the limits within which points usually vary."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

# NHS Making Data Count prints these to three places; 3 / 1.128 differs by 0.016 %
TO_LIMITS = 2.66
TO_SCREEN = 3.267
TO_SIGMA = 1.128


@dataclass(frozen=True)
class Limits:
    """The mean of the points and, for each point, its lower and upper limits."""

    mean: float
    lower: Numbers
    upper: Numbers


def xmr(values: ArrayLike, *, screened: bool = True, to_limits: float = TO_LIMITS) -> Limits:
    """The limits of an individuals chart: the mean, and 2.66 average moving ranges around it.

    `values` are the shown points, oldest first, with none missing. `screened` leaves out
    moving ranges above 3.267 times their average, once (Nelson 1982; the R package
    NHSRplotthedots does so, the NHS Excel tool does not). A series that never varies has
    limits at its mean. Where screening would leave no variation at all, it is not applied.
    Raises ValueError where there are fewer than two points or one is missing.

    >>> found = xmr([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1], screened=False)
    >>> round(found.mean, 2), round(float(found.lower[0]), 2), round(float(found.upper[0]), 2)
    (1.94, -3.06, 6.95)
    """
    points = _points(values)
    ranges = np.abs(np.diff(points))
    average = float(ranges.mean())
    if screened and average > 0:
        kept = float(ranges[ranges < TO_SCREEN * average].mean())
        average = kept if kept > 0 else average
    mean = float(points[0]) if np.ptp(points) == 0 else float(points.mean())
    spread = np.full(points.shape, to_limits * average)
    return Limits(mean, mean - spread, mean + spread)


def p_prime(count: ArrayLike, base: ArrayLike, *, screened: bool = True) -> Limits:
    """The limits of a p' chart: each point's depend on its base, as proportions of one.

    Laney (2002), Quality Engineering 14:531-537. The variation between points beyond the
    binomial, sigma_z, is at least 1 here: points that vary less than chance would have
    them do not narrow the limits (a deliberate, cautious deviation).
    Raises ValueError where there are fewer than two points, one is missing, a base is 0 or a count
    is above its base.

    >>> round(p_prime([50, 48, 53, 49], [100, 100, 100, 100]).mean, 2)
    0.5
    """
    counts, bases = _counted(count, base)
    if (counts > bases).any():
        raise ValueError("a proportion has no more in its count than in its base")
    mean = float(counts.sum() / bases.sum())
    return _standardised(counts / bases, mean, np.sqrt(mean * (1 - mean) / bases), screened)


def u_prime(count: ArrayLike, base: ArrayLike, *, screened: bool = True) -> Limits:
    """The limits of a u' chart: each point's depend on its base, as events per unit of it.

    Laney (2002), with sigma_z at least 1 as in `p_prime`. Raises ValueError as there.

    >>> round(u_prime([12, 8, 10], [1_000, 1_000, 1_000]).mean, 3)
    0.01
    """
    counts, bases = _counted(count, base)
    mean = float(counts.sum() / bases.sum())
    return _standardised(counts / bases, mean, np.sqrt(mean / bases), screened)


def sigma_z(shares: ArrayLike, mean: float, sigma: ArrayLike, *, screened: bool = True) -> float:
    """How much more points vary than chance alone would have them; 1 is chance.

    The average moving range of the standardised points over 1.128 (Laney 2002), not
    floored.
    """
    standardised = (_points(shares) - mean) / _points(sigma)
    ranges = np.abs(np.diff(standardised))
    average = float(ranges.mean())
    if screened and average > 0:
        average = float(ranges[ranges < TO_SCREEN * average].mean())
    return average / TO_SIGMA


def _standardised(shares: Numbers, mean: float, sigma: Numbers, screened: bool) -> Limits:
    if not (sigma > 0).all():
        flat = np.full(shares.shape, mean)
        return Limits(mean, flat, flat.copy())
    spread = 3 * sigma * max(1.0, sigma_z(shares, mean, sigma, screened=screened))
    return Limits(mean, mean - spread, mean + spread)


def _points(values: ArrayLike) -> Numbers:
    points = np.atleast_1d(np.asarray(values, dtype="float64"))
    if points.ndim != 1 or len(points) < 2 or not np.isfinite(points).all():
        raise ValueError("limits need two points or more, with none missing")
    return points


def _counted(count: ArrayLike, base: ArrayLike) -> tuple[Numbers, Numbers]:
    counts, bases = _points(count), _points(base)
    if len(counts) != len(bases):
        raise ValueError("limits need a base for each count")
    if not (bases > 0).all() or (counts < 0).any():
        raise ValueError("limits need a base above zero and a count not below zero at every point")
    return counts, bases
