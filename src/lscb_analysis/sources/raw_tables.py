"""Raw tables: a CSV file or one sheet of a workbook, as it was sent, under its own headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

_HEADER_ROWS = 5
_HEADER_SHARE = 0.6


@dataclass(frozen=True)
class RawTable:
    """One table as it was sent: a CSV file, or one sheet of a workbook.

    `rows` has the header texts as found for columns and the row numbers that Excel
    shows for its index; cells are str, float, int, bool, date, datetime or missing. In a
    table made of XML each row is an element: `paths` has, by row, the number of each
    element on the way to it, the columns in that order. `positions` says which columns
    of the sheet, counted from 0, those of `rows` are, where some were left out.
    """

    file: str
    sheet: str
    header_row: int
    rows: pd.DataFrame
    positions: tuple[int, ...] = ()
    paths: pd.DataFrame | None = None

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """The header texts, as found."""
        return tuple(map(str, self.rows.columns))

    @property
    def place(self) -> dict[str, str]:
        """Where a finding says that the table is: its file, and its sheet if it has one."""
        return {"file": self.file, "sheet": self.sheet}


class UnreadableFile(ValueError):
    """A file that cannot be read as what its ending says: what was found, expected, to do."""

    def __init__(self, found: str, expected: str, action: str) -> None:
        super().__init__(found)
        self.found, self.expected, self.action = found, expected, action


def as_table(lines: Sequence[Sequence[object]], file: str, sheet: str = "") -> RawTable | None:
    """The raw table in these lines of cells, or None where they are all blank.

    Rows that are wholly blank, and columns without a header, are left out.
    """
    position = header_position(lines)
    if position is None:
        return None
    kept, names = named_columns(lines[position])
    body, numbers = [], []
    for number, line in enumerate(lines[position + 1 :], start=position + 2):
        width = len(line)
        sent = [line[column] if column < width else None for column in kept]
        cells = [
            None if isinstance(cell, str) and (not cell or cell.isspace()) else cell
            for cell in sent
        ]
        if any(cell is not None for cell in cells):
            body.append(cells)
            numbers.append(number)
    rows = pd.DataFrame(body, columns=names, index=pd.Index(numbers, dtype="int64"), dtype=object)
    return RawTable(file, sheet, position + 1, rows, tuple(kept))


def header_position(lines: Sequence[Sequence[object]]) -> int | None:
    """Which of the first five lines is the header, counted from 0; None where all are blank.

    It is the first that has most of the text cells that any of them has, so that a
    title above it, and text in the rows below it, do not pass for one.

    >>> header_position([["Referrals", ""], ["Child Unique ID", "Gender"], [123.0, "a) Male"]])
    1
    """
    widths = [sum(map(_is_text, line)) for line in lines[:_HEADER_ROWS]]
    most = max(widths, default=0)
    if not most:
        return None
    return next(row for row, width in enumerate(widths) if width >= most * _HEADER_SHARE)


def named_columns(header: Sequence[object]) -> tuple[list[int], list[str]]:
    """Which columns have a header, counted from 0, and their names, a repeated one numbered.

    >>> named_columns(["Name", None, "Name"])
    ([0, 2], ['Name', 'Name (2)'])
    """
    texts = [str(cell).strip() if _is_text(cell) else "" for cell in header]
    kept = [column for column, text in enumerate(texts) if text]
    return kept, _distinct([texts[column] for column in kept])


def _distinct(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return distinct


def _is_text(cell: object) -> bool:
    return isinstance(cell, str) and bool(cell.strip())
