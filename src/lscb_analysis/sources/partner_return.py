"""Partners' returns: a workbook with a cover, figures that only they have, and commentary."""

from __future__ import annotations

import difflib
from typing import Any

import pandas as pd

from lscb_analysis.catalogue.indicators import indicators
from lscb_analysis.findings import as_findings, finding, join_findings, row_findings
from lscb_analysis.sources.board_tables import (
    Layout,
    Result,
    codes,
    flagged,
    gather,
    keep_first,
    key_dates,
    needed,
    read_columns,
    records_of,
    tables_of,
    totals,
    with_all,
)
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.parsing import NOT_KNOWN, is_blank
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.return_cover import COVER, NAME, Cover, read_covers
from lscb_analysis.sources.text_cells import looks_personal, plain_text, texts

__all__ = ["LAYOUTS", "NAME", "read", "read_returns", "read_texts"]
FIGURES = Layout(
    NAME,
    "Partner return: figures",
    {
        "indicator": ("Indicator",),
        "period_end": ("Period End",),
        "outcome": ("Breakdown", "Outcome"),
        "notifications": ("Value",),
    },
    marks=("indicator", "period_end", "notifications"),
)
COMMENTARY = Layout(
    NAME,
    "Partner return: commentary",
    {
        "indicator": ("Indicator",),
        "kind": ("Kind",),
        "text": ("Text", "Commentary"),
        "author": ("Author",),
        "approver": ("Approver", "Approved by"),
    },
    marks=("indicator", "kind", "text"),
)
LAYOUTS = (COVER, FIGURES, COMMENTARY)
TRIAGE = "da_triage_outcome"
TEXT_LIMIT = 2000
NAME_LIMIT = 120
KINDS_WITHOUT_INDICATOR = ("highlight", "audit finding")
TEXTS_COLUMNS = [
    "indicator",
    "period",
    "kind",
    "text",
    "author",
    "approver",
    "agency",
    "submission",
]
RETURNS_COLUMNS = [
    "quarter",
    "agency",
    "source",
    "file",
    "received",
    "is_late",
    "has_commentary",
]


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The table `da_triage` of a submission, from the triage hub's figures, and the findings.

    One row is one outcome of the notifications triaged up to `period_end`, with their
    number (`Int64`). Figures of other indicators are not read: a note says so.
    """
    sheets = [table for table in tables_of(tables, FIGURES) if _has_triage(table)]
    triage, findings = gather(
        sheets, FIGURES, context, ["period_end", "outcome"], lambda table: _triage(table, context)
    )
    others = [_other_figures(table) for table in tables_of(tables, FIGURES)]
    return records_of({"da_triage": triage}), join_findings([findings, *others])


def read_texts(tables: list[RawTable], context: Context) -> Result:
    """The texts of a submission's returns, and the findings.

    Columns `indicator`, `period` (the quarter on the cover: 2016-17 Q4), `kind`, `text`,
    `author`, `approver` (blank where nobody approved it), `agency`, `submission`. A text
    is plain, at most 2,000 characters, and keeps its references `{indicator:period}`.
    One that looks as if it held an identifier, a postcode, an address of e-mail or a
    date in figures is left out with a finding that does not repeat it.
    """
    covers, of_covers = read_covers(tables, context)
    no_cover = Cover(NOT_KNOWN, context.quarter, None)
    read = [
        _texts(table, covers.get(table.file, no_cover), context)
        for table in tables_of(tables, COMMENTARY)
    ]
    findings = [of_covers, _without_cover(tables, covers), *(found for _, found in read)]
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
    written = {table.file for table in tables_of(tables, COMMENTARY) if _has_text(table)}
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


def _has_text(table: RawTable) -> bool:
    rows, _ = read_columns(table, COMMENTARY, {"text": texts(TEXT_LIMIT, blank="")})
    return bool(rows["text"].ne("").any())


def _without_cover(tables: list[RawTable], covers: dict[str, Cover]) -> pd.DataFrame:
    return as_findings(
        finding(
            NAME,
            **table.place,
            found="commentary without a cover",
            expected="a sheet with Agency, Quarter and Date Sent in the same workbook",
            action="add the cover; until then the agency is not known",
        )
        for table in tables_of(tables, COMMENTARY)
        if table.file not in covers
    )


def _texts(table: RawTable, cover: Cover, context: Context) -> Result:
    rows, findings = read_columns(
        table,
        COMMENTARY,
        {
            "indicator": _indicators,
            "kind": codes("partner_return", "kind"),
            "text": needed(texts(TEXT_LIMIT, blank=""), "there is nothing to show"),
            "author": needed(texts(NAME_LIMIT, blank=""), "its author is not known"),
            "approver": texts(NAME_LIMIT, blank=""),
        },
    )
    rows = rows.assign(
        period=cover.quarter.label, agency=cover.agency, submission=context.submission
    )
    personal = rows["text"].map(looks_personal).astype(bool)
    nameless = rows["indicator"].eq("") & ~rows["kind"].isin(KINDS_WITHOUT_INDICATOR)
    found = [
        flagged(
            rows,
            personal,
            table,
            COMMENTARY,
            column="text",
            found="a text that seems to hold an identifier, a postcode or a date in figures",
            expected="nothing that could point to a child or a family; dates in words",
            action="take it out and send the text again; until then it is left out",
        ),
        flagged(
            rows,
            nameless & rows["kind"].ne(NOT_KNOWN),
            table,
            COMMENTARY,
            column="indicator",
            found="a text about no indicator",
            expected="the indicator's id in the catalogue",
            action="fill it in; until then the text is left out",
        ),
    ]
    kept = ~personal & ~nameless & rows["kind"].ne(NOT_KNOWN) & rows["text"].ne("")
    once, again = keep_first(rows[kept], ["text", "indicator", "kind"], table, COMMENTARY)
    return once[TEXTS_COLUMNS].astype("str"), join_findings([findings, *found, again])


def _indicators(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    """The ids of the catalogue's indicators; blank where there is none, a finding for any other."""
    known = indicators()
    ids = cells.map(lambda cell: plain_text(cell).casefold()).astype("str")
    is_known = ids.isin(list(known))
    others = ids[~is_known & ~cells.map(is_blank).astype(bool)]
    found = row_findings(
        others.map(lambda other: f"not an indicator of the catalogue{_nearest(other)}"),
        **place,
        expected="an id of the catalogue, such as cp_plans_at_period_end",
        action="correct it",
    )
    return ids.where(is_known, ""), found


def _nearest(other: str) -> str:
    """The nearest id there is, never the text itself: it may be anything."""
    close = difflib.get_close_matches(other, list(indicators()), n=1, cutoff=0.8)
    return f": the nearest is {close[0]}" if close else ""


def _figures_of(table: RawTable) -> pd.Series:
    rows, _ = read_columns(table, FIGURES, {"indicator": _indicators})
    return rows["indicator"]


def _has_triage(table: RawTable) -> bool:
    return bool(_figures_of(table).eq(TRIAGE).any())


def _triage(table: RawTable, context: Context) -> Result:
    """The triage hub's figures; those whose outcome is not known are added up."""
    rows = table.rows[_figures_of(table).eq(TRIAGE)]
    figures, findings = read_columns(
        RawTable(table.file, table.sheet, table.header_row, rows),
        FIGURES,
        {
            "indicator": _indicators,
            "period_end": key_dates(context),
            "outcome": codes("domestic_abuse", "triage_outcome"),
            "notifications": totals(),
        },
    )
    dated = with_all(figures, ["period_end"])[["period_end", "outcome", "notifications"]]
    is_known = dated["outcome"].ne(NOT_KNOWN)
    once, again = keep_first(dated[is_known], ["outcome", "period_end"], table, FIGURES)
    unknown = dated[~is_known].groupby(["period_end", "outcome"], as_index=False)
    added = unknown["notifications"].agg(lambda numbers: numbers.sum(skipna=False))
    both = [part for part in (once, added) if len(part)] or [once]
    return pd.concat(both), join_findings([findings, again])


def _other_figures(table: RawTable) -> pd.DataFrame:
    ids = _figures_of(table)
    others = ids[ids.ne(TRIAGE)].replace("", "no indicator")
    found = "a figure that is not read from a return: " + others
    return row_findings(
        found,
        NAME,
        **table.place,
        column="Indicator",
        expected=f"figures of {TRIAGE} only: the others are counted from extracts",
        action="nothing; leave the figure out, or say in the commentary what it shows",
        severity="note",
    )
