"""Writing: workbooks whose bytes repeat, and CSV files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

FIXED = datetime(2017, 4, 28, 9, 0, 0)
Row = Sequence[object]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its header and rows, and a title above them where the form has one."""

    header: Sequence[str]
    rows: Iterable[Row]
    title: str = ""


def write_workbook(path: Path, sheets: Mapping[str, Sheet]) -> Path:
    """The workbook written: dates as dates, text as text, the same bytes each time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False,
               "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"created": FIXED, "comments": "SYNTHETIC DATA"})
        for name, sheet in sheets.items():
            page = workbook.add_worksheet(name)
            first = 0
            if sheet.title:
                page.write_string(0, 0, sheet.title)
                first = 1
            page.write_row(first, 0, list(sheet.header))
            for number, row in enumerate(sheet.rows, start=first + 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(number, column, cell)  # type: ignore[arg-type]
                    elif cell is not None and cell != "":
                        page.write(number, column, cell)
    return path


def write_csv(path: Path, header: Row, rows: Iterable[Row], encoding: str = "utf-8") -> Path:
    """The CSV file written: dates day first, blank where there is nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding=encoding) as handle:
        writer = csv.writer(handle)
        writer.writerow(header)
        writer.writerows([day_first(cell) for cell in row] for row in rows)
    return path


def day_first(cell: object) -> object:
    """A date as dd/mm/yyyy; anything else as it is, nothing as blank."""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return "" if cell is None else cell
