"""The cover of a partner's return: which agency, which quarter, sent when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lscb_analysis.findings import as_findings, finding, join_findings, row_findings
from lscb_analysis.periods import Quarter, parse_quarter
from lscb_analysis.sources.board_tables import (
    dates,
    flagged,
    needed,
    read_columns,
    tables_of,
)
from lscb_analysis.sources.columns import Wordings, match_columns
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.parsing import is_blank
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.return_layouts import COVER, ENTRIES, LAYOUTS, NAME
from lscb_analysis.sources.text_cells import plain_text, texts

_QUARTER = re.compile(r"(?P<year>\d{4}\s*[-/–]\s*\d{2})|Q\s*(?P<number>[1-4])", re.IGNORECASE)


@dataclass(frozen=True)
class Cover:
    """What a return's cover says: which agency, which quarter, and when it was sent, if known."""

    agency: str
    quarter: Quarter
    received: pd.Timestamp | None


def read_covers(tables: list[RawTable], context: Context) -> tuple[dict[str, Cover], pd.DataFrame]:
    """What the cover of each file says, by file, and the findings.

    A quarter that cannot be read, or is later than the folder's, is taken to be the folder's.
    A return in which nothing is filled in has no cover: a note says so.
    """
    covers, findings = {}, []
    blank = untouched(tables)
    for table in tables_of(tables, COVER):
        if table.file in blank:
            findings.append(_untouched_note(table))
            continue
        rows, found = read_columns(
            table,
            COVER,
            {
                "agency": needed(texts(80), "the agency is not known"),
                "quarter": _quarters,
                "received": dates(context, is_ahead=True),
            },
        )
        findings.append(found)
        if len(rows):
            quarter, received = rows["quarter"].iloc[0], rows["received"].iloc[0]
            ahead = rows["quarter"].map(lambda named: named is not None and named > context.quarter)
            findings.append(_ahead(rows, ahead, table))
            is_usable = quarter is not None and quarter <= context.quarter
            covers[table.file] = Cover(
                agency=rows["agency"].iloc[0],
                quarter=quarter if is_usable else context.quarter,
                received=None if pd.isna(received) else received,
            )
    return covers, join_findings(findings)


def untouched(tables: list[RawTable]) -> frozenset[str]:
    """The files that hold a return in which nobody has filled in anything but the agency."""
    filled = {
        table.file
        for layout in LAYOUTS
        if layout.title in ENTRIES
        for table in tables_of(tables, layout)
        if _has_entry(table, layout.columns, ENTRIES[layout.title])
    }
    covers = tables_of(tables, COVER)
    dated = {
        table.file for table in covers if _has_entry(table, COVER.columns, ("quarter", "received"))
    }
    return frozenset(table.file for table in covers) - filled - dated


def _has_entry(table: RawTable, columns: Wordings, entries: Iterable[str]) -> bool:
    headers = match_columns(table.headers, columns)
    sent = (table.rows[headers[name]] for name in entries if name in headers)
    return any(not is_blank(cell) for cells in sent for cell in cells.tolist())


def _untouched_note(table: RawTable) -> pd.DataFrame:
    told = finding(
        NAME,
        **table.place,
        found="a return in which nothing is filled in: it counts as not sent",
        expected="the quarter, the date sent, and the sheets filled in",
        action="fill it in, or take it out of the folder",
        severity="note",
    )
    return as_findings([told])


def quarter_on_cover(text: str) -> Quarter | None:
    """The quarter that a cover names in any of the usual ways, or None.

    >>> quarter_on_cover("Q4 2016/17")
    Quarter(year=2016, number=4)
    """
    parts = {
        kind: match[kind]
        for match in _QUARTER.finditer(text)
        for kind in match.groupdict()
        if match[kind]
    }
    if len(parts) < 2:
        return None
    year = re.sub(r"\s*[-/–]\s*", "-", parts["year"])
    try:
        return parse_quarter(f"{year}-Q{parts['number']}")
    except ValueError:
        return None


def _quarters(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    quarters = cells.map(lambda cell: quarter_on_cover(plain_text(cell))).astype(object)
    quarters = quarters.where(quarters.notna(), None)
    unread = cells.index[quarters.isna()]
    found = row_findings(
        pd.Series("no quarter that can be read", index=unread, dtype="str"),
        **place,
        expected="the quarter of the return: 2016-17 Q4",
        action="put it right; until then it is the quarter of the folder",
    )
    return quarters, found


def _ahead(rows: pd.DataFrame, ahead: pd.Series, table: RawTable) -> pd.DataFrame:
    return flagged(
        rows,
        ahead,
        table,
        COVER,
        column="quarter",
        found="a quarter later than that of the folder",
        expected="the quarter of the folder, or an earlier one that comes late",
        action="move the file or correct the quarter; until then it is that of the folder",
    )
