"""Reading back what the example board wrote, without the package's own readers."""

from __future__ import annotations

import csv
from pathlib import Path

from python_calamine import CalamineWorkbook


def sheet(path: Path, name: str) -> list[dict[str, object]]:
    """The rows of a sheet that has a title in row 1 and its header in row 2."""
    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()[1:]
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def rows_of(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(newline="", encoding=encoding) as handle:
        return list(csv.DictReader(handle))
