"""A process chart whole: its segments, each with limits and rules of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lscb_analysis.statistics.rules import RuleSettings, rules_met
from lscb_analysis.statistics.spc import Limits, Numbers, xmr

FEWEST_SHOWN = 8
ALL_RULES = 13
SMALLEST_MEAN = 5
MOST_ZEROS = 0.25


@dataclass(frozen=True)
class Rebase:
    """Where a new segment begins, and why: the first point after a known, lasting change."""

    at: int
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("limits are drawn anew only with a reason: say what changed")


@dataclass(frozen=True)
class Process:
    """By point: the mean and limits of its segment, the rule it meets, and to which side."""

    mean: Numbers
    lower: Numbers
    upper: Numbers
    rules: list[str]
    sides: NDArray[np.int64]


def process(
    values: ArrayLike,
    *,
    screened: bool = True,
    settings: RuleSettings | None = None,
    rebases: Sequence[Rebase] = (),
    baseline: int | None = None,
) -> Process:
    """An individuals chart of points, oldest first, none missing.

    Each of the `rebases` begins a segment with limits of its own, and no rule runs across it;
    `baseline` takes the first segment's limits from so many points alone and keeps them.
    Raises ValueError where a segment has fewer than two points, or where a rebase lies outside
    the points. Never rebased by itself: only with a point and a reason (Making Data
    Count).

    >>> process([10, 12, 10, 12, 11, 11]).rules
    ['', '', '', '', '', '']
    """
    points = np.asarray(values, dtype="float64")
    starts = [0, *sorted(rebase.at for rebase in rebases)]
    if any(not 0 < start < len(points) for start in starts[1:]):
        raise ValueError("a rebase has to lie within the points, after the first")
    found = []
    for start, end in zip(starts, [*starts[1:], len(points)], strict=True):
        part = points[start:end]
        base = part[:baseline] if baseline and start == 0 else part
        limits = xmr(base, screened=screened)
        whole = Limits(
            limits.mean,
            np.full(part.shape, limits.lower[0]),
            np.full(part.shape, limits.upper[0]),
        )
        found.append((whole, *rules_met(part, whole, settings)))
    return Process(
        np.concatenate([np.full(len(sides), limits.mean) for limits, _, sides in found]),
        np.concatenate([limits.lower for limits, _, _ in found]),
        np.concatenate([limits.upper for limits, _, _ in found]),
        [name for _, names, _ in found for name in names],
        np.concatenate([sides for _, _, sides in found]),
    )


def chart_for(
    values: ArrayLike,
    *,
    is_stock: bool = False,
    is_proportion: bool = False,
    has_changing_base: bool = False,
) -> str:
    """Which chart a series of quarters may have: `flows`, `rare`, `p'`, `u'`, `XmR`, or `run`.

    `flows`: a stock has no chart of its own level (it carries over from quarter to quarter,
    and limits flag nothing real): chart its starts, its ends or its differences. `rare`: a mean
    under five a quarter, or more than a quarter of the points 0: yearly counts and the
    time between events. `run`: fewer than eight points, no limits. In this order.

    >>> chart_for([400, 410, 395] * 4, is_stock=True), chart_for([3, 2, 4, 1] * 3)
    ('flows', 'rare')
    """
    points = np.asarray(values, dtype="float64")
    points = points[np.isfinite(points)]  # what is withheld tells nothing of its chart
    if is_stock:
        return "flows"
    few = len(points) and (points.mean() < SMALLEST_MEAN or (points == 0).mean() > MOST_ZEROS)
    if few and not is_proportion:
        return "rare"
    if len(points) < FEWEST_SHOWN:
        return "run"
    if is_proportion:
        return "p'"
    return "u'" if has_changing_base else "XmR"


def stage_of(points: int) -> str:
    """What may be told with so many points: `none`, `trial` (outside a limit only) or `all`.

    >>> stage_of(7), stage_of(8), stage_of(13)
    ('none', 'trial', 'all')
    """
    if points < FEWEST_SHOWN:
        return "none"
    return "trial" if points < ALL_RULES else "all"
