"""Forms: workbooks with headers, what each column allows, and no formula, macro or link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import xlsxwriter

Cell = str | int | float | date | None
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2049, 12, 31)
FIXED = datetime(2000, 1, 1)  # the same form is the same file, whenever it is written
LISTS = "Lists"
_TIP = 255  # the most that Excel shows beside a cell
_TITLE = 32
_EMPTY_ROWS = 200


class TemplateError(ValueError):
    """A form that is not written; the message says why, and what to do."""


@dataclass(frozen=True)
class Column:
    """One column of a form: its header, what it allows, and what is said beside its cells.

    `allows` is "" (anything, as text), `figure` (a number, or why there is none), `date`,
    `number`, `whole`, `percentage`, `nothing`, `text:LIMIT`, or `list:NAME`, one of the
    form's lists. Columns that are `is_given` are the form's own and shown grey.
    """

    header: str
    width: int = 14
    tip: str = ""
    allows: str = ""
    is_given: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet: its columns, the rows that the form gives, and the empty ones below them.

    `allows` says, by position of a given row and header, where a cell allows something else
    than its column. `examples` are the first rows that only show how it is done.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]] = ()
    empty_rows: int = _EMPTY_ROWS
    allows: Mapping[tuple[int, str], str] = field(default_factory=dict)
    examples: int = 0


@dataclass(frozen=True)
class Form:
    """A workbook: a page of guidance, its sheets, and the lists that cells are chosen from."""

    title: str
    guidance: Sequence[str]
    sheets: Sequence[Sheet]
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)


def write_form(path: Path, form: Form) -> Path:
    """The path of the workbook written; one that is there already is kept if it is the same.

    Raises TemplateError where another file of that name lies there, which may have been
    filled in, or where the folder cannot be written in.
    """
    partial = path.with_suffix(".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(partial, form)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise TemplateError(f"{path} cannot be written: {error}") from error
    try:
        if path.exists() and path.read_bytes() != partial.read_bytes():
            raise TemplateError(
                f"{path} is there already and may have been filled in: move it, or choose "
                "another folder with --to"
            )
        partial.replace(path)
    except OSError as error:
        raise TemplateError(f"{path} cannot be written: {error}") from error
    finally:
        partial.unlink(missing_ok=True)
    return path


def _write(path: Path, form: Form) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"title": form.title, "created": FIXED})
        formats = _formats(workbook)
        _write_guidance(workbook.add_worksheet("Guidance"), form, formats)
        for sheet in form.sheets:
            _write_sheet(workbook.add_worksheet(sheet.name), sheet, form, formats)
        if form.lists:
            _write_lists(workbook.add_worksheet(LISTS), form.lists)
        workbook.get_worksheet_by_name(form.sheets[0].name).activate()


def _formats(workbook: xlsxwriter.Workbook) -> dict[str, Any]:
    text = {"text_wrap": True, "valign": "top", "num_format": "@"}
    given = {"bg_color": "#EEEEEE", "border": 1, "border_color": "#BBBBBB"}
    return {
        "title": workbook.add_format({"bold": True, "font_size": 14}),
        "header": workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2, "bg_color": "#D9E2F3"}
        ),
        "text": workbook.add_format(text),
        "given": workbook.add_format(text | given),
        "example": workbook.add_format(text | {"italic": True, "font_color": "#555555"}),
        "date": workbook.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        "number": workbook.add_format({"num_format": "General", "valign": "top"}),
        "whole": workbook.add_format({"num_format": "#,##0", "valign": "top"}),
    }


def _write_guidance(page: Any, form: Form, formats: Mapping[str, Any]) -> None:
    page.set_column(0, 0, 110)
    page.write_string(0, 0, form.title, formats["title"])
    for row, line in enumerate(form.guidance, start=2):
        page.write_string(row, 0, line, formats["text"])


def _write_sheet(page: Any, sheet: Sheet, form: Form, formats: Mapping[str, Any]) -> None:
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    last = max(len(sheet.rows) + sheet.empty_rows, 1)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, formats[_format_of(column.allows)])
        page.write_string(0, place, column.header, formats["header"])
        given = {
            row: allows for (row, header), allows in sheet.allows.items() if header == column.header
        }
        for row, allows in given.items():
            _allow(page, row + 1, row + 1, place, column, allows, form)
        if not column.is_given:
            for first, end in _between(set(given), last):
                _allow(page, first + 1, end + 1, place, column, column.allows, form)
    for row, cells in enumerate(sheet.rows):
        for place, (cell, column) in enumerate(zip(cells, sheet.columns, strict=True)):
            shown = "example" if row < sheet.examples else "given" if column.is_given else ""
            kind = shown or _format_of(sheet.allows.get((row, column.header), column.allows))
            _write_cell(page, row + 1, place, cell, formats[kind])


def _between(taken: set[int], last: int) -> list[tuple[int, int]]:
    """The runs of row positions from 0 to before `last` that are not taken.

    >>> _between({2}, 5)
    [(0, 1), (3, 4)]
    """
    edges = [-1, *sorted(taken), last]
    runs = [(low + 1, high - 1) for low, high in pairwise(edges)]
    return [(first, end) for first, end in runs if first <= end]


def _write_cell(page: Any, row: int, place: int, cell: Cell, shown: Any) -> None:
    if cell is None or cell == "":
        page.write_blank(row, place, None, shown)
    elif isinstance(cell, str):
        page.write_string(row, place, cell, shown)
    elif isinstance(cell, date):
        page.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), shown)
    else:
        page.write_number(row, place, cell, shown)


def _format_of(allows: str) -> str:
    return _FORMATS.get(allows.partition(":")[0], "text")


_FORMATS = {
    **{kind: kind for kind in ("date", "number", "whole")},
    **dict.fromkeys(("percentage", "figure"), "number"),
    "nothing": "given",
}


def _allow(
    page: Any, first: int, last: int, place: int, column: Column, allows: str, form: Form
) -> None:
    """The rule of the cells from row `first` to `last`, and the tip beside them."""
    options = _rule(allows, form.lists)
    if column.tip:
        options |= {"input_title": column.header[:_TITLE], "input_message": column.tip[:_TIP]}
    if allows or column.tip:
        page.data_validation(first, place, last, place, options)


def _rule(allows: str, lists: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    kind, _, detail = allows.partition(":")
    if kind == "list":
        at = list(lists).index(detail)
        letter, count = chr(ord("A") + at), len(lists[detail])
        return {
            "validate": "list",
            "source": f"={LISTS}!${letter}$2:${letter}${count + 1}",
            "error_title": "Not in the list",
            "error_message": "Choose one of the list.",
        }
    if kind == "date":
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": FIRST_DAY,
            "maximum": LAST_DAY,
            "error_title": "Not a date",
            "error_message": "Write the date as day, month and year: 31/03/2017.",
        }
    if kind in ("number", "whole", "percentage"):
        top = 100 if kind == "percentage" else 10**9
        return {
            "validate": "integer" if kind == "whole" else "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": top,
            "error_title": "Not such a number",
            "error_message": f"Write a {_KINDS[kind]}.",
        }
    if kind in ("text", "nothing"):
        limit = int(detail) if detail else 0
        return {
            "validate": "length",
            "criteria": "<=",
            "value": limit,
            "error_title": "Too long",
            "error_message": f"At most {limit:,} characters.",
        }
    return {"validate": "any"}


_KINDS = {
    "number": "number from 0 up",
    "whole": "whole number from 0 up",
    "percentage": "percentage from 0 to 100, without the sign",
}


def _write_lists(page: Any, lists: Mapping[str, Sequence[str]]) -> None:
    """The lists, each in a column under its name, on a sheet that is not shown."""
    for place, (name, items) in enumerate(lists.items()):
        page.set_column(place, place, 40)
        page.write_string(0, place, f"List of {name}")
        for row, item in enumerate(items, start=1):
            page.write_string(row, place, item)
    page.hide()
