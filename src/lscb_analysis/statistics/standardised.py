"""Directly standardised rates: what a rate would be if every area had the same ages."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from lscb_analysis.statistics.intervals import LEVEL, Numbers, byar, poisson_count

FEWEST_EVENTS = 10  # under which no standardised rate is given (Morris et al. 2018; ONS)
LIMITS: dict[str, Callable[..., tuple[Numbers, Numbers]]] = {"byar": byar, "exact": poisson_count}


def standardised_rate(
    counts: ArrayLike,
    populations: ArrayLike,
    standard: ArrayLike,
    per: float,
    *,
    level: float = LEVEL,
    method: str = "byar",
) -> tuple[Numbers, Numbers, Numbers]:
    """The directly standardised rate of each area, with its lower and upper limits.

    `counts` and `populations` have a row for each area and a column for each age band (one area
    may be one row without brackets), `standard` the standard population of each band; `per`
    people. The variance of the weighted sum scales the limits of the plain count: Byar's, or the
    exact ones. Missing with under ten events, of which no limits can be relied on, and where a
    number is missing. Dobson, Kuulasmaa, Eberle and Scherer (1991), Statistics in Medicine
    10:457-462; Office for Health Improvement and Disparities, technical guide: confidence
    intervals, appendix 4; the least count: Morris, Tan, Fryers and Bestwick (2018), Population
    Health Metrics 16:19. Raises ValueError where bands do not match, a population or a standard is
    0 or less, a count is below 0, or the method is neither of the two.

    >>> found = standardised_rate([4, 9, 17], [5200, 8100, 6300], [6000, 8000, 6000], 10_000)
    >>> [round(float(item[0]), 2) for item in found]
    [14.85, 10.0, 21.21]
    """
    if method not in LIMITS:
        raise ValueError(f"limits are by {' or '.join(LIMITS)}, not by {method!r}")
    found = np.atleast_2d(np.asarray(counts, dtype="float64"))
    people = np.atleast_2d(np.asarray(populations, dtype="float64"))
    weights = np.asarray(standard, dtype="float64")
    if found.shape != people.shape or found.shape[1:] != weights.shape:
        raise ValueError("each area needs a count and a population for each band of the standard")
    if (found < 0).any() or (people <= 0).any() or not (weights > 0).all():
        raise ValueError("populations and the standard have to be above 0, counts not below it")
    shares = weights / weights.sum()
    events = found.sum(axis=1)
    enough = events >= FEWEST_EVENTS  # and never where a count is missing
    rate = np.where(enough, (shares * found / people).sum(axis=1), np.nan)
    variance = (shares**2 * found / people**2).sum(axis=1)
    scale = np.sqrt(variance / np.where(enough, events, np.nan))
    lower, upper = LIMITS[method](events, level=level)
    below, above = (scale * (limit - events) for limit in (lower, upper))
    return rate * per, (rate + below) * per, (rate + above) * per
