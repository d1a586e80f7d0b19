"""Period cells: quarters, years, dates and years taken together, in the usual wordings."""

from __future__ import annotations

import re
from datetime import date

from lscb_analysis.periods import (
    Period,
    Quarter,
    calendar_year_period,
    date_period,
    financial_year_period,
    pooled_period,
    quarter_of,
    quarter_period,
    rolling_year_period,
)
from lscb_analysis.sources.date_cells import CellProblem, read_date
from lscb_analysis.sources.text_cells import plain_text

EARLIEST, LATEST = date(1990, 1, 1), date(2049, 12, 31)
_YEAR = r"((?:19|20)\d{2})\s*[-/–]\s*((?:19|20)?\d{2})"
_FINANCIAL = re.compile(rf"^(?:fy\s*)?{_YEAR}$", re.IGNORECASE)
_QUARTER = re.compile(rf"^{_YEAR}[\s,-]*Q(?:uarter)?\s*([1-4])$", re.IGNORECASE)
_QUARTER_FIRST = re.compile(rf"^Q(?:uarter)?\s*([1-4])[\s,-]*{_YEAR}$", re.IGNORECASE)
_POOLED = re.compile(rf"^{_YEAR}\s+to\s+{_YEAR}$", re.IGNORECASE)
_ROLLING = re.compile(r"^(?:12|twelve) months to (.+)$", re.IGNORECASE)
_CALENDAR = re.compile(r"^((?:19|20)\d{2})(?:\.0)?$")


def read_period(cell: object) -> Period | None:
    """The period that a cell names, or None where it names none from 1990 to 2049.

    A day is a snapshot (a cell of type date, or one written day first or in words).

    >>> [read_period(text).period for text in ("Q4 2016/17", "2016-17", "31/03/2017", 2016)]
    ['2016-17 Q4', '2016-17', '31 March 2017', '2016']
    """
    period = _read(plain_text(cell))
    if period is None and not isinstance(cell, (int, float)):
        period = _day(cell)
    if period is None or period.period_start < EARLIEST or period.period_end > LATEST:
        return None
    return period


def _read(text: str) -> Period | None:
    if match := _CALENDAR.match(text):
        return calendar_year_period(int(match[1]))
    if match := _ROLLING.match(text):
        return _rolling(match[1])
    if match := _POOLED.match(text):
        first, last = _start(match[1], match[2]), _start(match[3], match[4])
        is_span = first is not None and last is not None and first < last
        return pooled_period(first, last) if is_span else None  # type: ignore[arg-type]
    if match := _FINANCIAL.match(text):
        year = _start(match[1], match[2])
        return None if year is None else financial_year_period(year)
    quarter = _quarter(text)
    return None if quarter is None else quarter_period(quarter)


def _rolling(text: str) -> Period | None:
    quarter = _quarter(text)
    if quarter is None:
        day = _day(text)
        quarter = None if day is None else quarter_of(day.period_end)
        if day is None or quarter is None or quarter.end != day.period_end:
            return None
    return rolling_year_period(quarter)


def _quarter(text: str) -> Quarter | None:
    if match := _QUARTER.match(text):
        year, number = _start(match[1], match[2]), match[3]
    elif match := _QUARTER_FIRST.match(text):
        year, number = _start(match[2], match[3]), match[1]
    else:
        return None
    return None if year is None else Quarter(year, int(number))


def _start(first: str, second: str) -> int | None:
    """The year in which a financial year starts, where its two years follow each other."""
    return int(first) if (int(first) + 1) % 100 == int(second[-2:]) else None


def _day(cell: object) -> Period | None:
    found = read_date(cell, EARLIEST, LATEST)
    return None if found is None or isinstance(found, CellProblem) else date_period(found.date())
