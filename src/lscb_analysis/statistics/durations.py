"""How long things last, those still open included: Kaplan-Meier with late entry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray

from lscb_analysis.statistics.intervals import LEVEL

Numbers = NDArray[np.float64]
TRANSFORMS = ("cloglog", "log", "linear")
DAYS_A_MONTH = 365.25 / 12
EXACT = 1e-8  # within which a share is that share


@dataclass(frozen=True)
class Lasting:
    """The share still open after each time at which something ended.

    `times` ascend; `share` is the share still open just after each, `error` its standard error
    (Greenwood), `at_risk` how many were open just before it. `last` is the longest time seen.
    """

    times: Numbers
    share: Numbers
    error: Numbers
    at_risk: Numbers
    last: float

    def share_open(self, at: ArrayLike) -> Numbers:
        """The share still open at each time; missing after the last time anybody was seen."""
        wanted = np.atleast_1d(np.asarray(at, dtype="float64"))
        index = np.searchsorted(self.times, wanted, side="right") - 1
        found = np.where(index < 0, 1.0, self.share[np.maximum(index, 0)])
        return np.where((wanted > self.last) & (found > 0), np.nan, found)

    def quantile(self, share_ended: float) -> float:
        """The time by which such a share has ended; missing where it is not yet reached.

        Where exactly that share has ended for a while, the middle of that while (as R's survfit).
        """
        return self._crossing(self.share, share_ended)

    def quantile_limits(
        self, share_ended: float, level: float = LEVEL, transform: str = "cloglog"
    ) -> tuple[float, float]:
        """The limits of `quantile`: where the limits of the share cross; missing if they do not.

        `transform` of the share is cloglog (ours), log (R's survfit) or linear.
        """
        low, high = self.limits(level, transform)
        return self._crossing(low, share_ended), self._crossing(high, share_ended)

    def limits(self, level: float = LEVEL, transform: str = "cloglog") -> tuple[Numbers, Numbers]:
        """The lower and upper limits of the share after each time; missing where it is 0.

        Kalbfleisch and Prentice (2002), The Statistical Analysis of Failure Time Data, 1.4.
        Raises ValueError where the transform is none of the three.
        """
        if transform not in TRANSFORMS:
            raise ValueError(f"a transform is {', '.join(TRANSFORMS)}, not {transform!r}")
        share = np.where(self.share > 0, self.share, np.nan)
        half = float(scipy.stats.norm.ppf((1 + level) / 2)) * self.error
        if transform == "linear":
            low, high = share - half, share + half
        elif transform == "log":
            low, high = share * np.exp(-half / share), share * np.exp(half / share)
        else:
            power = np.exp(half / (share * np.abs(np.log(share))))
            low, high = share**power, share ** (1 / power)
        return np.clip(low, 0, 1), np.clip(high, 0, 1)

    def _crossing(self, share: Numbers, share_ended: float) -> float:
        height = 1 - share_ended
        reached = np.flatnonzero(share <= height + EXACT)
        if not len(reached):
            return float("nan")
        first = float(self.times[reached[0]])
        if share[reached[0]] < height - EXACT:
            return first
        below = np.flatnonzero(share < height - EXACT)
        return (first + (float(self.times[below[0]]) if len(below) else self.last)) / 2


def lasting(days: ArrayLike, has_ended: ArrayLike, *, entered: ArrayLike | None = None) -> Lasting:
    """The share still open by days since the start, from all spells, ended or not.

    `days` from the start to the end, or to the last day seen where `has_ended` is false;
    `entered` the days a spell had lasted when the window began (late entry), 0 by default.
    The mean of ended spells alone falls when starts rise; this does not. Kaplan and Meier
    (1958), J Am Stat Assoc 53:457-481, by statsmodels. Raises ValueError where a number is
    missing, a spell is not longer than the days before it was seen, or nothing ended.

    >>> found = lasting([5, 5, 8, 8, 12, 16, 23, 27], [1, 1, 1, 1, 1, 0, 1, 1])
    >>> found.quantile(0.5), round(float(found.share_open(10)[0]), 2)
    (10.0, 0.5)
    """
    from statsmodels.duration.survfunc import SurvfuncRight

    lasted, ended, since = _checked(days, has_ended, entered)
    fit = SurvfuncRight(lasted, ended, entry=since)
    share = np.asarray(fit.surv_prob, dtype="float64")
    with np.errstate(invalid="ignore"):  # where the share is 0 it has no error
        error = np.asarray(fit.surv_prob_se, dtype="float64")
    return Lasting(
        np.asarray(fit.surv_times, dtype="float64"),
        share,
        error,
        np.asarray(fit.n_risk, dtype="float64"),
        float(lasted.max()),
    )


def median_with_limits(
    days: ArrayLike,
    has_ended: ArrayLike,
    *,
    entered: ArrayLike | None = None,
    level: float = LEVEL,
    method: str = "cloglog",
) -> tuple[float, float, float]:
    """The median of spells and its limits; missing where it is not yet reached.

    `method` is the transform of the limits: cloglog (ours), log or linear; the limits depend
    on it. Children of one family often end together, so the limits are a little narrow.

    >>> days = [5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45]
    >>> median_with_limits(days, [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1])
    (23.0, 5.0, 33.0)
    """
    found = lasting(days, has_ended, entered=entered)
    return (found.quantile(0.5), *found.quantile_limits(0.5, level, method))


def _checked(
    days: ArrayLike, has_ended: ArrayLike, entered: ArrayLike | None
) -> tuple[Numbers, NDArray[np.int64], Numbers | None]:
    lasted = np.asarray(days, dtype="float64")
    known = np.isfinite(lasted) & np.isfinite(np.asarray(has_ended, dtype="float64"))
    if not known.all():
        raise ValueError("a spell needs its days, and whether it has ended")
    ended = np.asarray(has_ended).astype("int64")
    since = None if entered is None else np.asarray(entered, dtype="float64")
    if since is not None and not (lasted > since).all():
        raise ValueError("a spell has to last longer than the days before it was seen")
    if not ended.any():
        raise ValueError("nothing has ended: there is no share to work out")
    return lasted, ended, since
