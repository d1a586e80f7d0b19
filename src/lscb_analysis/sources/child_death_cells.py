"""Cells of child death extracts: categories, grades, factors and areas, never free text."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from lscb_analysis.catalogue.toml_file import read_toml
from lscb_analysis.findings import join_findings, row_findings
from lscb_analysis.sources.board_tables import codes_in
from lscb_analysis.sources.parsing import NOT_KNOWN, is_blank, parse_codes, parse_whole_numbers
from lscb_analysis.sources.text_cells import plain_text

OTHER_FACTOR = "Other factor"
LONGEST_LIFE = 45_000
_AREA_CODE = re.compile(r"^[A-Z]\d{8}$")
_NUMBERS = re.compile(r"^\s*\d{1,2}(?:\s*(?:,|/|&|\+|\band\b)\s*\d{1,2})+\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"[;|\n]")
_NOWHERE: dict[str, Any] = {"source": "", "file": "", "column": ""}


def category_names() -> list[str]:
    """The ten categories of death by name, the uppermost first.

    >>> category_names()[0], len(category_names())
    ('Deliberately inflicted injury, abuse or neglect', 10)
    """
    names = codes_in("child_deaths", "category")
    return [names[str(number)] for number in range(1, 11)]


def categories(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    """The category of each death by name; of several in one cell the uppermost, with a note.

    The ten stand in order: the lowest number that reasonably applies is the uppermost,
    and it is the one that counts. Several are divided by semicolons, or are numbers.

    >>> categories(pd.Series(["10, 4", "Infection; 6"]), source="", file="")[0].tolist()
    ['Malignancy', 'Chronic medical condition']
    """
    parts = {cell: _parts(cell) for cell in cells.unique() if isinstance(cell, str)}
    several = {cell: each for cell, each in parts.items() if len(each) > 1}
    upper = {cell: _uppermost(each) for cell, each in several.items()}
    chosen = {cell: number for cell, number in upper.items() if number}
    labels, found = parse_codes(
        cells.map(lambda cell: chosen.get(cell, cell) if isinstance(cell, str) else cell),
        codes_in("child_deaths", "category"),
        **place,
    )
    noted = cells.index[cells.isin(list(chosen)).astype(bool)]
    notes = row_findings(
        pd.Series("several categories in one cell", index=noted, dtype="str"),
        **place,
        expected="the uppermost category that applies",
        action="nothing, or send the uppermost alone: it is the one that is used",
        severity="note",
    )
    return labels, join_findings([found, notes])


def _parts(cell: str) -> list[str]:
    if _NUMBERS.match(cell):
        return re.findall(r"\d+", cell)
    return [part.strip() for part in _BETWEEN.split(cell) if part.strip()]


def _uppermost(parts: list[str]) -> str:
    """The number of the uppermost of several categories; blank where one of them is none."""
    labels, _ = parse_codes(pd.Series(parts), codes_in("child_deaths", "category"), **_NOWHERE)
    names = category_names()
    if not labels.isin(names).all():
        return ""
    return str(1 + min(names.index(label) for label in labels))


def area_codes(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    """The nine-character area codes, `Not known` where blank, and a finding for what is none.

    What is no code is never kept or shown: it may be an address.
    """
    codes = cells.map(lambda cell: plain_text(cell).upper()).astype("str")
    is_code = codes.str.match(_AREA_CODE).astype(bool)
    wrong = ~is_code & ~cells.map(is_blank).astype(bool)
    found = row_findings(
        pd.Series("a value that is not an area code", index=cells.index[wrong], dtype="str"),
        **place,
        expected="a nine-character code, such as E06000016",
        action="send the code; until then the residence is not known",
    )
    return codes.where(is_code, NOT_KNOWN), found


def factor_names(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    """The factors by their names in the code table, any other as `Other factor`, and a note.

    What is written of one child is free text: it is neither kept nor shown.
    """
    factors, found = parse_codes(cells, codes_in("child_deaths", "factor"), **place)
    notes = found.assign(
        severity="note",
        found="a factor in other words than the table of codes has",
        expected="one of the wordings in codes/child_deaths.toml",
        action=f"nothing, or add the wording to the table; until then it is '{OTHER_FACTOR}'",
    )
    blank = cells.map(is_blank).astype(bool)
    return factors.mask(factors.eq(NOT_KNOWN) & ~blank, OTHER_FACTOR), notes


def grades(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    """The grades on the later scale, 0 to 2 (`Int64`); missing where blank or not a grade.

    Old grades (0, 1, 1*, 2, 3) are read as the later ones (0, 1, 2) by a table of codes.

    >>> grades(pd.Series(["1*", 3, "2"]), source="", file="", column="")[0].tolist()
    [1, 2, 2]
    """
    labels, found = parse_codes(_starred(cells), codes_in("child_deaths", "grade"), **place)
    return pd.to_numeric(labels.replace(NOT_KNOWN, None)).astype("Int64"), found


def last_years_of_grades(cells: pd.Series) -> pd.Series:
    """The last financial year in which each grade was in use (`Int64`), missing if it still is.

    2018 is the year from April 2018: from April 2019 the analysis form has grades 0 to 2.

    >>> last_years_of_grades(pd.Series(["1*", 3, "2"])).tolist()
    [2018, 2018, <NA>]
    """
    years: dict[str, list[int]] = read_toml("codes/child_deaths.toml")["grade_years"]
    same = {code: code for code in codes_in("child_deaths", "grade")}
    codes, _ = parse_codes(_starred(cells), same, unknown="", **_NOWHERE)
    return codes.map({code: last for code, (_, last) in years.items()}).astype("Int64")


def ages(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    """Ages at death in whole days (`Int64`); one below 0 is kept, for a rule to tell of it."""
    return parse_whole_numbers(cells, lowest=-LONGEST_LIFE, **place)


def forms_sent(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    """Which form each row is about, by name, old letters and later names alike."""
    return parse_codes(cells, codes_in("child_deaths", "form"), **place)


def _starred(cells: pd.Series) -> pd.Series:
    return cells.map(lambda cell: cell.replace("*", "star") if isinstance(cell, str) else cell)
