"""WHEN: quarters, financial years, rolling years and England's working days."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd

PERIOD_TYPES = (
    "date",
    "month",
    "quarter",
    "financial_year",
    "rolling_year",
    "pooled",
    "calendar_year",
)

_QUARTER = re.compile(r"^(\d{4})-(\d{2})[- ]Q([1-4])$")
_FIRST_MONTH = {1: 4, 2: 7, 3: 10, 4: 1}


@dataclass(frozen=True, order=True)
class Period:
    """One labelled span of time; a snapshot starts and ends on the same day."""

    period_start: date
    period_end: date
    period_type: str
    period: str


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter of a financial year: Q1 is April to June, Q4 is January to March.

    >>> Quarter(2016, 4).end
    datetime.date(2017, 3, 31)
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in _FIRST_MONTH:
            raise ValueError(f"a quarter is numbered 1 to 4, not {self.number}")

    @property
    def id(self) -> str:
        """The name used for folders and on the command line: 2016-17-Q4."""
        return f"{financial_year_label(self.year)}-Q{self.number}"

    @property
    def label(self) -> str:
        """The name used in print: 2016-17 Q4."""
        return f"{financial_year_label(self.year)} Q{self.number}"

    @property
    def start(self) -> date:
        """The first day of the quarter."""
        return date(self.year + (self.number == 4), _FIRST_MONTH[self.number], 1)

    @property
    def end(self) -> date:
        """The last day of the quarter."""
        return self.next().start - timedelta(days=1)

    def next(self, count: int = 1) -> Quarter:
        """The quarter `count` quarters later (earlier where negative)."""
        position = self.year * 4 + (self.number - 1) + count
        return Quarter(position // 4, position % 4 + 1)

    def last(self, count: int) -> list[Quarter]:
        """The `count` quarters that end with this one, oldest first."""
        return [self.next(-back) for back in range(count - 1, -1, -1)]


def parse_quarter(text: str) -> Quarter:
    """A quarter read from its name, 2016-17-Q4.

    Raises ValueError that says what was expected, where the name is not one.

    >>> parse_quarter("2016-17-Q4").label
    '2016-17 Q4'
    """
    match = _QUARTER.match(text.strip())
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        raise ValueError(f"'{text}' is not a quarter: write it as 2016-17-Q4")
    return Quarter(int(match[1]), int(match[3]))


def quarter_of(day: date | pd.Timestamp) -> Quarter:
    """The quarter that a day falls in.

    >>> quarter_of(date(2017, 1, 1)).id
    '2016-17-Q4'
    """
    number = (day.month - 4) % 12 // 3 + 1
    return Quarter(day.year - (day.month < 4), number)


def financial_year_label(year: int) -> str:
    """The name of the financial year that starts in April of `year`: 2016-17.

    >>> financial_year_label(1999)
    '1999-00'
    """
    return f"{year}-{(year + 1) % 100:02d}"


def day_label(day: date) -> str:
    """A day in full, as it is printed: 31 March 2017."""
    return f"{day.day} {day:%B %Y}"


def quarter_period(quarter: Quarter) -> Period:
    """The quarter as a period."""
    return Period(quarter.start, quarter.end, "quarter", quarter.label)


def date_period(day: date) -> Period:
    """A snapshot on one day."""
    return Period(day, day, "date", day_label(day))


def financial_year_period(year: int) -> Period:
    """The financial year that starts in April of `year`."""
    return Period(
        date(year, 4, 1), date(year + 1, 3, 31), "financial_year", financial_year_label(year)
    )


def calendar_year_period(year: int) -> Period:
    """January to December of `year`."""
    return Period(date(year, 1, 1), date(year, 12, 31), "calendar_year", str(year))


def rolling_year_period(quarter: Quarter) -> Period:
    """The four quarters that end with `quarter`.

    >>> rolling_year_period(Quarter(2016, 2)).period
    '12 months to 2016-17 Q2'
    """
    start = quarter.next(-3).start
    return Period(start, quarter.end, "rolling_year", f"12 months to {quarter.label}")


def pooled_period(first_year: int, last_year: int) -> Period:
    """Several financial years taken together: 2014-15 to 2016-17."""
    first, last = financial_year_label(first_year), financial_year_label(last_year)
    return Period(
        date(first_year, 4, 1), date(last_year + 1, 3, 31), "pooled", f"{first} to {last}"
    )


def parse_period(period_type: str, text: str) -> Period:
    """The period that a label of its type names.

    Raises ValueError where it names none.

    >>> parse_period("rolling_year", "12 months to 2016-17 Q2").period_start
    datetime.date(2015, 10, 1)
    """
    if period_type == "quarter":
        return quarter_period(parse_quarter(text))
    if period_type == "rolling_year":
        return rolling_year_period(parse_quarter(text.removeprefix("12 months to ")))
    if period_type == "financial_year":
        return financial_year_period(int(text[:4]))
    if period_type == "calendar_year":
        return calendar_year_period(int(text))
    if period_type == "pooled":
        first, _, last = text.partition(" to ")
        return pooled_period(int(first[:4]), int(last[:4]))
    return date_period(datetime.strptime(text, "%d %B %Y").date())


@functools.cache
def bank_holidays(first_year: int = 1990, last_year: int = 2045) -> np.ndarray:
    """England's bank holidays as a sorted array of days.

    Source: the `holidays` library, United Kingdom, subdivision England.
    """
    import holidays

    days = holidays.country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1))
    return np.array(sorted(days), dtype="datetime64[D]")


def working_days_between(start: pd.Series, end: pd.Series) -> pd.Series:
    """Working days from each start to each end; the start date is day 0.

    Weekends and England's bank holidays do not count. Missing dates give a
    missing count; an end before its start gives a negative one.

    >>> start, end = (pd.Series(pd.to_datetime([day])) for day in ("2017-04-13", "2017-04-18"))
    >>> int(working_days_between(start, end).iloc[0])  # Easter: Friday and Monday are holidays
    1
    """
    known = start.notna() & end.notna()
    days = pd.Series(np.nan, index=start.index, dtype="float64")
    first = start[known].to_numpy().astype("datetime64[D]") + 1
    last = end[known].to_numpy().astype("datetime64[D]") + 1
    days[known] = np.busday_count(first, last, holidays=bank_holidays())
    return days


def add_working_days(start: pd.Series, count: int) -> pd.Series:
    """The day on which working day number `count` falls, the start date being day 0.

    >>> add_working_days(pd.Series(pd.to_datetime(["2017-04-13"])), 1).iloc[0].date()
    datetime.date(2017, 4, 18)
    """
    if count == 0:
        return start.astype("datetime64[ns]")
    known = start.notna()
    result = pd.Series(pd.NaT, index=start.index, dtype="datetime64[ns]")
    days = start[known].to_numpy().astype("datetime64[D]")
    result[known] = np.busday_offset(days, count, roll="backward", holidays=bank_holidays()).astype(
        "datetime64[ns]"
    )
    return result


def add_months(start: pd.Series, count: int) -> pd.Series:
    """The same day of the month `count` months later (the last day where there is none)."""
    return start + pd.DateOffset(months=count)
