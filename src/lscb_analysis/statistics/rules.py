"""The rules that tell a signal from usual variation, of NHS England's Making Data Count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lscb_analysis.statistics.spc import Limits

Numbers = NDArray[np.float64]
COMMON, OUTSIDE, TREND, TWO_IN_THREE, SHIFT = "", "outside", "trend", "two in three", "shift"
NEAR = 2 / 3  # of the way from the mean to a limit: two sigma


@dataclass(frozen=True)
class RuleSettings:
    """Which variants of the rules are in force; each changes what is called a signal.

    `run` is how many points in a row make a shift or a trend (the NHS Excel tool lets the
    user choose six or seven; the R package NHSRplotthedots has seven). `counts_outside`
    says whether points beyond a limit count towards two in three (announced by Making Data
    Count in November 2023; NHSRplotthedots 0.2.2 does not count them).
    """

    run: int = 7
    counts_outside: bool = False

    def __post_init__(self) -> None:
        if self.run not in (6, 7):
            raise ValueError(f"a run is of six or seven points, not {self.run}")


def rules_met(
    values: ArrayLike, limits: Limits, settings: RuleSettings | None = None
) -> tuple[list[str], NDArray[np.int64]]:
    """Which rule each point meets, and to which side: 1 up, -1 down, 0 where it meets none.

    The first of these that holds: `outside` a limit; `trend`, so many points all rising or
    all falling (a tie breaks it); `two in three`, two of three points beyond two sigma with
    all three on that side of the mean, the two themselves; `shift`, so many points in a row on one
    side of the mean (a point on it breaks it). One segment: rules never run across a
    rebase. Source: NHS England, Making Data Count; as NHSRplotthedots has them.

    >>> from lscb_analysis.statistics.spc import xmr
    >>> points = [5, 4, 5, 4, 5, 4, 5, 4, 1, 2, 3, 4, 5, 6, 7, 5, 4, 5, 4, 5]
    >>> rules_met(points, xmr(points))[0][8:15]
    ['outside', 'trend', 'trend', 'trend', 'trend', 'trend', 'trend']
    """
    chosen = settings or RuleSettings()
    points = np.asarray(values, dtype="float64")
    side = np.sign(points - limits.mean).astype("int64")
    outside = (points > limits.upper) | (points < limits.lower)
    found = [
        (OUTSIDE, np.where(outside, side, 0)),
        (TREND, _runs(np.sign(np.diff(points)).astype("int64"), chosen.run - 1, 1)),
        (TWO_IN_THREE, _two_in_three(points, limits, side, outside, chosen)),
        (SHIFT, _runs(side, chosen.run, 0)),
    ]
    names = [COMMON] * len(points)
    sides = np.zeros(len(points), dtype="int64")
    for name, met in reversed(found):
        for at in np.flatnonzero(met):
            names[at], sides[at] = name, met[at]
    return names, sides


def _runs(signs: NDArray[np.int64], long: int, more: int) -> NDArray[np.int64]:
    """The sign of each point that is in a run of at least so many equal signs; else 0.

    With `more` 1 the signs are steps between points: a run of steps covers one point more.
    """
    found = np.zeros(len(signs) + more, dtype="int64")
    start = 0
    for at in range(1, len(signs) + 1):
        if at == len(signs) or signs[at] != signs[start]:
            if at - start >= long and signs[start] != 0:
                found[start : at + more] = signs[start]
            start = at
    return found


def _two_in_three(
    points: Numbers,
    limits: Limits,
    side: NDArray[np.int64],
    outside: NDArray[np.bool_],
    settings: RuleSettings,
) -> NDArray[np.int64]:
    middle = limits.mean
    beyond = (points > middle + (limits.upper - middle) * NEAR) | (
        points < middle - (middle - limits.lower) * NEAR
    )
    if not settings.counts_outside:
        beyond &= ~outside
    found = np.zeros(len(points), dtype="int64")
    for start in range(len(points) - 2):
        three = slice(start, start + 3)
        if abs(side[three].sum()) == 3 and beyond[three].sum() >= 2:
            found[three] = np.where(beyond[three], side[start], found[three])
    return found
