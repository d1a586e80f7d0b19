"""One cell to a date: every way that a partner's extract was seen to write one."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_TIME = r"(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_DAY_FIRST = re.compile(rf"^(\d{{1,2}}|ZZ)[/.\-\s](\d{{1,2}}|ZZ)[/.\-\s](\d{{4}}|\d{{2}}){_TIME}$")
_YEAR_FIRST = re.compile(rf"^(\d{{4}})[/.\-](\d{{1,2}})[/.\-](\d{{1,2}}){_TIME}$")
_MONTH_NAME = re.compile(
    rf"^(\d{{1,2}})(?:ST|ND|RD|TH)?[/.\-\s]*([A-Z]{{3,9}})[/.\-,\s]*(\d{{4}}|\d{{2}}){_TIME}$"
)
_COMPACT = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})$")
_SERIAL = re.compile(r"^\d{4,5}(\.\d+)?$")
_BLANK = frozenset({"", "-", "--", "–", "N/A", "NA", "NAN", "NAT", "NONE", "NULL"})
_MONTHS = {name.upper(): number for number, name in enumerate(calendar.month_name) if name}
_EPOCH = datetime(1899, 12, 30)


@dataclass(frozen=True)
class CellProblem:
    """A cell that we cannot use, and why: never its text."""

    reason: str


def read_date(value: object, earliest: date, latest: date) -> datetime | CellProblem | None:
    """The date in a cell at midnight, None where it is blank, or what is wrong with it.

    >>> read_date("1/4/16", date(1990, 1, 1), date(2017, 3, 31))
    datetime.datetime(2016, 4, 1, 0, 0)
    """
    day = _as_day(value, latest)
    if not isinstance(day, datetime):
        return day
    if earliest <= day.date() <= latest:
        return day
    return CellProblem("a date out of range")


def _as_day(value: object, latest: date) -> datetime | CellProblem | None:
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, datetime):
        return None if str(value) == "NaT" else datetime(value.year, value.month, value.day)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_serial(value)
    return _from_text(" ".join(str(value).upper().split()), latest)


def _from_text(text: str, latest: date) -> datetime | CellProblem | None:
    if text in _BLANK:
        return None
    if match := _DAY_FIRST.match(text):
        return _day(match[3], match[2], match[1], latest)
    if match := _YEAR_FIRST.match(text) or _COMPACT.match(text):
        return _day(match[1], match[2], match[3], latest)
    if match := _MONTH_NAME.match(text):
        months = [number for name, number in _MONTHS.items() if name.startswith(match[2])]
        if len(months) == 1:
            return _day(match[3], str(months[0]), match[1], latest)
    if _SERIAL.match(text):
        return _from_serial(float(text))
    return CellProblem("a text that is not a date")


def _from_serial(number: int | float) -> datetime | CellProblem:
    if not 1 <= number < 80_000:
        return CellProblem("a number that is not a date")
    return _EPOCH + timedelta(days=int(number))


def _day(year: str, month: str, day: str, latest: date) -> datetime | CellProblem:
    number = int(year)
    if len(year) == 2:
        number = _century(number, month, day, latest)
    if "ZZ" in (month, day):
        return _last_possible(number, month, latest)
    try:
        return datetime(number, int(month), int(day))
    except ValueError:
        return CellProblem("an impossible date")


def _century(year: int, month: str, day: str, latest: date) -> int:
    this_century = 2000 + year
    numbers = (this_century, *(0 if part == "ZZ" else int(part) for part in (month, day)))
    return this_century if numbers <= (latest.year, latest.month, latest.day) else 1900 + year


def _last_possible(year: int, month: str, latest: date) -> datetime | CellProblem:
    number = 12 if month == "ZZ" else int(month)
    if not (1 <= number <= 12 and 1 <= year <= 9999):
        return CellProblem("an impossible date")
    last = datetime(year, number, calendar.monthrange(year, number)[1])
    cap = datetime(latest.year, latest.month, latest.day)
    return min(last, cap) if year == latest.year else last
