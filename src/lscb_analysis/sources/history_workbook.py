"""The history workbook: indicator values of earlier years, read, checked and marked imported."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd

from lscb_analysis.catalogue.indicators import indicators
from lscb_analysis.findings import join_findings
from lscb_analysis.sources.board_tables import Result, keep_first, read_columns, tables_of
from lscb_analysis.sources.board_workbooks import read_board_tables, without_blank_rows
from lscb_analysis.sources.columns import tidy
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.history_figures import figures_checked
from lscb_analysis.sources.history_places import (
    Sheet,
    with_areas,
    with_breakdowns,
    with_periods,
)
from lscb_analysis.sources.layouts import Layout
from lscb_analysis.sources.name_cells import names
from lscb_analysis.sources.number_cells import parse_numbers, statuses_of
from lscb_analysis.sources.parsing import is_blank, parse_whole_numbers
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.text_cells import looks_personal, plain_text, texts
from lscb_analysis.values import as_values, empty_values

NAME = "history_workbook"
EXAMPLE = "EXAMPLE"
RELEASE = "imported"
SOURCE_LIMIT = 200
HISTORY = Layout(
    NAME,
    "History of indicator values",
    {
        "indicator": ("Indicator",),
        "area_code": ("Area Code", "Area"),
        "period": ("Period",),
        "breakdown_topic": ("Breakdown Topic",),
        "breakdown": ("Breakdown",),
        "numerator": ("Numerator",),
        "denominator": ("Denominator",),
        "value": ("Value",),
        "figure_source": ("Source of Figure", "Source"),
    },
    marks=("indicator", "period", "value"),
)
_KEY = ["indicator", "area_code", "period_type", "period", "breakdown_topic", "breakdown"]
_OUT = "until then the row is left out"


def read_history(path: Path, context: Context) -> Result:
    """The values of an area's history workbook, and the findings.

    `path` is `data/raw/<area>/history.xlsx`, or the same as `.csv`: where the one is not
    there the other is read, and where neither is there are no rows and no findings. Rows
    are those of an indicator-values table (`values.as_values`), not yet checked for
    disclosure: `is_imported`, source `history_workbook`, `release` where the figure stood
    (`imported` where that is not said), `as_of` the submission's last day. A value is made from its
    numerator and denominator where both are given. A quarter or financial year of an
    indicator that is measured on a day stands for its last day; a blank area is the
    folder's.

    Left out, each with a finding: an unknown indicator, area, period, topic or category;
    a period of a kind that the indicator does not have, or that has not ended; a
    percentage out of 0 to 100; a numerator larger than its denominator; a second row for
    the same figure.
    """
    tables, findings = read_board_tables(path, HISTORY)
    read = [_read(table, path.parent.name, context) for table in tables_of(tables, HISTORY)]
    filled = [rows for rows, _ in read if len(rows)]
    if not filled:
        return empty_values(), join_findings([findings, *(found for _, found in read)])
    values = pd.concat(filled, ignore_index=True)
    again = values.duplicated(_KEY)
    return as_values(values[~again]), join_findings([findings, *(found for _, found in read)])


def _read(table: RawTable, folder: str, context: Context) -> Result:
    cells = tidy(table, HISTORY.columns)
    sources = cells["figure_source"].map(plain_text).astype("str")
    table = without_blank_rows(
        dataclasses.replace(table, rows=table.rows[~sources.str.startswith(EXAMPLE)])
    )
    rows, findings = read_columns(
        table,
        HISTORY,
        {
            "indicator": names(
                {name: item.title for name, item in indicators().items()},
                "an indicator of the catalogue",
                expected="an id of the catalogue, such as cp_plans_at_period_end",
                action=f"correct it; {_OUT}",
            ),
            "numerator": parse_whole_numbers,
            "denominator": parse_whole_numbers,
            "value": parse_numbers,
            "figure_source": texts(SOURCE_LIMIT, blank=RELEASE),
        },
    )
    cells = tidy(table, HISTORY.columns)
    rows = rows.assign(
        cell=cells["value"],
        status=statuses_of(cells["value"]),
    )
    found = [findings]
    for step in _STEPS:
        rows, told = step(rows, Sheet(table, HISTORY, cells, folder, context))
        found.append(told)
    once, again = keep_first(rows, _KEY, table, HISTORY)
    as_of = pd.Timestamp(context.quarter.end)
    stamped = once.assign(source=NAME, is_imported=True, as_of=as_of)
    return stamped, join_findings([*found, again])


def _known(rows: pd.DataFrame, sheet: Sheet) -> Result:
    """The rows of live indicators; those without one have their finding already, if not blank."""
    blank = sheet.cells["indicator"].map(is_blank).astype(bool)
    drafts = {name for name, item in indicators().items() if item.stage != "live"}
    draft = rows["indicator"].isin(list(drafts))
    found = [
        sheet.told(
            rows,
            blank,
            column="indicator",
            found="a figure of no indicator",
            expected="the indicator's id in the catalogue",
            action=f"fill it in; {_OUT}",
        ),
        sheet.told(
            rows,
            draft,
            column="indicator",
            found="a figure of an indicator that is not live yet",
            expected="a live indicator: see lscb indicators",
            action="keep the row: it is read once the indicator is live",
            severity="note",
        ),
    ]
    return rows[rows["indicator"].ne("") & ~draft], join_findings(found)


def _with_releases(rows: pd.DataFrame, sheet: Sheet) -> Result:
    """The rows with `release`: where the figure stood, where that points to nobody."""
    personal = rows["figure_source"].map(looks_personal).astype(bool)
    found = sheet.told(
        rows,
        personal,
        column="figure_source",
        found="a text that seems to hold an address, an identifier or a date in figures",
        expected="the report or return where the figure stood; dates in words",
        action="take it out; the figure is used without it",
    )
    return rows.assign(release=rows["figure_source"].mask(personal, RELEASE)), found


_STEPS = (
    *(_known, _with_releases, with_areas, with_periods, with_breakdowns),
    figures_checked,
)
