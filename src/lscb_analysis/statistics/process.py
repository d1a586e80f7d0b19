"""A process chart whole: its segments, each with limits and rules of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lscb_analysis.statistics.rules import RuleSettings, rules_met
from lscb_analysis.statistics.spc import Limits, Numbers, p_prime, u_prime, xmr

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
    bases: ArrayLike | None = None,
    is_proportion: bool = False,
    screened: bool = True,
    settings: RuleSettings | None = None,
    rebases: Sequence[Rebase] = (),
    baseline: int | None = None,
) -> Process:
    """A process chart of points, oldest first, none missing: XmR, or with `bases` p' or u'.

    With `bases` the values are counts, and the chart is of their shares of the base
    (`is_proportion`: p') or of their rates for one of it (u').
    Each of the `rebases` begins a segment with limits of its own, and no rule runs across it;
    `baseline` takes an XmR chart's first limits from so many points alone and keeps them.
    Raises ValueError where a segment has fewer than two points, where a rebase lies outside
    the points, or for a baseline with bases. Never rebased by itself: only with a point and a
    reason (Making Data Count).

    >>> process([10, 12, 10, 12, 11, 11]).rules
    ['', '', '', '', '', '']
    >>> process([5, 6, 5, 12], bases=[10, 10, 10, 20], is_proportion=True).mean[0].item()
    0.56
    """
    counts = np.asarray(values, dtype="float64")
    sizes = None if bases is None else np.asarray(bases, dtype="float64")
    if sizes is not None and (baseline or sizes.shape != counts.shape):
        raise ValueError("a base belongs to each count, and a baseline to a chart without bases")
    points = counts if sizes is None else counts / sizes
    starts = [0, *sorted(rebase.at for rebase in rebases)]
    if any(not 0 < start < len(points) for start in starts[1:]):
        raise ValueError("a rebase has to lie within the points, after the first")
    found = []
    for start, end in zip(starts, [*starts[1:], len(points)], strict=True):
        part = slice(start, end)
        if sizes is None:
            base = points[part][:baseline] if baseline and start == 0 else points[part]
            limits = _stretched(xmr(base, screened=screened), end - start)
        else:
            prime = p_prime if is_proportion else u_prime
            limits = prime(counts[part], sizes[part], screened=screened)
        found.append((limits, *rules_met(points[part], limits, settings)))
    return Process(
        np.concatenate([np.full(len(sides), limits.mean) for limits, _, sides in found]),
        np.concatenate([limits.lower for limits, _, _ in found]),
        np.concatenate([limits.upper for limits, _, _ in found]),
        [name for _, names, _ in found for name in names],
        np.concatenate([sides for _, _, sides in found]),
    )


def rebases_on(begins: Sequence[date], changes: Sequence[tuple[date, str]]) -> list[Rebase]:
    """Where a chart begins anew, from what changed when: the days of changes, each with its reason.

    `begins` are the days on which the points' periods begin, oldest first. A segment begins with
    the first period that lies wholly after the change; a change before the second period or
    after the last one begins none. Several in one period are one segment, their reasons joined.

    >>> quarters = [date(2016, 4, 1), date(2016, 7, 1), date(2016, 10, 1)]
    >>> rebases_on(quarters, [(date(2016, 5, 9), "a new threshold")])
    [Rebase(at=1, reason='a new threshold')]
    """
    reasons: dict[int, list[str]] = {}
    for day, reason in sorted(changes):
        at = next((at for at, begin in enumerate(begins) if begin >= day), 0)
        if at > 0:
            reasons.setdefault(at, []).append(reason)
    return [Rebase(at, "; ".join(told)) for at, told in reasons.items()]


def _stretched(limits: Limits, points: int) -> Limits:
    """The limits of a baseline, for so many points."""
    lower, upper = np.full(points, limits.lower[0]), np.full(points, limits.upper[0])
    return Limits(limits.mean, lower, upper)


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
