"""Cells to dates, yes or no, codes and whole numbers, with a finding for each that is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from lscb_analysis.findings import row_findings
from lscb_analysis.sources.columns import normalise
from lscb_analysis.sources.date_cells import CellProblem, read_date

NOT_KNOWN = "Not known"
EARLIEST = date(1900, 1, 1)
LATEST = date(2049, 12, 31)
LARGEST_NUMBER = 10**9
LONGEST_NUMBER = 12
WHOLE_SPELLINGS = 3  # the cell, without its letter, its label: not a code in front of them
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


def are_blank(cells: pd.Series) -> pd.Series:
    """Which cells say nothing (`is_blank`), each different one looked at once."""
    positions, different = pd.factorize(cells, use_na_sentinel=True)
    blank = np.array([*map(is_blank, different.tolist()), True], dtype=bool)
    return pd.Series(blank[positions], index=cells.index, copy=False)


def parse_dates(
    cells: pd.Series,
    *,
    earliest: date = EARLIEST,
    latest: date = LATEST,
    consequence: str = "it is read as missing",
    **place: Any,
) -> tuple[pd.Series, pd.DataFrame]:
    """The dates (datetime64[ns], midnight, same index) and a finding where a cell is not one.

    Day first (1/4/2017, 1-Apr-17), ISO, datetimes, Excel serial numbers; a two-digit
    year is the latest that is not after `latest`; ZZ for an unknown day or month
    reads as the last possible day. An impossible date, or one before `earliest` or
    after `latest`, is missing. The index must be the row number that Excel shows.
    `place` says where the cells stand, as `findings.row_findings` takes it. No cell's
    text is in a finding.

    >>> cells = pd.Series(["01/04/2017", "31/02/2017"], index=[2, 3])
    >>> dates, findings = parse_dates(cells, source="x", file="x.csv", column="Date")
    >>> dates.isna().tolist(), findings["row"].tolist()
    ([False, True], ['3'])
    """

    def read(value: object) -> datetime | CellProblem | None:
        return read_date(value, earliest, latest)

    dates, problems = _read_cells(cells, read, "datetime64[ns]")
    expected = f"a date from {earliest:%d/%m/%Y} to {latest:%d/%m/%Y}, day first"
    action = f"correct the date; until then {consequence}"
    return dates, row_findings(problems, expected=expected, action=action, **place)


def parse_yes_no(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    """Yes or no as `boolean`, missing where blank or unknown, and a finding for what is neither.

    >>> answers, _ = parse_yes_no(pd.Series(["a) Yes", 0, None]), source="x", file="x", column="x")
    >>> answers.tolist()
    [True, False, <NA>]
    """
    answers, problems = _read_cells(cells, _yes_no, "boolean")
    expected, action = "yes or no", "correct it; until then it is not known"
    return answers, row_findings(problems, expected=expected, action=action, **place)


def parse_codes(
    cells: pd.Series,
    codes: Mapping[str, str],
    *,
    synonyms: Mapping[str, tuple[str, ...]] | None = None,
    unknown: str = NOT_KNOWN,
    **place: Any,
) -> tuple[pd.Series, pd.DataFrame]:
    """What each code stands for, and a finding for each that is not in the table.

    A code is met as itself, with a letter before it (`a) WBRI`), with its label
    (`C1: interim care order`) or as a synonym, whatever the case. `synonyms` gives by
    normalised text the codes it may mean; where they stand for different things it is
    a finding. Blank and unknown give `unknown`; the row is always kept.

    >>> parse_codes(pd.Series(["a) WBRI"]), {"WBRI": "White"}, source="", file="", column="")[0][0]
    'White'
    """
    lookup = {normalise(code): label for code, label in codes.items()}
    meant = {text: {codes[code] for code in each} for text, each in (synonyms or {}).items()}

    def read(value: object) -> str | CellProblem:
        if is_blank(value):
            return unknown
        spellings = _spellings(value)
        for spelling in spellings:
            if spelling in lookup:
                return lookup[spelling]
        whole = spellings[:WHOLE_SPELLINGS]
        labels = next((meant[spelling] for spelling in whole if spelling in meant), set())
        if len(labels) == 1:
            return next(iter(labels))
        if labels:
            return CellProblem("a value that may mean more than one code")
        shown = str(value).strip()
        is_code = _CODE.match(shown)
        return CellProblem(f"the code {shown}" if is_code else "a value that is no code we know")

    labels, problems = _read_cells(cells, read, "str", unknown)
    expected = "one of the codes of this column"
    action = f"correct it, or tell us of the new code; until then it is '{unknown or NOT_KNOWN}'"
    return labels, row_findings(problems, expected=expected, action=action, **place)


def parse_whole_numbers(
    cells: pd.Series,
    *,
    lowest: int = 0,
    highest: int | None = None,
    **place: Any,
) -> tuple[pd.Series, pd.DataFrame]:
    """The whole numbers as `Int64`, missing where blank, and a finding for what is none.

    >>> numbers, _ = parse_whole_numbers(pd.Series(["1,200", 3.0]), source="", file="", column="")
    >>> numbers.tolist()
    [1200, 3]
    """
    top = LARGEST_NUMBER if highest is None else highest

    def read(value: object) -> int | CellProblem | None:
        number = _whole_number(value)
        is_outside = isinstance(number, int) and not lowest <= number <= top
        return CellProblem(_OUT_OF_RANGE) if is_outside else number

    numbers, problems = _read_cells(cells, read, "Int64")
    limits = f"from {lowest}" + (f" to {highest}" if highest is not None else " up")
    expected, action = f"a whole number {limits}", "correct it; until then it is not known"
    return numbers, row_findings(problems, expected=expected, action=action, **place)


def _read_cells(
    cells: pd.Series, read: Callable[[object], object], dtype: Any, blank: object = None
) -> tuple[pd.Series, pd.Series]:
    """Each cell as `read` gives it, read once for each different cell, and what is wrong by row.

    A cell for which `read` gives a CellProblem is `blank`.
    """
    positions, different = pd.factorize(cells, use_na_sentinel=True)
    values = [*map(read, different.tolist()), read(None)]
    reasons = [value.reason if isinstance(value, CellProblem) else "" for value in values]
    if not any(reasons):
        return _at_each(values, positions, dtype, cells.index), pd.Series(dtype="str")
    clean = [blank if reason else value for value, reason in zip(values, reasons, strict=True)]
    of_rows = np.array(reasons, dtype=object)[positions]
    is_wrong = of_rows != ""
    problems = pd.Series(of_rows[is_wrong], index=cells.index[is_wrong], dtype="str")
    return _at_each(clean, positions, dtype, cells.index), problems


def _at_each(values: list[Any], positions: np.ndarray, dtype: Any, index: pd.Index) -> pd.Series:
    """The value in each position, the last one in position -1."""
    return pd.Series(pd.array(values, dtype=dtype).take(positions), index=index, copy=False)


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


def _yes_no(value: object) -> bool | CellProblem | None:
    if is_blank(value):
        return None
    for spelling in _spellings(value):
        if spelling in _YES:
            return True
        if spelling in _NO:
            return False
        if spelling in _UNKNOWN_ANSWERS:
            return None
    return CellProblem("a value that is neither yes nor no")


def _whole_number(value: object) -> int | CellProblem | None:
    if is_blank(value):
        return None
    if isinstance(value, bool):
        return CellProblem("a value that is not a number")
    if isinstance(value, (int, float)):
        is_whole = float(value).is_integer()
        return int(value) if is_whole else CellProblem("a number that is not whole")
    text = str(value).strip()
    if not _WHOLE.match(text):
        return CellProblem("a value that is not a number")
    digits = text.replace(",", "").partition(".")[0]
    return int(digits) if len(digits) <= LONGEST_NUMBER else CellProblem(_OUT_OF_RANGE)
