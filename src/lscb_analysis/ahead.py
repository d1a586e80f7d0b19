"""Where the year will end: a range from the quarters printed, where forecasts have held before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.periods import financial_year_label, quarter_of
from lscb_analysis.printed import is_shown
from lscb_analysis.selecting import since_anew
from lscb_analysis.statistics.forecast import (
    FEWEST_ORIGINS,
    FEWEST_POINTS,
    ORIGINS_BACK,
    Numbers,
    forecast,
    year_end_total,
)

QUARTERS = 4
SMALLEST_MEAN = 20


@dataclass(frozen=True)
class YearEnd:
    """The 80 % range of each quarter to come, and of the year where it adds up.

    `coming` has one row a quarter: period, period_end, lower, upper. `lower` and `upper` are those
    of the year's total for a flow, of its last day for a level, in whole numbers. Of `trials`
    forecasts made in the same way one quarter ahead, `hits` held.
    """

    coming: pd.DataFrame
    lower: float
    upper: float
    year: str
    is_total: bool
    hits: int
    trials: int


def year_end(points: pd.DataFrame, indicator: Indicator) -> YearEnd | None:
    """Where the financial year will end, from one series oldest first; or None.

    For counts by quarter and levels at quarter ends: of the year that runs, or after a fourth
    quarter of the next. None where a figure is missing since the first, where the mean is
    under 20, and where fewer than four earlier forecasts as far ahead could be tried.
    """
    shown = _unbroken(points, indicator)
    if shown is None:
        return None
    last = quarter_of(shown["period_end"].iloc[-1])
    steps = QUARTERS - last.number or QUARTERS
    tried = len(shown) - max(FEWEST_POINTS, len(shown) - ORIGINS_BACK) - steps + 1
    if tried < FEWEST_ORIGINS or shown["value"].mean() < SMALLEST_MEAN:
        return None
    is_total = indicator.measure == "count"
    found = forecast(shown["value"].to_numpy(), steps, is_stock=not is_total)
    if found is None:
        return None
    quarters = [last.next(step + 1) for step in range(steps)]
    coming = pd.DataFrame(
        {
            "period": [each.label for each in quarters],
            "period_end": pd.to_datetime([each.end for each in quarters]),
            "lower": _whole(found.lower),
            "upper": _whole(found.upper),
        }
    )
    known = shown["value"].iloc[-last.number :] if steps < QUARTERS else shown["value"].iloc[:0]
    lower, upper = float(coming["lower"].iloc[-1]), float(coming["upper"].iloc[-1])
    if is_total:
        lower, upper = year_end_total(known.to_numpy(), found)
    year = financial_year_label(quarters[-1].year)
    return YearEnd(coming, lower, upper, year, is_total, found.hits, found.trials)


def _unbroken(points: pd.DataFrame, indicator: Indicator) -> pd.DataFrame | None:
    kind = {"count": "quarter", "stock": "date"}.get(indicator.measure, "")
    if points.empty or str(points["period_type"].iloc[-1]) != kind:
        return None
    shown = is_shown(points)
    since = since_anew(points.loc[shown.idxmax() :]) if shown.any() else points.iloc[:0]
    if since.empty or not is_shown(since).all():
        return None
    months = since["period_end"].dt.year * 12 + since["period_end"].dt.month
    return since if (months.diff().dropna() == 12 // QUARTERS).all() else None


def _whole(limits: Numbers) -> Numbers:
    return np.floor(limits + 0.5)
