"""Time periods of official statistics: what `time_period` and `time_identifier` say together."""

from __future__ import annotations

import functools
import re
from datetime import date, timedelta

from lscb_analysis.periods import Period, day_label, financial_year_label

REPORTING_YEAR_ENDS = (3, 31)
MID_YEAR = (6, 30)
_YEARS = re.compile(r"(\d{4})(?:[-/ ]?(\d{2}|\d{4}))?(?:\.0)?")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_DAY = re.compile(rf"(.*?)\b(\d{{1,2}})(?:st|nd|rd|th)? ({'|'.join(_MONTHS)})\b.*")
_QUARTERS = re.compile(r"(.+?) ?q([1-4])(?: ?-? ?q?([1-4]))?")
_WEEK = re.compile(r"w(?:eek)? ?(\d{1,2})")
_MONTH_CODE = re.compile(r"m(\d{1,2})")
# Months from January of the year in `time_period`: the first, and the one after the last.
_SPANS = {
    "calendar year": (0, 12, "calendar_year"),
    "financial year": (3, 15, "financial_year"),
    "academic year": (8, 20, "academic_year"),
    "five half terms": (8, 17, "half_terms"),
    "six half terms": (8, 20, "half_terms"),
    "autumn term": (8, 12, "term"),
    "autumn and spring term": (8, 15, "term"),
    "spring term": (12, 15, "term"),
    "summer term": (15, 20, "term"),
    "part 1": (3, 9, "financial_half"),
    "part 2": (9, 15, "financial_half"),
}
_CODES = {
    "cy": "calendar year",
    "fy": "financial year",
    "ay": "academic year",
    "ty": "tax year",
    "ry": "reporting year",
    "ht5": "five half terms",
    "ht6": "six half terms",
    "t1": "autumn term",
    "t1t2": "autumn and spring term",
    "t2": "spring term",
    "t3": "summer term",
    "p1": "part 1",
    "p2": "part 2",
    "eom": "up until 31 march",
}
_FIRST_QUARTER = {"calendar year": 0, "financial year": 3, "tax year": 3, "academic year": 7}


@functools.lru_cache(maxsize=10_000)
def read_period(
    time_period: str,
    time_identifier: str,
    year_ends: tuple[int, int] = REPORTING_YEAR_ENDS,
    is_snapshot: bool = False,
) -> Period | None:
    """The period that the two cells say, or None where they say none that is known.

    `time_period` is one year (2017) or two (201617, 2016-17, 2016/2017); `time_identifier`
    is Explore Education Statistics' wording or its code (AY, FY, RY, T1, M3, W12, CYQ1-Q2),
    in any case. As there, the first year counts: 201617 and 2016 are both the financial or
    academic year that starts in 2016. A reporting year 2017 is the year to the day
    `year_ends` (month, day) of 2017 or, with `is_snapshot`, that day alone; 201617 is the
    one that ends in 2017. `31 March` is a day, `year ending 31 March` the year to it; with
    two years the day is the one between the April of the first and the March of the second.
    Academic years run from September, their quarters from August (as further education has
    them); terms are whole months: September, January and April are their first.

    >>> read_period("2017", "Reporting year").period
    'year to 31 March 2017'
    >>> read_period("201617", "Financial year").period_start
    datetime.date(2016, 4, 1)
    >>> read_period("2017", "As at 31 March").period_type
    'date'
    """
    years, identifier = _years(time_period), _plain(time_identifier)
    if years is None:
        return None
    first, last = years
    try:
        if identifier == "reporting year":
            end = date(last, *year_ends)
            return _day(end) if is_snapshot else _year_to(end, "reporting_year")
        return (
            _quarters(first, identifier)
            or _on_a_day(first, last, identifier)
            or _span(first, last, identifier)
        )
    except ValueError:
        return None


def _plain(identifier: str) -> str:
    words = " ".join(identifier.casefold().replace("_", " ").replace("–", "-").split())
    return _CODES.get(words, words)


def _years(text: str) -> tuple[int, int] | None:
    """The first and the last year: (2016, 2017) for 201617, (2017, 2017) for 2017."""
    found = _YEARS.fullmatch(text.strip())
    if found is None or not 1900 <= int(found[1]) <= 2100:
        return None
    first, second = int(found[1]), found[2]
    if second is None:
        return first, first
    return (first, first + 1) if int(second) % 100 == (first + 1) % 100 else None


def _quarters(first: int, identifier: str) -> Period | None:
    year = identifier[:2] if identifier[2:3] == "q" else ""
    found = _QUARTERS.fullmatch(_CODES.get(year, year) + identifier[len(year) :])
    if found is None or found[1] not in _FIRST_QUARTER:
        return None
    one, other = int(found[2]), int(found[3] or found[2])
    if other < one:
        return None
    begin = _FIRST_QUARTER[found[1]]
    name = f"Q{one}" if one == other else f"Q{one} to Q{other}"
    label = str(first) if begin == 0 else financial_year_label(first)
    days = 5 if found[1] == "tax year" else 0
    span = _months(first, begin + (one - 1) * 3, begin + other * 3, days)
    kind = "quarter" if one == other else "quarters"
    return Period(*span, kind, f"{label} {name}")


def _on_a_day(first: int, last: int, identifier: str) -> Period | None:
    found = _DAY.fullmatch(identifier)
    if found is None:
        return None
    month = _MONTHS.index(found[3]) + 1
    day = date(last if month < 4 else first, month, int(found[2]))
    words = found[1].split()
    is_year = "year" in words or "12 months" in found[1]
    return _year_to(day, "year_to_date") if is_year else _day(day)


def _span(first: int, last: int, identifier: str) -> Period | None:
    if identifier == "tax year":
        return Period(*_months(first, 3, 15, 5), "tax_year", financial_year_label(first))
    week, code = _WEEK.fullmatch(identifier), _MONTH_CODE.fullmatch(identifier)
    if week:
        start = date.fromisocalendar(first, int(week[1]), 1)
        return Period(start, start + timedelta(days=6), "week", f"{first} week {int(week[1])}")
    if identifier in _MONTHS or code:
        month = int(code[1]) if code else _MONTHS.index(identifier) + 1
        name = _MONTHS[month - 1].capitalize() if 1 <= month <= 12 else ""
        year = last if month < 4 else first
        return Period(*_months(year, month - 1, month), "month", f"{name} {year}") if name else None
    name = identifier.split(" (")[0]
    if name not in _SPANS:
        return None
    begin, end, kind = _SPANS[name]
    label = str(first) if begin == 0 else financial_year_label(first)
    whole = kind in ("calendar_year", "financial_year", "academic_year")
    return Period(*_months(first, begin, end), kind, label if whole else f"{label} {name}")


def _months(year: int, begin: int, end: int, days: int = 0) -> tuple[date, date]:
    """From the first of one month to the last day before another, `days` later."""
    start = date(year + begin // 12, begin % 12 + 1, 1)
    after = date(year + end // 12, end % 12 + 1, 1)
    return start + timedelta(days=days), after + timedelta(days=days - 1)


def _year_to(end: date, kind: str) -> Period:
    after = end + timedelta(days=1)
    return Period(after.replace(year=after.year - 1), end, kind, f"year to {day_label(end)}")


def _day(day: date) -> Period:
    return Period(day, day, "date", day_label(day))
