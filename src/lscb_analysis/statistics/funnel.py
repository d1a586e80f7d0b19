"""Funnels: how far an area may lie from all areas together before chance explains it no more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
WARNING, DIFFERENT = 0.95, 0.998
WINSORISED = 0.1


@dataclass(frozen=True)
class Funnel:
    """All areas' common rate, how much areas differ beyond chance, and where each lies.

    `between` is the variance between areas (tau squared) on the transformed scale, `scatter`
    the dispersion of the winsorised scores (phi), `scores` each area's distance from the rate
    in standard errors of chance alone.
    """

    rate: float
    between: float
    scatter: float
    scores: Numbers
    is_proportion: bool

    def limits(self, bases: ArrayLike, level: float, *, spread: bool = True) -> tuple[Numbers, ...]:
        """The lower and upper limits at each base, in parts of one (or events per unit of base).

        With `spread` they allow for the usual variation between areas too; without, for
        chance alone (`exact_limits`).
        """
        sizes = np.atleast_1d(np.asarray(bases, dtype="float64"))
        if not spread:
            ends = ((1 - level) / 2, (1 + level) / 2)
            found = (exact_limits(sizes, self.rate, end, self.is_proportion) for end in ends)
            return tuple(found)
        z = float(scipy.stats.norm.ppf((1 + level) / 2))
        if self.is_proportion:
            half = z * np.sqrt(1 / (4 * sizes) + self.between)
            middle = np.arcsin(np.sqrt(self.rate))
            low, high = np.maximum(middle - half, 0), np.minimum(middle + half, np.pi / 2)
            return np.sin(low) ** 2, np.sin(high) ** 2
        expected = sizes * self.rate
        half = z * np.sqrt(1 / (4 * expected) + self.between)
        return (
            self.rate * np.maximum(1 - half, 0) ** 2,
            self.rate * (1 + half) ** 2,
        )


def funnel(
    counts: ArrayLike,
    bases: ArrayLike,
    *,
    is_proportion: bool,
    winsorised: float = WINSORISED,
    rate: float | None = None,
) -> Funnel:
    """The funnel of all areas of one release: counts out of bases, none missing.

    `rate` is the one to compare with, that of all areas together by default.
    Proportions on the arcsine scale, rates on the square-root scale, with limits turned
    back; both keep their size for small bases. The variance between areas is DerSimonian
    and Laird's from scores winsorised at both ends, never under 0. Source: Spiegelhalter
    (2005), Statistics in Medicine 24:1185-1202, and (2012), J R Stat Soc A 175:1-47.
    Raises ValueError with fewer than three areas, a base of 0, or, of rates, with no event.

    >>> found = funnel([100, 150, 180, 80], [1080, 1120, 1650, 950], is_proportion=False)
    >>> round(found.rate, 4)
    0.1062
    """
    found, sizes = np.asarray(counts, dtype="float64"), np.asarray(bases, dtype="float64")
    if len(found) < 3 or not (sizes > 0).all() or not np.isfinite(found).all():
        raise ValueError("a funnel needs three areas or more, each with a count and a base above 0")
    rate = float(found.sum() / sizes.sum()) if rate is None else rate
    if rate == 0 and not is_proportion:
        raise ValueError("a funnel of rates needs an event")
    if is_proportion:
        placed = np.arcsin(np.sqrt(found / sizes)) - np.arcsin(np.sqrt(rate))
        error = 1 / (2 * np.sqrt(sizes))
    else:
        placed, error = np.sqrt(found / (sizes * rate)) - 1, 1 / (2 * np.sqrt(sizes * rate))
    scores = placed / error
    kept = winsorise(scores, winsorised)
    scatter = float((kept**2).mean())
    return Funnel(rate, _between(scatter, error), scatter, scores, is_proportion)


def exact_limits(
    bases: ArrayLike, rate: float, share: float, is_proportion: bool, *, bounded: bool = True
) -> Numbers:
    """Under which such a share of areas would lie by chance alone, at each base.

    The quantile of the binomial (Poisson, for rates) distribution, between whole counts by their
    probabilities, over the base; kept within what the number can be where `bounded`.
    Spiegelhalter (2005), appendix A.1.

    >>> [round(float(exact_limits([50], 1.0, share, False)[0]), 3) for share in (0.001, 0.999)]
    [0.582, 1.455]
    """
    sizes = np.atleast_1d(np.asarray(bases, dtype="float64"))
    law = scipy.stats.binom(sizes, rate) if is_proportion else scipy.stats.poisson(sizes * rate)
    count = law.ppf(share)
    above = law.cdf(count)
    found = (count - (above - share) / (above - law.cdf(count - 1))) / sizes
    return np.clip(found, 0, 1 if is_proportion else np.inf) if bounded else found


def winsorise(scores: ArrayLike, share: float) -> Numbers:
    """The scores with those beyond the lower and upper quantile moved to it.

    >>> winsorise([0, 1, 2, 3, 100], 0.25).tolist()
    [1.0, 1.0, 2.0, 3.0, 3.0]
    """
    found = np.asarray(scores, dtype="float64")
    return np.clip(found, np.quantile(found, share), np.quantile(found, 1 - share))


def _between(scatter: float, error: Numbers) -> float:
    weights = error**-2
    areas = len(error)
    below = weights.sum() - (weights**2).sum() / weights.sum()
    return max(0.0, float((areas * scatter - (areas - 1)) / below))
