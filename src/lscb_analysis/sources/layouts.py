"""Layouts: which columns each table has, by which of them it is known, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from lscb_analysis.findings import as_findings, finding
from lscb_analysis.sources.columns import has_columns, letter_of, match_columns
from lscb_analysis.sources.raw_tables import RawTable

_SEND_COLUMN = "ask for the column, or for its name to be put right"


@dataclass(frozen=True)
class Layout:
    """One table that the board asks for: its source, its title, its columns' accepted wordings.

    A table that has all the columns in `marks` is this one.
    """

    source: str
    title: str
    columns: Mapping[str, Sequence[str]]
    marks: tuple[str, ...]


def tables_of(tables: Iterable[RawTable], layout: Layout) -> list[RawTable]:
    """Those of the tables that have the layout's marks."""
    return [table for table in tables if has_columns(table, layout.columns, layout.marks)]


def absent_columns(table: RawTable, layout: Layout) -> pd.DataFrame:
    """One finding for each column of the layout that the table lacks."""
    matched = match_columns(table.rows.columns, layout.columns)
    return as_findings(
        finding(
            layout.source,
            **table.place,
            row=table.header_row,
            column=wordings[0],
            found="no such column",
            expected=f"this column in the table {layout.title}",
            action=_SEND_COLUMN,
        )
        for name, wordings in layout.columns.items()
        if name not in matched
    )


def extra_columns(table: RawTable, layout: Layout) -> pd.DataFrame:
    """One note for each column that nobody asked for, with its header and nothing else."""
    headers = list(table.rows.columns)
    matched = set(match_columns(headers, layout.columns).values())
    return as_findings(
        finding(
            layout.source,
            **table.place,
            row=table.header_row,
            column=header[:60],
            letter=letter_of(table, header),
            found="a column that was not asked for: it is not read",
            expected=f"the columns of the table {layout.title}",
            action="leave it out, above all if it names or describes a person",
            severity="note",
        )
        for header in headers
        if header not in matched
    )
