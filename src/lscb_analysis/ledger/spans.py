"""Spans: the period that a label names, and whether it can be read in one way only."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from lscb_analysis.periods import Quarter, calendar_year_period, financial_year_period

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = r"(\d{4})-(\d{1,2})-(\d{1,2})"
_TO = r"\s*(?:\.\.|–|to|until|and)\s*"
_MISSING = {"", "n/s", "ns", "not stated", "unknown", "n/k", "not known", "tbc", "?", "-", "none"}
_VAGUE = re.compile(r"[\"“”?]|\bas at\b|\bsince\b|\bend of\b|\bsic\b")
_AS_AT = re.compile(r"\bas at\b|\bend of\b|\bat\b")
_RELATIVE = re.compile(r"\byear on year\b|\bq\d on q\d\b|\bon previous\b|\bquarter on quarter\b")


@dataclass(frozen=True)
class Span:
    """The first and last day that a label names; `kind` says how it names them.

    `kind` is date, month, quarter, year, span, relative (a comparison), definition (no period
    is needed), unread or missing.
    """

    kind: str
    start: date | None = None
    end: date | None = None
    is_vague: bool = False

    @property
    def days(self) -> int:
        """How many days it has; 0 where it is not known."""
        return (self.end - self.start).days + 1 if self.start and self.end else 0


def read_span(text: str) -> Span:
    """The span that a period's label names.

    >>> read_span("2016/17").end, read_span("Q3 2016/17 YTD").start
    (datetime.date(2017, 3, 31), datetime.date(2016, 4, 1))
    >>> read_span("n/s").kind, read_span('"as at March 2017"').is_vague
    ('missing', True)
    """
    plain = " ".join(text.casefold().split())
    if plain in _MISSING or plain.startswith(("n/s", "not stated")):
        return Span("missing")
    if plain == "definition":
        return Span("definition")
    if _RELATIVE.search(plain):
        return Span("relative")
    is_vague = bool(_VAGUE.search(plain))
    bare = re.sub(r"[\"“”?()]|\bsic\b", " ", plain).strip()
    try:
        found = _read(bare)
    except ValueError:
        found = None
    if found is None:
        return Span("unread", is_vague=True)
    return Span(found.kind, found.start, found.end, is_vague)


def _read(text: str) -> Span | None:
    for reader in (_two_ends, _year_to, _quarter, _day, _financial_year, _month, _year):
        found = reader(text)
        if found is not None:
            return found
    return None


def _two_ends(text: str) -> Span | None:
    if " months to " in text:
        return None
    ends = re.fullmatch(rf"(?:from |between )?(.+?){_TO}(.+)", text)
    if ends is None:
        months = re.fullmatch(rf"({_MONTH})\s*[-–]\s*({_MONTH}) (\d{{4}})", text)
        if months is None:
            return None
        start = date(int(months[3]), _MONTHS[months[1]], 1)
        end = _month_end(int(months[3]), _MONTHS[months[2]])
        return Span(_named(start, end), start, end)
    first, last = _read(ends[1]), _read(ends[2])
    if first is None or last is None or first.start is None or last.end is None:
        return None
    return Span(_named(first.start, last.end), first.start, last.end)


def _named(start: date, end: date) -> str:
    return "year" if (end - start).days in (364, 365) else "span"


def _year_to(text: str) -> Span | None:
    found = re.match(r"(?:(?:12|twelve) months|year) (?:to|ending|ended) (.+)", text)
    until = _read(found[1]) if found else None
    if until is None or until.end is None:
        return None
    before = date(until.end.year - 1, until.end.month, 1)
    start = _month_end(before.year, before.month) + timedelta(days=1)
    return Span("year", start, until.end)


def _quarter(text: str) -> Span | None:
    number = re.search(r"\b(?:q|quarter )([1-4])\b", text)
    year = re.search(r"(\d{4})\s*[-/–]\s*(\d{2,4})", text)
    if number is None or year is None or not _follows(int(year[1]), year[2]):
        return None
    quarter = Quarter(int(year[1]), int(number[1]))
    if "ytd" in text or "year to date" in text:
        start = Quarter(quarter.year, 1).start
        return Span("quarter" if number[1] == "1" else "span", start, quarter.end)
    return Span("quarter", quarter.start, quarter.end)


def _day(text: str) -> Span | None:
    found = re.search(rf"^{_ISO}$", text)
    if found:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        return Span("date", day, day)
    found = re.search(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    if found:
        day = date(int(found[3]), int(found[2]), int(found[1]))
        return Span("date", day, day)
    found = re.search(rf"(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH}),? (\d{{4}})", text)
    if found:
        day = date(int(found[3]), _MONTHS[found[2]], int(found[1]))
        return Span("date", day, day)
    return None


def _financial_year(text: str) -> Span | None:
    found = re.search(r"(\d{4})\s*[-/]\s*(\d{4}|\d{2})(?!\d)", text)
    if found is None or not _follows(int(found[1]), found[2]):
        return None
    year = financial_year_period(int(found[1]))
    return Span("year", year.period_start, year.period_end)


def _follows(year: int, text: str) -> bool:
    return int(text) == (year + 1 if len(text) == 4 else (year + 1) % 100)


def _month(text: str) -> Span | None:
    iso = re.search(r"^(\d{4})-(\d{2})$", text)
    named = re.search(rf"\b({_MONTH}) (\d{{4}})", text)
    if iso:
        year, month = int(iso[1]), int(iso[2])
    elif named:
        year, month = int(named[2]), _MONTHS[named[1]]
    else:
        return None
    end = _month_end(year, month)
    if _AS_AT.search(text):
        return Span("date", end, end)
    return Span("month", date(year, month, 1), end)


def _year(text: str) -> Span | None:
    found = re.search(r"\b(1[89]\d{2}|20\d{2})\b", text)
    if found is None:
        return None
    year = calendar_year_period(int(found[1]))
    if "census" in text or "mid" in text:
        middle = date(int(found[1]), 6, 30)
        return Span("date", middle, middle)
    if _AS_AT.search(text):
        return Span("date", year.period_end, year.period_end)
    return Span("year", year.period_start, year.period_end)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
