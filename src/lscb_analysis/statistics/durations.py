"""How long things last, those still open included: Kaplan-Meier with late entry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Lasting:
    """The share still open after each time at which something ended.

    `times` ascend; `share` is the share still open just after each, `at_risk` how many were
    open just before it.
    """

    times: Numbers
    share: Numbers
    at_risk: Numbers

    def share_open(self, at: ArrayLike) -> Numbers:
        """The share still open at each time; missing after the last time anybody was seen."""
        wanted = np.atleast_1d(np.asarray(at, dtype="float64"))
        index = np.searchsorted(self.times, wanted, side="right") - 1
        return np.where(index < 0, 1.0, self.share[np.maximum(index, 0)])

    def quantile(self, share_ended: float) -> float:
        """The time by which such a share has ended; missing where it is not yet reached."""
        reached = np.flatnonzero(self.share <= 1 - share_ended + 1e-12)
        return float(self.times[reached[0]]) if len(reached) else float("nan")


def lasting(days: ArrayLike, has_ended: ArrayLike, *, entered: ArrayLike | None = None) -> Lasting:
    """The share still open by days since the start, from all spells, ended or not.

    `days` from the start to the end, or to the last day seen where `has_ended` is false;
    `entered` the days a spell had lasted when the window began (late entry), 0 by default.
    The mean of ended spells alone falls when starts rise; this does not. Kaplan and Meier
    (1958), J Am Stat Assoc 53:457-481, by statsmodels. Raises ValueError where a spell is
    not longer than the days before it was seen, or nothing ended.

    >>> found = lasting([5, 5, 8, 8, 12, 16, 23, 27], [1, 1, 1, 1, 1, 0, 1, 1])
    >>> found.quantile(0.5), round(float(found.share_open(10)[0]), 2)
    (8.0, 0.5)
    """
    from statsmodels.duration.survfunc import SurvfuncRight

    lasted, ended, since = _checked(days, has_ended, entered)
    fit = SurvfuncRight(lasted, ended, entry=since)
    return Lasting(
        np.asarray(fit.surv_times, dtype="float64"),
        np.asarray(fit.surv_prob, dtype="float64"),
        np.asarray(fit.n_risk, dtype="float64"),
    )


def median_with_limits(
    days: ArrayLike,
    has_ended: ArrayLike,
    *,
    entered: ArrayLike | None = None,
    level: float = 0.95,
    method: str = "cloglog",
) -> tuple[float, float, float]:
    """The median of spells and its limits; missing where it is not yet reached.

    `method` is the transform of the limits: cloglog (ours), log or linear; the limits depend
    on it. Children of one family often end together, so the limits are a little narrow.
    """
    from statsmodels.duration.survfunc import SurvfuncRight

    lasted, ended, since = _checked(days, has_ended, entered)
    fit = SurvfuncRight(lasted, ended, entry=since)
    with np.errstate(divide="ignore", invalid="ignore"):  # at shares of 0 and 1
        lower, upper = fit.quantile_ci(0.5, alpha=1 - level, method=method)
    found = np.array([fit.quantile(0.5), lower, upper], dtype="float64")
    found[~np.isfinite(found)] = np.nan
    return float(found[0]), float(found[1]), float(found[2])


def _checked(
    days: ArrayLike, has_ended: ArrayLike, entered: ArrayLike | None
) -> tuple[Numbers, NDArray[np.int64], Numbers | None]:
    lasted = np.asarray(days, dtype="float64")
    ended = np.asarray(has_ended).astype("int64")
    since = None if entered is None else np.asarray(entered, dtype="float64")
    if since is not None and not (lasted > since).all():
        raise ValueError("a spell has to last longer than the days before it was seen")
    if not ended.any():
        raise ValueError("nothing has ended: there is no share to work out")
    return lasted, ended, since
