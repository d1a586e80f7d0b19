"""From one period to another: how much changed, and how much of it chance could have made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike

from lscb_analysis.statistics.intervals import LEVEL, difference, rate_ratio

SMALL = 20  # under this count the exact interval is used


@dataclass(frozen=True)
class Change:
    """A change with its limits: a ratio of counts or rates, or a difference of proportions."""

    size: float
    lower: float
    upper: float

    def is_clear(self, none: float) -> bool:
        """Whether no change (a ratio of 1, a difference of 0) lies outside the limits."""
        return not self.lower <= none <= self.upper


def dispersion(counts: ArrayLike, bases: ArrayLike | None = None) -> float:
    """How much more counts vary from period to period than independent events would; at least 1.

    The index of dispersion about the mean (or about the common rate, with `bases`): Pearson's
    chi-squared over its degrees of freedom. A real rise or fall is in it too, which makes
    limits wider and never narrower. Raises ValueError where there are fewer than three.

    >>> round(dispersion([59, 69, 51, 31, 73, 79, 77, 50]), 2)
    4.47
    """
    found = np.asarray(counts, dtype="float64")
    if len(found) < 3 or not np.isfinite(found).all():
        raise ValueError("a dispersion needs three counts or more, none missing")
    shares = np.ones(len(found)) if bases is None else np.asarray(bases, dtype="float64")
    expected = found.sum() * shares / shares.sum()
    if not (expected > 0).all():
        return 1.0
    return max(1.0, float(((found - expected) ** 2 / expected).sum() / (len(found) - 1)))


def ratio_change(
    count: float,
    before: float,
    *,
    scatter: float = 1.0,
    exposure: float = 1.0,
    level: float = LEVEL,
) -> Change:
    """A count as a ratio of an earlier one, with limits that allow for the series' scatter.

    `scatter` is the series' dispersion, `exposure` how much more could have happened (the
    ratio of populations or of days). Counts under 20 have the exact limits (conditional on
    the sum of both, Clopper-Pearson), widened on the log scale by the root of the scatter;
    others those of the quasi-Poisson model, log ratio ± z √(φ(1/x + 1/y)). Where either count is
    0 the other is taken for as many independent events as the scatter leaves of it. A count of
    0 before makes the ratio and its upper limit infinite.

    >>> found = ratio_change(312, 268)
    >>> round(found.size, 3), round(found.lower, 2), round(found.upper, 2)
    (1.164, 0.99, 1.37)
    """
    if min(count, before) < SMALL:
        is_none = count == 0 or before == 0
        share = scatter if is_none else 1.0
        found = rate_ratio([count / share], [exposure], [before / share], [1.0], level)
        size, lower, upper = (float(item[0]) for item in found)
        if not is_none:
            wider = np.sqrt(scatter)
            lower = size * (lower / size) ** wider
            upper = size * (upper / size) ** wider
        return Change(size, lower, upper)
    size = count / before / exposure
    half = float(scipy.stats.norm.ppf((1 + level) / 2)) * np.sqrt(
        scatter * (1 / count + 1 / before)
    )
    return Change(size, float(size * np.exp(-half)), float(size * np.exp(half)))


def points_change(
    count: float,
    base: float,
    before: float,
    before_base: float,
    *,
    scatter: float = 1.0,
    rounding: float = 0.0,
    level: float = LEVEL,
) -> Change:
    """A proportion less an earlier one, in percentage points, with Newcombe's limits.

    Newcombe (1998), Statistics in Medicine 17:873-890, method 10. `scatter` is how many times
    wider than chance alone the series' own points spread (sigma_z of `spc`, at least 1): both
    limits are that much further from the difference. Where the counts are those that rounded
    percentages give, `rounding` is how far out the difference may be by that, in points.

    >>> found = points_change(56, 70, 48, 80)
    >>> round(found.size, 1), round(found.lower, 1), round(found.upper, 1)
    (20.0, 5.2, 33.4)
    """
    found = difference([count], [base], [before], [before_base], level)
    size, lower, upper = (float(item[0]) * 100 for item in found)
    wider = max(1.0, scatter)
    low, high = size - wider * (size - lower), size + wider * (upper - size)
    return Change(size, low - rounding, high + rounding)


def smallest_clear_change(
    before: int, level: float = LEVEL, *, scatter: float = 1.0
) -> tuple[int, int | None]:
    """The smallest rise, and the smallest fall, from a count that a test calls clear.

    (The count to which it would have to rise, the count to which it would have to fall); None where
    no fall, even to 0, would be clear. Two counts of equal exposure, exact two-sided
    conditional binomial test (as R's poisson.test has it); where the series has a `scatter`
    above 1, the limits of `ratio_change`, widened by it.

    >>> smallest_clear_change(5), smallest_clear_change(20)
    ((15, None), (36, 8))
    """

    def is_clear(after: int) -> bool:
        if scatter > 1:
            return ratio_change(after, before, scatter=scatter, level=level).is_clear(1)
        if not after + before:
            return False
        return float(scipy.stats.binomtest(after, after + before, 0.5).pvalue) <= 1 - level

    far = max(1, before)
    while not is_clear(before + far):
        far *= 2
    rise = _first(lambda by: is_clear(before + by), far)
    if before == 0 or not is_clear(0):
        return before + rise, None
    return before + rise, before - _first(lambda by: is_clear(before - by), before)


def _first(is_clear: Callable[[int], bool], known: int) -> int:
    """The smallest number from 1 that is clear, where `known` and all above the smallest are."""
    low, high = 0, known
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_clear(middle) else (middle, high)
    return high
