"""Filling in forms in tests: a form with these cells in its sheets, written and read again."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from lscb_analysis.sources.files import read_tables
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.templates.workbook import Cell, Form, Sheet, write_form

Filled = Mapping[str, Sequence[Mapping[str, Cell]]]


def filled_in(form: Form, cells: Filled) -> Form:
    """The form with these cells: by sheet, one mapping from header to cell a row.

    A row whose first cell is that of a given row fills in that row; others are added below.
    """
    sheets = [_filled(sheet, cells.get(sheet.name, ())) for sheet in form.sheets]
    return dataclasses.replace(form, sheets=sheets)


def _filled(sheet: Sheet, cells: Sequence[Mapping[str, Cell]]) -> Sheet:
    headers = [column.header for column in sheet.columns]
    rows = [dict(zip(headers, row, strict=True)) for row in sheet.rows]
    for given in cells:
        assert set(given) <= set(headers), set(given) - set(headers)
        keys = [name for name in given if name in (headers[0], "Breakdown")]
        match = [row for row in rows if keys and all(row[name] == given[name] for name in keys)]
        if match:
            match[0].update(given)
        else:
            rows.append(dict.fromkeys(headers) | given)
    return dataclasses.replace(sheet, rows=[tuple(row.values()) for row in rows])


def sent(form: Form, folder: Path, name: str = "return.xlsx") -> list[RawTable]:
    """The tables that are read from the form once it is written, without a finding."""
    tables, findings = read_tables(write_form(folder / name, form), folder)
    assert findings.empty
    return tables
