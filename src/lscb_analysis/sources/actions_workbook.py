"""What the two sheets of the actions workbook share: how they are read, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from lscb_analysis.catalogue import indicators
from lscb_analysis.findings import join_findings
from lscb_analysis.sources.board_tables import Parser, Result, flagged, tables_of
from lscb_analysis.sources.board_workbooks import read_board_tables, without_blank_rows
from lscb_analysis.sources.columns import tidy
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.layouts import Layout
from lscb_analysis.sources.name_cells import names
from lscb_analysis.sources.parsing import is_blank
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.text_cells import looks_personal

NAME = "actions_workbook"
TEXT_LIMIT, ROLE_LIMIT = 2000, 120
OUT = "until then it is left out"


def read_sheet(
    path: Path,
    layout: Layout,
    columns: tuple[str, ...],
    read_one: Callable[[RawTable, Context], Result],
    context: Context,
) -> Result:
    """The rows of one sheet of the workbook, and the findings; nothing where there is no file."""
    tables, findings = read_board_tables(path, layout)
    read = [read_one(without_blank_rows(table), context) for table in tables_of(tables, layout)]
    dated = {name: "datetime64[ns]" for name in columns if name.endswith("_date")}
    empty = pd.DataFrame({name: pd.Series(dtype=dated.get(name, "str")) for name in columns})
    rows = pd.concat([frame for frame, _ in read if len(frame)] or [empty], ignore_index=True)
    return rows[list(columns)], join_findings([findings, *(found for _, found in read)])


def indicator_names() -> Parser:
    """A parser for indicators, blank where a row is about none."""
    return names(
        {name: item.title for name, item in indicators().items()},
        "an indicator of the catalogue",
        expected="an id of the catalogue, such as re_referrals, or a blank",
        action=f"correct it; {OUT}",
    )


def is_strange(rows: pd.DataFrame, table: RawTable, layout: Layout) -> pd.Series:
    """Whether a row names an indicator that there is not (its parser tells of it)."""
    cells = tidy(table, layout.columns)["indicator"].reindex(rows.index)
    return rows["indicator"].eq("") & ~cells.map(is_blank).astype(bool)


def points_to_somebody(rows: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Whether any of a row's texts looks as if it pointed to a person."""
    return rows[columns].astype("str").map(looks_personal).any(axis=1).astype(bool)


def told_personal(
    rows: pd.DataFrame, personal: pd.Series, table: RawTable, layout: Layout, column: str
) -> pd.DataFrame:
    """A finding for each row with such a text, which does not repeat it."""
    return flagged(
        rows,
        personal,
        table,
        layout,
        column=column,
        found="a text that seems to hold an address, an identifier or a date in figures",
        expected="roles and plain words that point to nobody; dates in words",
        action=f"take it out; {OUT}",
    )
