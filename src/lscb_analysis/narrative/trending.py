"""Where a flow is heading in words: a yearly change with its interval, and the time of year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.printed import is_shown
from lscb_analysis.selecting import since_anew
from lscb_analysis.statistics.intervals import Numbers
from lscb_analysis.statistics.rounding import round_half_up
from lscb_analysis.statistics.trend import (
    FEWEST_EVENTS,
    FEWEST_POINTS,
    MOST_ZEROS,
    QUARTERS,
    detectable_change,
    quasi_poisson_trend,
    seasonality,
)

LEVEL = "95% confidence interval"
SURE = 0.002  # so many charts are looked at that one in twenty would be told for nothing
MONTHS = ("April to June", "July to September", "October to December", "January to March")


def trend_sentence(points: pd.DataFrame, indicator: Indicator) -> str:
    """The yearly change over the quarters printed, with its interval, and the time of year.

    `points` are one series, oldest first. Of counts by quarter alone, twelve or more on end,
    every one printed: a level is described and never tested, and years that overlap cannot
    be. A change whose interval holds none is no clear trend; with too few events the smallest
    change that would be found stands instead. A time of year is named only where chance would
    make such quarters once in 500. Empty where nothing may be said.
    """
    counts = _counts(points, indicator)
    if counts is None:
        return ""
    over = f"Over the {len(counts)} quarters to {points['period'].iloc[-1]}"
    if counts.sum() < FEWEST_EVENTS:
        times = _number(detectable_change(max(counts.sum(), 1)))
        return (
            f"{over} there are too few events for a trend: only a change to about {times} times, "
            "or down by as much, would usually be found."
        )
    if counts.eq(0).mean() > MOST_ZEROS:
        return ""
    p_value, effects = _seasons(counts.to_numpy()[-_whole_years(len(counts)) :])
    is_seasonal = p_value < SURE
    found = quasi_poisson_trend(counts, is_seasonal=is_seasonal)
    size, low, high = ((each - 1) * 100 for each in (found.yearly, found.lower, found.upper))
    told = (
        f"{over}: {_share(size)} a year ({LEVEL} {_span(low, high)})."
        if found.is_clear
        else f"{over}: no clear trend; it could be anything from {_share(low)} to {_share(high)} "
        f"a year ({LEVEL})."
    )
    return f"{told} {_season(effects, points)}".strip() if is_seasonal else told


def _counts(points: pd.DataFrame, indicator: Indicator) -> pd.Series | None:
    """The counts of the quarters from the first that is printed, where none is missing since."""
    if points.empty or points["period_type"].iloc[-1] != "quarter" or indicator.measure != "count":
        return None
    shown = is_shown(points)
    if not shown.any():
        return None
    since = since_anew(points.loc[shown.idxmax() :])
    whole = bool(is_shown(since).all()) and not since["status"].eq("rounded").any()
    return since["value"] if whole and len(since) >= FEWEST_POINTS else None


def _seasons(counts: Numbers) -> tuple[float, Numbers]:
    """As `seasonality`; nothing is said of a quarter that never had an event."""
    if any(counts[quarter::QUARTERS].sum() == 0 for quarter in range(QUARTERS)):
        return 1.0, np.ones(QUARTERS)
    return seasonality(counts)


def _whole_years(quarters: int) -> int:
    return quarters - quarters % QUARTERS


def _season(ratios: Numbers, points: pd.DataFrame) -> str:
    effects = ratios / ratios.mean()
    first = (points["period_end"].iloc[-1].month - 4) // 3  # the series ends with this quarter
    names = [MONTHS[(first + 1 + step) % QUARTERS] for step in range(QUARTERS)]
    high, low = int(effects.argmax()), int(effects.argmin())
    return (
        f"The time of year matters: {names[high]} usually lies {_times(effects[high])} the year's "
        f"mean, {names[low]} {_times(effects[low])} it."
    )


def _times(effect: float) -> str:
    return f"{_number(abs(effect - 1) * 100)}% {'above' if effect > 1 else 'below'}"


def _share(size: float) -> str:
    return f"{_number(size)}% {'more' if size > 0 else 'fewer'}"


def _span(low: float, high: float) -> str:
    ends = sorted((abs(low), abs(high)))
    return " to ".join(f"{_number(end)}%" for end in ends)


def _number(size: float) -> str:
    return f"{round_half_up(abs(size), 1):,.1f}"
