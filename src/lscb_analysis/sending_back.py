"""Sending findings back: one workbook for each sender, with its own references and values.

These workbooks hold child-level data. They lie beside the raw data, private to their
owner, and each holds only what the one sender itself sent.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pandas as pd
import xlsxwriter

from lscb_analysis.sources import AGENCIES, layouts
from lscb_analysis.sources.cells_sent import cells_sent

FOLDER = "findings"
UNKNOWN_SENDER = "Sender not known"
SENDER_ONLY = (
    "This workbook holds references and values of children as you sent them. It is for you, "
    "the sender, only: correct the records, send the file again, and delete this workbook."
)
_HEADERS = {
    "file": "File",
    "sheet": "Sheet",
    "row": "Row",
    "letter": "Column letter",
    "column": "Column",
    "reference": "Your reference",
    "value": "What you sent",
    "found": "What was found",
    "expected": "What was expected",
    "action": "What to do",
    "rule": "Check",
    "severity": "Severity",
}
_WIDTHS = {"file": 34, "column": 26, "found": 44, "expected": 40, "action": 50, "rule": 28}
_MOST_ROWS = 1_000_000


def write_sender_workbooks(
    folder: Path, quarter: str, findings: pd.DataFrame, returns: pd.DataFrame
) -> list[Path]:
    """Where the workbooks lie that were written for the senders of one quarter's files.

    `folder` is the area's raw folder; `findings` and `returns` are those of its records.
    A sender with nothing to mend gets none; a workbook of an earlier check is replaced.
    """
    of_quarter = findings["file"].eq(quarter) | findings["file"].str.startswith(f"{quarter}/")
    mine = findings[of_quarter & findings["severity"].ne("note")].reset_index(drop=True)
    target = folder / FOLDER / quarter
    for old in target.glob("*.xlsx") if target.is_dir() else []:
        old.unlink()
    if mine.empty:
        return []
    sent = returns.drop_duplicates("file").set_index("file")["agency"].to_dict()
    first_source = mine["source"].str.partition(" and ")[0]
    by_source = first_source.map(dict(AGENCIES)).fillna(UNKNOWN_SENDER)
    agencies = mine["file"].map(sent).fillna(by_source)
    paths: list[Path] = []
    for agency, of_agency in mine.groupby(agencies, sort=True):
        path = target / f"{_file_name(str(agency))}.xlsx"
        target.mkdir(parents=True, exist_ok=True)
        _write(path, str(agency), quarter, _with_cells(of_agency, folder))
        paths.append(path)
    return paths


def _with_cells(findings: pd.DataFrame, folder: Path) -> pd.DataFrame:
    known = layouts()
    parts = [cells_sent(of_file, folder, known) for _, of_file in findings.groupby("file")]
    return findings.join(pd.concat(parts))


def _write(path: Path, agency: str, quarter: str, findings: pd.DataFrame) -> None:
    """The workbook, every cell written as text, so that nothing in it is ever a formula."""
    partial = path.with_suffix(".partial")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(partial), options) as workbook:
        heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        cover = workbook.add_worksheet("Read me first")
        cover.set_column(0, 0, 100)
        lines = [f"Findings for {agency}, {quarter}", SENDER_ONLY, f"{len(findings):,} findings"]
        for row, line in enumerate(lines):
            cover.write_string(row, 0, line, heading if row == 0 else wrapped)
        sheet = workbook.add_worksheet("Findings")
        sheet.freeze_panes(1, 0)
        for place, (name, header) in enumerate(_HEADERS.items()):
            sheet.set_column(place, place, _WIDTHS.get(name, 14))
            sheet.write_string(0, place, header, heading)
        shown = findings[list(_HEADERS)].head(_MOST_ROWS)
        for row, cells in enumerate(shown.itertuples(index=False, name=None), start=1):
            for place, cell in enumerate(cells):
                sheet.write_string(row, place, str(cell), wrapped)
        sheet.autofilter(0, 0, len(shown), len(_HEADERS) - 1)
    _private(partial, 0o600)
    partial.replace(path)
    _private(path.parent, 0o700)


def _file_name(agency: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "_", agency).strip("_").lower() or "sender"


def _private(path: Path, mode: int) -> None:
    if os.name == "posix":
        path.chmod(mode)
