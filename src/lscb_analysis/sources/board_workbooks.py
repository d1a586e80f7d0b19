"""The board's own workbooks beside the quarters: history and settings, as .xlsx or .csv."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd

from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.sources.columns import match_columns
from lscb_analysis.sources.files import read_tables
from lscb_analysis.sources.layouts import Layout, tables_of
from lscb_analysis.sources.parsing import is_blank
from lscb_analysis.sources.raw_tables import RawTable

ENDINGS = (".xlsx", ".csv")


def read_board_tables(path: Path, layout: Layout) -> tuple[list[RawTable], pd.DataFrame]:
    """The tables of the workbook, and the findings; nothing at all where there is none.

    `path` may end in .xlsx or .csv: where the one is not there the other is read, and a
    finding says so where both are. A workbook without a table of this layout is a finding.
    """
    paths = [path.with_suffix(ending) for ending in dict.fromkeys((path.suffix, *ENDINGS))]
    held = [each for each in paths if each.exists()]
    if not held:
        return [], as_findings()
    tables, findings = read_tables(held[0], held[0].parent, layout.source)
    found = [findings]
    if len(held) > 1:
        found.append(_second(held[1], held[0], layout))
    if tables and not tables_of(tables, layout):
        found.append(_not_it(held[0], layout))
    return tables, join_findings(found)


def without_blank_rows(table: RawTable, entries: tuple[str, ...] = ()) -> RawTable:
    """The table without the rows that say nothing, in the columns headed as `entries` if given."""
    headers = list(entries) if entries else list(table.rows.columns)
    cells = table.rows[[header for header in headers if header in table.rows.columns]]
    filled = ~cells.map(is_blank).astype(bool).all(axis=1)
    return dataclasses.replace(table, rows=table.rows[filled])


def _second(path: Path, read: Path, layout: Layout) -> pd.DataFrame:
    told = finding(
        layout.source,
        path.name,
        found=f"a second file beside {read.name}: it is not read",
        expected=f"{layout.title} in one file",
        action="take one of them away",
    )
    return as_findings([told])


def _not_it(path: Path, layout: Layout) -> pd.DataFrame:
    marks = ", ".join(layout.columns[mark][0] for mark in layout.marks)
    told = finding(
        layout.source,
        path.name,
        found=f"no table that is {layout.title}",
        expected=f"a sheet with the columns {marks}",
        action="put the names of the columns right, or write a new form with lscb template",
    )
    return as_findings([told])


def headers_of(table: RawTable, layout: Layout, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The headers as found of those of the columns that the table has."""
    matched = match_columns(table.rows.columns, layout.columns)
    return tuple(matched[name] for name in columns if name in matched)
