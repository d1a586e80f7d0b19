"""Partners' returns: a workbook with a cover, figures that only they have, and words."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.sources.board_tables import Result, gather, records_of, tables_of
from lscb_analysis.sources.columns import tidy
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.layouts import Layout
from lscb_analysis.sources.parsing import NOT_KNOWN, is_blank
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.return_cover import Cover, read_covers, untouched
from lscb_analysis.sources.return_figures import (
    FIGURE_KEY,
    has_triage,
    read_figures,
    read_triage,
)
from lscb_analysis.sources.return_layouts import (
    ANSWERS,
    AUDITS,
    COMMENTARY,
    ENTRIES,
    FIGURES,
    HIGHLIGHTS,
    LAYOUTS,
    NAME,
)
from lscb_analysis.sources.return_texts import SHEETS, TEXTS_COLUMNS

__all__ = ["LAYOUTS", "NAME", "TEXTS_COLUMNS", "read", "read_returns", "read_texts"]
RETURNS_COLUMNS = [
    *("quarter", "agency", "source", "file", "received", "is_late", "has_commentary"),
]
_WORDS = (COMMENTARY, ANSWERS, HIGHLIGHTS, AUDITS)


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The tables `da_triage` and `partner_figures` of a submission, and the findings.

    A row of `da_triage` is one outcome of the notifications triaged up to `period_end`,
    with their number (`Int64`); of `partner_figures`, one figure of one agency and period
    (`return_figures.read_figures`). Figures that are counted from extracts are not read
    from a return: a note says so. A return in which nothing is filled in gives nothing.
    """
    covers, _ = read_covers(tables, context)
    sent = _filled_in(tables)
    sheets = [table for table in tables_of(sent, FIGURES) if has_triage(table, context)]
    triage, of_triage = gather(
        sheets,
        FIGURES,
        context,
        ["period_end", "outcome"],
        lambda table: read_triage(table, covers.get(table.file), context),
    )
    figures, of_figures = gather(
        sent,
        FIGURES,
        context,
        FIGURE_KEY,
        lambda table: read_figures(table, covers.get(table.file), context),
    )
    has_figures = figures is not None and len(figures)
    gathered = {"da_triage": triage, "partner_figures": figures if has_figures else None}
    return records_of(gathered), join_findings([of_triage, of_figures])


def read_texts(tables: list[RawTable], context: Context) -> Result:
    """The texts of a submission's returns, and the findings.

    Columns `indicator`, `period` (the quarter on the cover: 2016-17 Q4), `kind`, `text`,
    `author`, `approver` (blank where nobody approved it), `agency`, `submission`, and
    `heading` (the question answered, the issue of a highlight, the audit). A text is plain,
    at most 2,000 characters, and keeps its references `{indicator:period}`. One that
    looks as if it held an identifier, a postcode, an address of e-mail or a date in
    figures is left out with a finding that does not repeat it.
    """
    covers, of_covers = read_covers(tables, context)
    no_cover = Cover(NOT_KNOWN, context.quarter, None)
    sent = _filled_in(tables)
    read = [
        read_sheet(table, covers.get(table.file, no_cover), context)
        for layout, read_sheet in SHEETS
        for table in tables_of(sent, layout)
    ]
    findings = [of_covers, _without_cover(sent, covers), *(found for _, found in read)]
    empty = pd.DataFrame(columns=TEXTS_COLUMNS, dtype="str")
    frames = [rows for rows, _ in read if len(rows)] or [empty]
    return pd.concat(frames, ignore_index=True)[TEXTS_COLUMNS], join_findings(findings)


def read_returns(tables: list[RawTable], context: Context) -> pd.DataFrame:
    """The returns of a submission: who sent what, for which quarter, and when.

    Columns `quarter` (2016-17 Q4), `agency`, `source`, `file`, `received` (the date on
    the cover), `is_late` (for an earlier quarter than the one it came in), and
    `has_commentary`. The findings about covers are those of `read_texts`.
    """
    covers, _ = read_covers(tables, context)
    written = {
        table.file
        for layout in _WORDS
        for table in tables_of(tables, layout)
        if _has_words(table, layout)
    }
    rows = [
        (
            cover.quarter.label,
            cover.agency,
            NAME,
            file,
            cover.received,
            cover.quarter < context.quarter,
            file in written,
        )
        for file, cover in covers.items()
    ]
    returns = pd.DataFrame(rows, columns=RETURNS_COLUMNS)
    types = dict.fromkeys(RETURNS_COLUMNS[:4], "str") | {"received": "datetime64[ns]"}
    return returns.astype(types | {"is_late": "bool", "has_commentary": "bool"})


def _filled_in(tables: list[RawTable]) -> list[RawTable]:
    blank = untouched(tables)
    return [table for table in tables if table.file not in blank]


def _has_words(table: RawTable, layout: Layout) -> bool:
    cells = tidy(table, layout.columns)[list(ENTRIES[layout.title])]
    return any(not is_blank(cell) for column in cells for cell in cells[column])


def _without_cover(tables: list[RawTable], covers: dict[str, Cover]) -> pd.DataFrame:
    return as_findings(
        finding(
            NAME,
            **table.place,
            found="commentary without a cover",
            expected="a sheet with Agency, Quarter and Date Sent in the same workbook",
            action="add the cover; until then the agency is not known",
        )
        for layout in _WORDS
        for table in tables_of(tables, layout)
        if table.file not in covers
    )
