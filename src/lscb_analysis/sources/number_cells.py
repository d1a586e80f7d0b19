"""Number cells: figures with decimals or a per cent sign, and those withheld or not to be had."""

from __future__ import annotations

import math
import re
from typing import Any

import pandas as pd

from lscb_analysis.findings import row_findings
from lscb_analysis.sources.parsing import LARGEST_NUMBER, is_blank

_NUMBER = re.compile(r"^[+-]?(\d{1,3}(,\d{3})+|\d{1,15})(\.\d{1,12})?\s*%?$")
_STATUS_OF = {
    **dict.fromkeys(("c", "[c]", "suppressed", "withheld"), "suppressed"),
    **dict.fromkeys(("z", "[z]", "not applicable"), "not_applicable"),
    **dict.fromkeys(("x", "[x]", "not available", "unavailable", ":"), "unavailable"),
    **dict.fromkeys(("u", "[u]", "low reliability"), "low_reliability"),
}


def parse_numbers(
    cells: pd.Series, *, lowest: float = 0, highest: float = LARGEST_NUMBER, **place: Any
) -> tuple[pd.Series, pd.DataFrame]:
    """The numbers as `float64`, missing where blank, and a finding for what is none.

    Commas between thousands and a per cent sign are read. A symbol for a figure that is
    withheld or not to be had (`statuses_of`) is missing without a finding.

    >>> numbers, _ = parse_numbers(pd.Series(["1,200.5", "45%", "c"]), source="", file="")
    >>> numbers.tolist()
    [1200.5, 45.0, nan]
    """
    read = [_number(cell, lowest, highest) for cell in cells]
    numbers = pd.Series(
        [value if isinstance(value, float) else math.nan for value in read],
        index=cells.index,
        dtype="float64",
    )
    problems = {
        row: value for row, value in zip(cells.index, read, strict=True) if isinstance(value, str)
    }
    found = row_findings(
        pd.Series(problems, dtype="str"),
        **place,
        expected=f"a number from {lowest:g} to {highest:g}"
        if highest < LARGEST_NUMBER
        else f"a number from {lowest:g} up",
        action="correct it; until then it is not known",
    )
    return numbers, found


def statuses_of(cells: pd.Series) -> pd.Series:
    """Why each cell has no number, as `values.STATUSES` says it; blank where it may have one.

    >>> statuses_of(pd.Series(["c", "not available", 3.0])).tolist()
    ['suppressed', 'unavailable', '']
    """
    return cells.map(_status).astype("str")


def _status(cell: object) -> str:
    return _STATUS_OF.get(cell.strip().casefold(), "") if isinstance(cell, str) else ""


def _number(cell: object, lowest: float, highest: float) -> float | str | None:
    """The number, None where there is none to read, or what is wrong with the cell."""
    if _status(cell) or is_blank(cell):
        return None
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        return "a value that is not a number"
    if isinstance(cell, str):
        text = cell.strip()
        if not _NUMBER.match(text):
            return "a value that is not a number"
        number = float(text.rstrip("% ").replace(",", ""))
    elif isinstance(cell, int) and abs(cell) > LARGEST_NUMBER:
        return "a number out of range"
    else:
        number = float(cell)
    return number if lowest <= number <= highest else "a number out of range"
