"""Confidence intervals: arrays of counts in, arrays of limits out, every method named."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

LEVEL = 0.95


def wilson(count: ArrayLike, base: ArrayLike, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """The lower and upper limits of a proportion, as proportions of one.

    Missing where the base is zero, either number is missing, or more is counted than there is.
    Wilson's score method: Newcombe (1998), Statistics in Medicine 17:857-872, method 3.

    >>> lower, upper = wilson([81], [263])
    >>> round(float(lower[0]), 4), round(float(upper[0]), 4)
    (0.2553, 0.3662)
    """
    from statsmodels.stats.proportion import proportion_confint

    counts, bases = _pair(count, base)
    known = _can_be(counts, bases)
    lower, upper = np.full(counts.shape, np.nan), np.full(counts.shape, np.nan)
    if known.any():
        found = proportion_confint(counts[known], bases[known], alpha=1 - level, method="wilson")
        lower[known], upper[known] = np.clip(found[0], 0, 1), np.clip(found[1], 0, 1)
    return lower, upper


def poisson_count(count: ArrayLike, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """The exact lower and upper limits of a count of independent events.

    Garwood (1936), Biometrika 28:437-442, by chi-squared quantiles; from zero events
    the lower limit is zero. Missing where the count is missing or below zero.

    >>> lower, upper = poisson_count([10])
    >>> round(float(lower[0]), 2), round(float(upper[0]), 2)
    (4.8, 18.39)
    """
    from scipy.stats import chi2

    counts = np.atleast_1d(np.asarray(count, dtype="float64"))
    tail = (1 - level) / 2
    lower = np.where(counts > 0, chi2.ppf(tail, 2 * np.where(counts > 0, counts, 1)) / 2, 0.0)
    upper = chi2.ppf(1 - tail, 2 * (counts + 1)) / 2
    missing = ~(counts >= 0)
    return np.where(missing, np.nan, lower), np.where(missing, np.nan, upper)


def byar(count: ArrayLike, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """Byar's approximate limits of a count; the exact ones are nearer under ten events.

    Breslow and Day (1987), Statistical Methods in Cancer Research II, p. 69.

    >>> lower, upper = byar([17])
    >>> round(float(lower[0]), 2), round(float(upper[0]), 2)
    (9.9, 27.22)
    """
    from scipy.stats import norm

    counts = np.atleast_1d(np.asarray(count, dtype="float64"))
    z = norm.ppf((1 + level) / 2)
    known = np.where(counts > 0, counts, np.nan)
    lower = known * (1 - 1 / (9 * known) - z / (3 * np.sqrt(known))) ** 3
    more = np.where(counts >= 0, counts, np.nan) + 1
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    # far out, the limit of a count of one would be a little under 0
    return np.where(counts == 0, 0.0, np.maximum(lower, 0)), upper


def clopper_pearson(
    count: ArrayLike, base: ArrayLike, level: float = LEVEL
) -> tuple[Numbers, Numbers]:
    """The exact lower and upper limits of a proportion, as proportions of one.

    Clopper and Pearson (1934), Biometrika 26:404-413: never too narrow, often too wide.

    >>> lower, upper = clopper_pearson([0], [20])
    >>> float(lower[0]), round(float(upper[0]), 4)
    (0.0, 0.1684)
    """
    from statsmodels.stats.proportion import proportion_confint

    counts, bases = _pair(count, base)
    known = _can_be(counts, bases)
    counts, bases = np.where(known, counts, np.nan), np.where(known, bases, np.nan)
    lower, upper = proportion_confint(counts, bases, alpha=1 - level, method="beta")
    return np.where(counts == 0, 0.0, lower), np.where(counts == bases, 1.0, upper)


def published_rate(
    count: ArrayLike, population: ArrayLike, per: float, level: float = LEVEL
) -> tuple[Numbers, Numbers]:
    """The limits of a rate as health statistics publish them: exact under ten events, else Byar's.

    Office for Health Improvement and Disparities, Fingertips: technical guidance, rates.

    >>> lower, upper = published_rate([9, 24], [61_450, 61_450], per=10_000)
    >>> [round(float(limit), 2) for limit in (*lower, *upper)]
    [0.67, 2.5, 2.78, 5.81]
    """
    counts, people = _pair(count, population)
    people = np.where(people > 0, people, np.nan)
    exact, near = poisson_count(counts, level), byar(counts, level)
    lower, upper = (np.where(counts < 10, one, two) for one, two in zip(exact, near, strict=True))
    return lower * per / people, upper * per / people


def poisson_rate(
    count: ArrayLike, population: ArrayLike, per: float, level: float = LEVEL
) -> tuple[Numbers, Numbers]:
    """The exact limits of a rate per so many people: the count's limits over the population.

    >>> lower, upper = poisson_rate([20], [100_000], per=100_000)
    >>> round(float(lower[0]), 1), round(float(upper[0]), 1)
    (12.2, 30.9)
    """
    counts, people = _pair(count, population)
    lower, upper = poisson_count(counts, level)
    people = np.where(people > 0, people, np.nan)
    return lower * per / people, upper * per / people


def rate_ratio(
    count: ArrayLike,
    population: ArrayLike,
    other_count: ArrayLike,
    other_population: ArrayLike,
    level: float = LEVEL,
) -> tuple[Numbers, Numbers, Numbers]:
    """The ratio of two rates with its exact lower and upper limits.

    Conditional on the sum of both counts (Clopper-Pearson, transformed). A ratio to a
    count of zero is infinite, and so is its upper limit; nothing is known where both are.

    >>> ratio, lower, upper = rate_ratio([41], [28_010], [15], [19_017])
    >>> [round(float(found[0]), 2) for found in (ratio, lower, upper)]
    [1.86, 1.01, 3.61]
    """
    from scipy.stats import beta

    counts, people = _pair(count, population)
    others, other_people = _pair(other_count, other_population)
    both = counts + others
    tail = (1 - level) / 2
    # beta quantiles at a count of 0 or of all are 0 and 1 by definition, and scipy gives NaN
    low_share = np.where(counts > 0, beta.ppf(tail, counts, others + 1), 0.0)
    high_share = np.where(others > 0, beta.ppf(1 - tail, counts + 1, others), 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        exposure = other_people / people
        found = (
            (counts / others) * exposure,
            low_share / (1 - low_share) * exposure,
            high_share / (1 - high_share) * exposure,
        )
    known = np.isfinite(both) & (both > 0) & (people > 0) & (other_people > 0)
    ratio, lower, upper = (np.where(known, item, np.nan) for item in found)
    return ratio, lower, upper


def difference(
    count: ArrayLike,
    base: ArrayLike,
    other_count: ArrayLike,
    other_base: ArrayLike,
    level: float = LEVEL,
) -> tuple[Numbers, Numbers, Numbers]:
    """The difference of two proportions with its lower and upper limits, as parts of one.

    Newcombe (1998), Statistics in Medicine 17:873-890, method 10 (from Wilson limits).

    >>> gap, lower, upper = difference([56], [70], [48], [80])
    >>> [round(float(found[0]), 4) for found in (gap, lower, upper)]
    [0.2, 0.0524, 0.3339]
    """
    counts, bases = _pair(count, base)
    others, other_bases = _pair(other_count, other_base)
    lower, upper = wilson(counts, bases, level)
    other_lower, other_upper = wilson(others, other_bases, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        share, other_share = counts / bases, others / other_bases
    gap = share - other_share
    below = np.hypot(share - lower, other_upper - other_share)
    above = np.hypot(upper - share, other_share - other_lower)
    return gap, gap - below, gap + above


def _can_be(counts: Numbers, bases: Numbers) -> NDArray[np.bool_]:
    return (counts >= 0) & (bases > 0) & (counts <= bases)


def _pair(first: ArrayLike, second: ArrayLike) -> tuple[Numbers, Numbers]:
    one = np.atleast_1d(np.asarray(first, dtype="float64"))
    two = np.atleast_1d(np.asarray(second, dtype="float64"))
    wide = np.broadcast_arrays(one, two)
    return wide[0].astype("float64"), wide[1].astype("float64")
