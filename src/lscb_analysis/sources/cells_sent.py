"""The cells as a partner sent them, looked up again by the places that findings name.

For the workbook that goes back to the sender of a file and to nobody else: nothing that
is looked up here is kept, printed or logged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

import pandas as pd
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from lscb_analysis.sources.columns import has_columns, match_columns
from lscb_analysis.sources.files import read_tables
from lscb_analysis.sources.layouts import Layout
from lscb_analysis.sources.parsing import is_blank
from lscb_analysis.sources.raw_tables import RawTable

COLUMNS = ("reference", "value")
_STEP = re.compile(r"^(?P<tag>[^\[]+)\[(?P<number>\d+)\]$")
_CHILD_TAG = "child"
_REFERENCES = ("lachildid", "childid", "child")


def cells_sent(findings: pd.DataFrame, folder: Path, layouts: Iterable[Layout]) -> pd.DataFrame:
    """The sender's own reference and value for each finding of one file, by its index.

    `findings` are those of one file, named by its path below `folder`; columns
    `reference` (the child's, the case's) and `value`, blank where there is none.
    """
    blank = pd.DataFrame("", index=findings.index, columns=list(COLUMNS), dtype="str")
    path = folder / findings["file"].iloc[0]
    at_rows = findings[findings["row"].ne("")]
    if at_rows.empty or not path.is_file():
        return blank
    if path.suffix.casefold() == ".xml":
        found = _elements_sent(at_rows, path)
    else:
        tables, _ = read_tables(path, folder)
        parts = [_rows_sent(at_rows, table, list(layouts)) for table in tables]
        found = pd.concat(parts) if parts else blank
    return blank.assign(**{name: found[name].reindex(blank.index) for name in COLUMNS}).fillna("")


def _rows_sent(findings: pd.DataFrame, table: RawTable, layouts: list[Layout]) -> pd.DataFrame:
    mine = findings[findings["sheet"].eq(table.sheet) & findings["row"].str.isdecimal()]
    numbers = mine["row"].astype("int64")
    numbers = numbers[numbers.isin(table.rows.index)]
    reference = _reference_column(table, layouts)
    headers = mine.loc[numbers.index, "column"]
    return pd.DataFrame(
        {
            "reference": [_text(table, number, reference) for number in numbers],
            "value": [
                _text(table, number, header)
                for number, header in zip(numbers, headers, strict=True)
            ],
        },
        index=numbers.index,
        dtype="str",
    )


def _reference_column(table: RawTable, layouts: list[Layout]) -> str:
    """The header of the column that says what a row is about: the first mark of its layout."""
    for layout in layouts:
        if has_columns(table, layout.columns, layout.marks):
            matched = match_columns(table.rows.columns, layout.columns)
            return matched.get(layout.marks[0], "")
    return ""


def _text(table: RawTable, number: int, header: str) -> str:
    if header not in table.rows.columns:
        return ""
    cell = table.rows[header].loc[number]
    return "" if is_blank(cell) else str(cell)


def _elements_sent(findings: pd.DataFrame, path: Path) -> pd.DataFrame:
    steps = {int(str(label)): _steps(row) for label, row in findings["row"].items()}
    by_child: dict[int, list[int]] = {}
    for label, way in steps.items():
        if way and way[0][0].casefold() == _CHILD_TAG:
            by_child.setdefault(way[0][1], []).append(label)
    found: dict[int, tuple[str, str]] = {}
    try:
        for number, child in _children(path):
            reference = _first_text(child, _REFERENCES)
            for label in by_child.get(number, []):
                element = _at(child, steps[label][1:])
                wanted = str(findings.at[label, "column"]).casefold()
                found[label] = (reference, _first_text(element, (wanted,)))
    except (ParseError, DefusedXmlException):
        found = {}
    return pd.DataFrame(list(found.values()), index=list(found), columns=list(COLUMNS), dtype="str")


def _children(path: Path) -> Iterator[tuple[int, Element]]:
    """Each child's element and its number; one without anything in it counts too."""
    number, within = 0, 0
    for event, element in iterparse(path, events=("start", "end"), forbid_dtd=True):
        if _tag(element) != _CHILD_TAG:
            continue
        within += 1 if event == "start" else -1
        if event == "end" and not within:
            number += 1
            yield number, element
            element.clear()


def _steps(row: str) -> list[tuple[str, int]]:
    matches = [_STEP.match(step) for step in row.split("/")]
    return [(each["tag"], int(each["number"])) for each in matches if each]


def _at(element: Element, way: list[tuple[str, int]]) -> Element | None:
    """The element at the end of the way; of a step's tag the so-many-th one."""
    here: Element | None = element
    for tag, number in way:
        if here is None:
            return None
        alike = [each for each in here if _tag(each) == tag.casefold()]
        here = alike[number - 1] if number <= len(alike) else None
    return here


def _first_text(element: Element | None, tags: tuple[str, ...]) -> str:
    if element is None:
        return ""
    found = (each for each in element.iter() if _tag(each) in tags and not len(each))
    return next(((each.text or "").strip() for each in found), "")


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].casefold()
