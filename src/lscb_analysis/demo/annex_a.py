"""Annex A, Lists 1 to 9, of one quarter: six months to its last day, as Ofsted's form has it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from lscb_analysis.demo import annex_a_lists as lists
from lscb_analysis.demo import planted
from lscb_analysis.demo.annex_a_care import care_leavers, looked_after
from lscb_analysis.demo.annex_a_lists import List
from lscb_analysis.demo.board import Board
from lscb_analysis.demo.workbooks import Sheet, write_workbook
from lscb_analysis.periods import Quarter


def write_annex_a(folder: Path, board: Board, quarter: Quarter) -> Path:
    """The quarter's workbook: title in row 1, headers in row 2, sheets List 1 to List 9."""
    window = (quarter.next(-1).start, quarter.end)
    sheets = {
        "List 1": lists.contacts(board, window),
        "List 2": lists.early_help(board, window),
        "List 3": lists.referrals(board, window),
        "List 4": lists.assessments(board, window),
        "List 5": lists.enquiries(board, window, quarter),
        "List 6": lists.children_in_need(board, window),
        "List 7": lists.plans(board, window),
        "List 8": looked_after(board, window),
        "List 9": care_leavers(board, window),
    }
    if quarter == planted.DIRTY_QUARTER:
        _spoil(sheets)
    titled = {
        name: Sheet(header, rows, f"{planted.MARK} - Annex A, {name}")
        for name, (header, rows) in sheets.items()
    }
    return write_workbook(folder / f"Annex A {quarter.id}.xlsx", titled)


def _spoil(sheets: Mapping[str, List]) -> None:
    """Spoil a few rows of the last quarter's lists, as planted.py and the page on it say."""
    of_referrals, of_assessments = sheets["List 3"], sheets["List 4"]
    of_plans, of_care = sheets["List 7"], sheets["List 8"]
    _cell(of_referrals, 10, "Date of referral", planted.IMPOSSIBLE_DATE)
    _cell(of_referrals, 11, "Date of Birth", planted.IMPOSSIBLE_BIRTH.strftime("%d/%m/%Y"))
    untidy = of_referrals[1][12]
    _cell(of_referrals, 12, "Child Unique ID", f" {str(untidy[0]).lower()} ")
    of_referrals[1].append(list(of_referrals[1][13]))
    _cell(of_assessments, 20, "Ethnicity", planted.UNKNOWN_ETHNICITY)
    start = of_plans[0].index("Child Protection Plan Start Date")
    end = of_plans[0].index("Child Protection Plan End Date")
    ended = next(row for row in of_plans[1] if row[end] is not None)
    ended[end] = ended[start] - timedelta(days=planted.DAYS_BEFORE_START)  # type: ignore[operator]
    of_plans[1].append(list(of_plans[1][5]))
    _cell(of_care, 7, "Date of Birth", planted.NO_DATE)


def _cell(sheet: List, row: int, column: str, content: str) -> None:
    sheet[1][row][sheet[0].index(column)] = content
