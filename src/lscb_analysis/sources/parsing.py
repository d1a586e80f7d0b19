"""Cells to dates, yes or no, codes and whole numbers, with a finding for each that is none."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

import pandas as pd

from lscb_analysis.findings import as_findings, finding
from lscb_analysis.sources.columns import normalise
from lscb_analysis.sources.date_cells import DateProblem, read_date

NOT_KNOWN = "Not known"
EARLIEST = date(1900, 1, 1)
LATEST = date(2049, 12, 31)
ROWS_SHOWN = 10
LARGEST_NUMBER = 10**9
_OUT_OF_RANGE = "a number out of range"
_BLANKS = frozenset({"", "na", "nan", "none", "null", "nat"})
_UNKNOWN_ANSWERS = frozenset({"unknown", "notknown", "notrecorded", "notstated", "dk"})
_YES = frozenset({"yes", "y", "1", "true", "t"})
_NO = frozenset({"no", "n", "0", "false", "f"})
_LETTER = re.compile(r"^\s*[a-z]{1,2}[).]\s*", re.IGNORECASE)
_CODE = re.compile(r"^(?=.*\d)[A-Za-z0-9]{1,4}$")
_BARE_CODE = r"[A-Z]{1,4}|[A-Z]{0,3}\d{1,2}[A-Z]?"
_LABELLED = re.compile(rf"^({_BARE_CODE})(?:\s*[:\-–]|\s)")
_BRACKETED = re.compile(rf"^\(({_BARE_CODE})\)|\[({_BARE_CODE})\]$")
_WHOLE = re.compile(r"^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.0+)?$")


def is_blank(value: object) -> bool:
    """Whether a cell says nothing: missing, empty, a dash, N/A or NULL."""
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return True
    return isinstance(value, str) and normalise(value) in _BLANKS


def parse_dates(
    cells: pd.Series,
    *,
    source: str,
    file: str,
    column: str,
    earliest: date = EARLIEST,
    latest: date = LATEST,
    is_birth_date: bool = False,
    consequence: str = "it is read as missing",
) -> tuple[pd.Series, pd.DataFrame]:
    """The dates (datetime64[ns], midnight, same index) and a finding where a cell is not one.

    Day first (1/4/2017, 1-Apr-17), ISO, datetimes, Excel serial numbers; a two-digit
    year is the latest that is not after `latest`; ZZ for an unknown day or month
    reads as the last possible day. An impossible date, or one before `earliest` or
    after `latest`, is missing. The index must be the row number that Excel shows.
    The text of a birth date is never shown, nor any text that is not date-like.

    >>> cells = pd.Series(["01/04/2017", "31/02/2017"], index=[2, 3])
    >>> dates, findings = parse_dates(cells, source="x", file="x.csv", column="Date")
    >>> dates.isna().tolist(), findings["row"].tolist()
    ([False, True], ['3'])
    """

    def read(value: object) -> datetime | DateProblem | None:
        return read_date(value, earliest, latest)

    values = _read_unique(cells, read)
    wrong = values.map(lambda value: isinstance(value, DateProblem)).astype(bool)
    problems = _described(values[wrong], show=not is_birth_date)
    dates = pd.to_datetime(values.where(~wrong, None)).astype("datetime64[ns]")
    expected = f"a date from {earliest:%d/%m/%Y} to {latest:%d/%m/%Y}, day first"
    action = f"correct the date; until then {consequence}"
    return dates, row_findings(problems, source, file, column, expected, action)


def parse_yes_no(
    cells: pd.Series, *, source: str, file: str, column: str
) -> tuple[pd.Series, pd.DataFrame]:
    """Yes or no as `boolean`, missing where blank or unknown, and a finding for what is neither.

    >>> answers, _ = parse_yes_no(pd.Series(["a) Yes", 0, None]), source="x", file="x", column="x")
    >>> answers.tolist()
    [True, False, <NA>]
    """
    values = _read_unique(cells, _yes_no)
    wrong = values.map(lambda value: isinstance(value, str)).astype(bool)
    answers = values.where(~wrong, None).astype("boolean")
    expected, action = "yes or no", "correct it; until then it is not known"
    return answers, row_findings(values[wrong], source, file, column, expected, action)


def parse_codes(
    cells: pd.Series,
    codes: Mapping[str, str],
    *,
    source: str,
    file: str,
    column: str,
    unknown: str = NOT_KNOWN,
) -> tuple[pd.Series, pd.DataFrame]:
    """What each code stands for, and a finding for each that is not in the table.

    A code is met as itself, with a letter before it (`a) WBRI`) or with its label
    (`C1: interim care order`), whatever the case. Blank and unknown give `unknown`;
    the row is always kept.

    >>> parse_codes(pd.Series(["a) WBRI"]), {"WBRI": "White"}, source="", file="", column="")[0][0]
    'White'
    """
    lookup = {normalise(code): label for code, label in codes.items()}

    def read(value: object) -> tuple[str, bool]:
        if is_blank(value):
            return unknown, True
        for spelling in _spellings(value):
            if spelling in lookup:
                return lookup[spelling], True
        shown = str(value).strip()
        found = f"the code {shown}" if _CODE.match(shown) else "a value that is no code we know"
        return found, False

    values = _read_unique(cells, read)
    known = values.map(lambda value: value[1]).astype(bool)
    labels = values.map(lambda value: value[0]).where(known, unknown).astype("str")
    problems = values[~known].map(lambda value: value[0])
    expected = "one of the codes of this column"
    action = f"correct it, or tell us of the new code; until then it is '{unknown}'"
    return labels, row_findings(problems, source, file, column, expected, action)


def parse_whole_numbers(
    cells: pd.Series,
    *,
    source: str,
    file: str,
    column: str,
    lowest: int = 0,
    highest: int | None = None,
) -> tuple[pd.Series, pd.DataFrame]:
    """The whole numbers as `Int64`, missing where blank, and a finding for what is none.

    >>> numbers, _ = parse_whole_numbers(pd.Series(["1,200", 3.0]), source="", file="", column="")
    >>> numbers.tolist()
    [1200, 3]
    """
    values = _read_unique(cells, _whole_number)
    wrong = values.map(lambda value: isinstance(value, str)).astype(bool)
    numbers = values.where(~wrong, None).astype("Int64")
    outside = numbers.lt(lowest) | (numbers.gt(highest) if highest is not None else False)
    outside = outside.fillna(False).astype(bool)
    problems = pd.concat([values[wrong], pd.Series(_OUT_OF_RANGE, index=cells.index[outside])])
    limits = f"from {lowest}" + (f" to {highest}" if highest is not None else " up")
    expected, action = f"a whole number {limits}", "correct it; until then it is not known"
    return numbers.mask(outside), row_findings(problems, source, file, column, expected, action)


def _described(problems: pd.Series, *, show: bool) -> dict[int, str]:
    """What is wrong in each row; with the text where all rows of one reason have the same."""
    texts: dict[str, set[str]] = {}
    for problem in problems:
        texts.setdefault(problem.reason, set()).add(problem.text)
    return {
        row: problem.described(show=show and len(texts[problem.reason]) == 1)
        for row, problem in zip(problems.index, problems, strict=True)
    }


def row_findings(
    problems: Mapping[int, str] | pd.Series,
    source: str,
    file: str,
    column: str,
    expected: str,
    action: str,
    severity: str = "warning",
) -> pd.DataFrame:
    """One finding for each different problem, with the rows that have it (the first ten by number).

    `problems` is what was found by row number.
    """
    if not len(problems):
        return _no_findings().copy()
    rows: dict[str, list[int]] = {}
    for row, found in problems.items():
        rows.setdefault(found, []).append(int(row))  # type: ignore[call-overload]
    return as_findings(
        finding(
            source,
            file,
            row=row_numbers(numbers),
            column=column,
            found=found,
            expected=expected,
            action=action,
            severity=severity,
        )
        for found, numbers in rows.items()
    )


@functools.cache
def _no_findings() -> pd.DataFrame:
    return as_findings()


def row_numbers(numbers: Iterable[int]) -> str:
    """Row numbers as a finding shows them: the first ten, and how many more there are.

    >>> row_numbers([2, 3])
    '2, 3'
    """
    ordered = sorted(numbers)
    shown, more = ", ".join(map(str, ordered[:ROWS_SHOWN])), len(ordered) - ROWS_SHOWN
    return f"{shown} and {few(more)} more" if more > 0 else shown


def few(count: int) -> str:
    """The count, but `a few` from 1 to 5.

    >>> few(3), few(1200)
    ('a few', '1,200')
    """
    return "a few" if 1 <= count <= 5 else f"{count:,}"


def _read_unique(cells: pd.Series, read: Callable[[object], object]) -> pd.Series:
    """Each cell as `read` gives it, read once for each different cell; dtype object."""
    values = cells.astype(object)
    positions, different = pd.factorize(values.to_numpy(), use_na_sentinel=True)
    read_values = [read(value) for value in different] + [read(None)]
    results = [read_values[position] for position in positions]
    return pd.Series(results, index=cells.index, dtype=object)


def _spellings(value: object) -> list[str]:
    """The cell whole, without a letter before it, its label, its code: in order of trust."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    bare = _LETTER.sub("", text)
    labelled, bracketed = _LABELLED.match(bare), _BRACKETED.search(bare)
    parts = [text, bare]
    if labelled:
        parts += [bare[labelled.end() :], labelled[1]]
    if bracketed:
        parts.append(bracketed[1] or bracketed[2])
    return [spelling for part in parts if (spelling := normalise(part))]


def _yes_no(value: object) -> bool | str | None:
    if is_blank(value):
        return None
    for spelling in _spellings(value):
        if spelling in _YES:
            return True
        if spelling in _NO:
            return False
        if spelling in _UNKNOWN_ANSWERS:
            return None
    return "a value that is neither yes nor no"


def _whole_number(value: object) -> int | str | None:
    if is_blank(value):
        return None
    if isinstance(value, bool):
        return "a value that is not a number"
    if isinstance(value, (int, float)):
        return _in_reach(int(value)) if float(value).is_integer() else "a number that is not whole"
    text = str(value).strip()
    if _WHOLE.match(text):
        return _in_reach(int(text.replace(",", "").partition(".")[0]))
    return "a value that is not a number"


def _in_reach(number: int) -> int | str:
    return number if abs(number) <= LARGEST_NUMBER else _OUT_OF_RANGE
