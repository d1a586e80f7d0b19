"""Writing the data pack as an accessible workbook, with gptables: one table a sheet, no formula.

Source: the Analysis Function's guidance on releasing statistics in spreadsheets.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from lscb_analysis.briefing.pack import FIGURE, Pack, Table

COVER, CONTENTS = "Cover", "Contents"
ONE_TABLE = "This worksheet contains one table."
# what gptables itself writes on a cover and a list of contents
FRAME = (
    *(COVER, CONTENTS, ONE_TABLE, "Table of contents", "Sheet name", "Table description"),
    *("Introductory information", "About these data"),
)
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?(%?)")
_FIXED = datetime(2000, 1, 1)  # the same pack is the same file, whenever it is written
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_LONG = re.compile(rb"<v>(\d+\.\d{6,})</v>")  # 94.40000000000001, which is 94.4
_LANGUAGE = "<dc:language>en-GB</dc:language></cp:coreProperties>"


def write_pack(pack: Pack, path: Path) -> Path:
    """The path of the workbook written: cover, contents, and a sheet for each table."""
    import gptables

    cover = gptables.Cover(
        title=pack.title, intro=list(pack.lead), about=list(pack.about), cover_label=COVER
    )
    sheets = {table.name: _sheet(table, pack) for table in pack.tables}
    contents = {"subtitles": list(pack.lead)}
    raw = path.with_suffix(".raw")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that there is no sheet of notes: every row has its own
        book = gptables.produce_workbook(
            str(raw),
            sheets,
            cover=cover,
            contentsheet_label=CONTENTS,
            contentsheet_options=contents,
            workbook_options=_OPTIONS,
        )
        book.set_properties({"title": pack.title, "created": _FIXED})
        book.close()
    _finish(raw, path)
    raw.unlink()
    return path


def theme_part() -> bytes:
    """The part with the colours and letters that every workbook of the writer has."""
    import xlsxwriter

    empty = io.BytesIO()
    with xlsxwriter.Workbook(empty) as book:
        book.add_worksheet()
    with zipfile.ZipFile(empty) as written:
        return written.read("xl/theme/theme1.xml")


def _sheet(table: Table, pack: Pack) -> Any:
    import gptables

    rows = table.rows.astype("object")
    formats = []
    if FIGURE in rows:
        column = list(rows.columns).index(FIGURE)
        printed = [str(text) for text in rows[FIGURE]]
        rows[FIGURE] = [number_of(text) for text in printed]
        formats = [
            {"cell": {"cells": (at, column), "format": _format_of(text)}}
            for at, text in enumerate(printed, start=1)
        ]
    return gptables.GPTable(
        table=rows,
        table_name="table_" + re.sub(r"[^a-z]+", "_", table.name.lower()),
        title=table.title,
        subtitles=list(pack.lead),
        instructions=ONE_TABLE,
        index_columns={2: 0},
        additional_formatting=formats,
    )


def number_of(text: str) -> float | str:
    """A printed figure as the cell holds it: its number, or the text where it is none.

    >>> number_of("1,010"), number_of("96.2%"), number_of("[c]"), number_of("95% or more")
    (1010.0, 96.2, '[c]', '95% or more')
    """
    found = _NUMBER.fullmatch(text)
    return float(text.replace(",", "").rstrip("%")) if found else text


def _format_of(text: str) -> dict[str, str]:
    """The format that shows a figure's number just as it is printed."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return {"align": "right"}
    decimals = f".{'0' * len(found[1])}" if found[1] else ""
    return {"align": "right", "num_format": f"#,##0{decimals}" + ('"%"' if found[2] else "")}


def _finish(raw: Path, path: Path) -> None:
    """The workbook with its language among its properties, and no time of its making."""
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = _LONG.sub(_as_printed, content)
            if name == _CORE:
                content = content.replace(b"</cp:coreProperties>", _LANGUAGE.encode())
            part = zipfile.ZipInfo(name, _ZIP_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, content)


def _as_printed(found: re.Match[bytes]) -> bytes:
    return f"<v>{round(float(found[1]), 4)}</v>".encode()
