"""Annex A's cells of kinds that no other source has: ages, and names of organisations."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd

from lscb_analysis.findings import row_findings
from lscb_analysis.sources.columns import normalise
from lscb_analysis.sources.parsing import NOT_KNOWN, is_blank
from lscb_analysis.sources.text_cells import looks_personal, plain_text

UNBORN = -1
OLDEST = 110
LONGEST_NAME = 100
_UNBORN_WORDS = frozenset({"unborn", "notyetborn", "nyb"})
_NO_AGE = -1_000.0


def parse_ages(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    """Ages in whole years as `Int64`, -1 before birth, and a finding for what is none.

    Parts of a year (6.14, as some systems write an age) are cut off; blank is missing.

    >>> ages, _ = parse_ages(pd.Series([6.14, "-1", None]), source="", file="", column="")
    >>> ages.tolist()
    [6, -1, <NA>]
    """
    numbers = _read_once(cells, _age, "float64")
    is_wrong = numbers.eq(_NO_AGE)
    problems = pd.Series("a value that is no age in years", index=cells.index[is_wrong])
    found = row_findings(
        problems.astype("str"),
        **place,
        expected="the age in whole years, -1 before birth",
        action="correct it; it is used for nothing but a check of the date of birth",
    )
    return numbers.mask(is_wrong).astype("Int64"), found


def parse_names(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    """Names of organisations as plain text, `Not known` where blank or as if of a person.

    >>> names, found = parse_names(pd.Series(["Top Town School"]), source="", file="", column="")
    >>> names.tolist()
    ['Top Town School']
    """
    texts = _read_once(cells, plain_text, "str")
    of_rows = _read_once(texts, lambda text: _name_problem(str(text)), "str")
    is_wrong = of_rows.ne("")
    found = row_findings(
        of_rows[is_wrong],
        **place,
        expected=f"the name of an organisation or authority, at most {LONGEST_NAME} characters",
        action="take out what is no name; until then it is not read",
    )
    return texts.mask(is_wrong, NOT_KNOWN).replace("", NOT_KNOWN), found


def _read_once(cells: pd.Series, read: Callable[[object], object], dtype: Any) -> pd.Series:
    """Each cell as `read` gives it, read once for each different cell and for a blank one."""
    positions, different = pd.factorize(cells, use_na_sentinel=True)
    values = pd.Series([*map(read, different), read(None)], dtype=dtype)
    return values.take(positions).set_axis(cells.index)


def _name_problem(text: str) -> str:
    if looks_personal(text):
        return "a text that may point to a person"
    return "a text that is too long for a name" if len(text) > LONGEST_NAME else ""


def _age(value: object) -> float:
    if is_blank(value):
        return math.nan
    if isinstance(value, bool):
        return _NO_AGE
    if isinstance(value, str) and normalise(value) in _UNBORN_WORDS:
        return UNBORN
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return _NO_AGE
    return math.floor(number) if UNBORN <= number <= OLDEST else _NO_AGE
