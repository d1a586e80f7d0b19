"""Which periods an indicator is measured for, and whether the submissions cover them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.periods import (
    Period,
    Quarter,
    date_period,
    financial_year_period,
    pooled_period,
    quarter_period,
    rolling_year_period,
)

QUARTERS_SHOWN = 20
YEARS_SHOWN = 3
POOLED_YEARS = 3
POOLED_WINDOWS = 2
POOLED_LAST = 2016  # spans of three years end in 2013-14, 2016-17, 2019-20, ...
BREAKDOWN_ORDER = ("pooled", "rolling_year", "date", "financial_year", "quarter")
# For each table the first and last day of each stretch of days that its submissions cover.
Stretches = Mapping[str, Sequence[tuple[date, date]]]


def last_financial_year(quarter: Quarter) -> int:
    """The latest financial year that is over when the quarter ends.

    >>> last_financial_year(Quarter(2016, 4)), last_financial_year(Quarter(2016, 3))
    (2016, 2015)
    """
    return quarter.year if quarter.number == 4 else quarter.year - 1


def windows(period_type: str, quarter: Quarter) -> list[Period]:
    """The periods of one type that a quarter's release measures, oldest first.

    Twenty quarters or quarter ends; the three latest whole financial years; the rolling
    year and the two before it, and two pooled spans of three years. No two pooled spans of
    any two releases overlap, since their difference would be a single year's.
    """
    last_year = last_financial_year(quarter)
    if period_type == "quarter":
        return [quarter_period(each) for each in quarter.last(QUARTERS_SHOWN)]
    if period_type == "date":
        return [date_period(each.end) for each in quarter.last(QUARTERS_SHOWN)]
    if period_type == "financial_year":
        years = range(last_year - YEARS_SHOWN + 1, last_year + 1)
        return [financial_year_period(year) for year in years]
    if period_type == "rolling_year":
        ends = [quarter.next(-4 * back) for back in range(YEARS_SHOWN - 1, -1, -1)]
        return [rolling_year_period(end) for end in ends]
    if period_type == "pooled":
        newest = last_year - (last_year - POOLED_LAST) % POOLED_YEARS
        lasts = [newest - POOLED_YEARS * back for back in range(POOLED_WINDOWS - 1, -1, -1)]
        return [pooled_period(last - POOLED_YEARS + 1, last) for last in lasts]
    raise ValueError(f"no release measures periods of the type {period_type}")


def breakdown_windows(indicator: Indicator, quarter: Quarter) -> list[Period]:
    """The latest period and the one a year (or a pooled span) before it, for breakdowns.

    Of rolling years only those that end with a financial year: two that overlap would give
    the difference of two quarters in every category, and from a year of none each quarter.
    """
    for period_type in BREAKDOWN_ORDER:
        if period_type in indicator.periods:
            is_rolling = period_type == "rolling_year"
            until = Quarter(last_financial_year(quarter), 4) if is_rolling else quarter
            periods = windows(period_type, until)
            back = 5 if period_type in ("date", "quarter") else 2
            return [periods[-back], periods[-1]]
    raise ValueError(f"{indicator.id} is measured for no period that a breakdown can have")


def stretches_of(coverage: pd.DataFrame) -> Stretches:
    """The stretches of days that each table's submissions cover, first and last, in order.

    `coverage` has the columns table, start, end: one row a stretch of days.
    """
    stretches: dict[str, list[tuple[date, date]]] = {}
    ordered = coverage.sort_values("start", kind="stable")
    for table, first, last in ordered[["table", "start", "end"]].itertuples(index=False):
        stretches.setdefault(table, []).append((first.date(), last.date()))
    return stretches


def is_covered(stretches: Stretches, table: str, start: date, end: date) -> bool:
    """Whether the submissions of a table cover every day from `start` to `end`."""
    reached = start
    for first, last in stretches.get(table, ()):
        if first > reached:
            break
        reached = max(reached, last + timedelta(days=1))
    return reached > end
