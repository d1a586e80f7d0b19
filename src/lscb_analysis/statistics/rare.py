"""Rare events: exact limits of yearly counts, and the time or the cases between events."""

from __future__ import annotations

import numpy as np
import scipy
from numpy.typing import ArrayLike

from lscb_analysis.statistics.spc import TO_SIGMA, Limits, Numbers, xmr

TAIL = 0.00135  # the share of points beyond each limit when nothing changes, as of three sigma
TO_NORMAL = 3.6  # Nelson (1994): the power that makes times between events near normal


def c_chart(counts: ArrayLike) -> Limits:
    """The limits of counts of rare events: three root means around the mean, not under 0.

    Shewhart's c chart, for parity with others; its limits are not those of `exact_c_chart`.

    >>> found = c_chart([9, 7, 6, 8, 5, 7, 6, 4, 6, 5, 5, 3])
    >>> round(found.mean, 2), round(float(found.upper[0]), 2)
    (5.92, 13.21)
    """
    points = _known(counts)
    mean = float(points.mean())
    half = np.full(points.shape, 3 * np.sqrt(mean))
    return Limits(mean, np.maximum(mean - half, 0), mean + half)


def exact_c_chart(counts: ArrayLike, *, exposures: ArrayLike | None = None) -> Limits:
    """The limits of counts of rare events by the Poisson distribution itself, 0.135 % each side.

    A count beyond a limit is a signal; at a limit it is not. `exposures` are person-years
    or days, where they differ. The mean is of the points given.

    >>> found = exact_c_chart([20] * 5)
    >>> float(found.lower[0]), float(found.upper[0])
    (8.0, 35.0)
    """
    points = _known(counts)
    sizes = np.ones(len(points)) if exposures is None else np.asarray(exposures, dtype="float64")
    expected = points.sum() * sizes / sizes.sum()
    lower = scipy.stats.poisson.ppf(TAIL, expected)
    upper = scipy.stats.poisson.ppf(1 - TAIL, expected)
    return Limits(float(points.mean()), lower, upper)


def t_chart(days_between: ArrayLike, *, screened: bool = True) -> Limits:
    """The limits of the days between events, each above 0: on the days to the power 1/3.6.

    Nelson (1994), J Qual Technol 26:239-241; limits turned back, not under 0. It finds rarer
    events better than more frequent ones, whose limit is near 0: use the counts for those.
    Raises ValueError where a time is 0 or less: use `g_chart` on whole days then.
    """
    days = np.asarray(days_between, dtype="float64")
    if not (days > 0).all():
        raise ValueError("a time between events has to be above 0: use days between in a G chart")
    found = xmr(days ** (1 / TO_NORMAL), screened=screened, to_limits=3 / TO_SIGMA)

    def back(limits: Numbers) -> Numbers:
        return np.maximum(limits, 0) ** TO_NORMAL

    return Limits(float(back(np.array([found.mean]))[0]), back(found.lower), back(found.upper))


def g_chart(cases_between: ArrayLike) -> Limits:
    """The limits of the cases (or whole days) between events: three sigma of a geometric count.

    The centre is the median, the limits are of the mean: mean ± 3 √(mean (mean + 1)), not under
    0. Benneyan (2001), Health Care Manag Sci 4:305-318.
    """
    between = _known(cases_between)
    mean = float(between.mean())
    half = np.full(between.shape, 3 * np.sqrt(mean * (mean + 1)))
    return Limits(float(np.median(between)), np.maximum(mean - half, 0), mean + half)


def dispersion_test(counts: ArrayLike) -> tuple[float, float]:
    """Chi-squared and p-value of counts that vary more than independent events would.

    The index of dispersion test, on one degree of freedom fewer than counts: before any story
    about a spike.

    >>> found = dispersion_test([9, 7, 6, 8, 5, 7, 6, 4, 6, 5, 5, 3])
    >>> round(found[0], 3), round(found[1], 2)
    (5.225, 0.92)
    """
    points = _known(counts)
    mean = points.mean()
    chi_squared = float(((points - mean) ** 2).sum() / mean) if mean > 0 else 0.0
    return chi_squared, float(scipy.stats.chi2.sf(chi_squared, len(points) - 1))


def _known(counts: ArrayLike) -> Numbers:
    points = np.atleast_1d(np.asarray(counts, dtype="float64"))
    if not len(points) or not np.isfinite(points).all():
        raise ValueError("rare events need one count or more, none missing")
    return points
