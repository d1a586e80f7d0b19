"""How long spells last: the share still open after some months, and the time until half end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lscb_analysis.catalogue import Indicator, breakdowns, policy
from lscb_analysis.measures.counting import NAN, Counted, rows_where
from lscb_analysis.measures.windows import last_financial_year, windows
from lscb_analysis.periods import Period, Quarter, pooled_period
from lscb_analysis.statistics.durations import DAYS_A_MONTH, lasting, median_with_limits
from lscb_analysis.statistics.rounding import round_half_up

YEARS_TOGETHER = 2
HALF_A_DAY = 0.5


@dataclass(frozen=True)
class Spells:
    """Days from start to end or to the last day seen, whether ended, and days before the window."""

    days: NDArray[np.float64]
    has_ended: NDArray[np.bool_]
    entered: NDArray[np.float64]


def lasting_window(indicator: Indicator, quarter: Quarter) -> Period:
    """The years that spells are watched in: the last two whole financial years.

    Where the profile shows nothing but years taken together, its newest span. Two such windows
    of two years share a year at most, and neither lies within the other.
    """
    if policy().profiles[indicator.profile].pooled_years:
        return windows("pooled", quarter)[-1]
    last = last_financial_year(quarter)
    return pooled_period(last - YEARS_TOGETHER + 1, last)


def spells_in(records: pd.DataFrame, dated_by: Sequence[str], period: Period) -> Spells:
    """The spells open on any day of the period: each enters when the period begins, or later.

    One that is open on the period's last day is open to the last day seen; one that ends on
    the day it starts has lasted half a day.
    """
    opened, closed = (records[column] for column in dated_by)
    first, last = pd.Timestamp(period.period_start), pd.Timestamp(period.period_end)
    is_seen = (opened <= last) & (closed.isna() | (closed > first) | (opened >= first))
    started, ended = opened[is_seen], closed[is_seen]
    has_ended = ended.notna() & (ended <= last)
    until = ended.where(has_ended, last + pd.Timedelta(days=1))
    lasted = (until - started).dt.days.to_numpy(dtype="float64")
    before = (first - started).dt.days.to_numpy(dtype="float64")
    return Spells(
        np.maximum(lasted, HALF_A_DAY), has_ended.to_numpy(dtype=bool), np.maximum(before, 0.0)
    )


def still_open(
    indicator: Indicator, records: pd.DataFrame, period: Period
) -> list[tuple[str, Counted]]:
    """The share of spells still open after each number of months, by its name.

    The numerator is how many ended by then, the denominator how many were still watched: what
    the gate decides by. The share is Kaplan and Meier's, with late entry, in whole percent.
    """
    spells = spells_in(rows_where(records, indicator.where), indicator.dated_by, period)
    names = breakdowns()[indicator.share_by].categories
    if not spells.has_ended.any():
        return [(name, Counted(0.0, 0.0, NAN)) for name in names]
    found = lasting(spells.days, spells.has_ended, entered=spells.entered)
    marks = np.array([int(name.split()[0]) * DAYS_A_MONTH for name in names])
    shares = [
        float(round_half_up(each * 100, indicator.decimals)) for each in found.share_open(marks)
    ]
    cells = []
    for name, mark, share in zip(names, marks, shares, strict=True):
        ended = float((spells.has_ended & (spells.days <= mark)).sum())
        watched = float(((spells.days > mark) & (spells.entered < mark)).sum())
        cells.append((name, Counted(ended, watched, share)))
    return cells


def time_to_end(indicator: Indicator, records: pd.DataFrame, period: Period) -> Counted:
    """The months until half of the spells have ended, with limits; missing if not yet reached.

    The numerator is how many ended, the denominator how many were seen.
    """
    spells = spells_in(rows_where(records, indicator.where), indicator.dated_by, period)
    seen, ended = float(len(spells.days)), float(spells.has_ended.sum())
    if not ended:
        return Counted(ended, seen, NAN)
    found = median_with_limits(spells.days, spells.has_ended, entered=spells.entered)
    months = [float(round_half_up(days / DAYS_A_MONTH, indicator.decimals)) for days in found]
    return Counted(ended, seen, *months)
