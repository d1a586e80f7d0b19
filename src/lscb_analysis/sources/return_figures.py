"""Figures of a partner's return: the triage hub's outcomes, and what only agencies can count."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pandas as pd

from lscb_analysis.catalogue.indicators import indicators
from lscb_analysis.catalogue.returns import ReturnYear, returns_in
from lscb_analysis.findings import join_findings, row_findings
from lscb_analysis.periods import quarter_of
from lscb_analysis.sources.board_tables import (
    Result,
    codes,
    dates,
    flagged,
    keep_first,
    key_dates,
    read_columns,
    totals,
    with_all,
)
from lscb_analysis.sources.columns import column_places, match_columns
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.layouts import Layout
from lscb_analysis.sources.name_cells import names
from lscb_analysis.sources.number_cells import parse_numbers, statuses_of
from lscb_analysis.sources.parsing import NOT_KNOWN, is_blank, parse_whole_numbers
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.return_agencies import agency_of
from lscb_analysis.sources.return_cover import Cover
from lscb_analysis.sources.return_layouts import FIGURES, NAME, as_sent
from lscb_analysis.sources.return_proportions import as_shares, as_wholes

TRIAGE = "da_triage_outcome"
FIGURE_COLUMNS = [
    *("agency", "indicator", "period_start", "period_end"),
    *("numerator", "denominator", "value"),
]
FIGURE_KEY = ["agency", "indicator", "period_start", "period_end"]


def has_triage(table: RawTable, context: Context) -> bool:
    """Whether the sheet has any figure of the triage hub."""
    ids, _ = _ids(table, returns_in(context.quarter.year))
    return bool(ids.eq(TRIAGE).any())


def read_triage(table: RawTable, cover: Cover | None, context: Context) -> Result:
    """The triage hub's figures; those whose outcome is not known are added up.

    Columns `period_end` (blank cells are the last day of the cover's quarter), `outcome`
    and `notifications`.
    """
    ids, _ = _ids(table, _year(cover, context))
    sheet = _dated(table, cover)
    figures, findings = read_columns(
        dataclasses.replace(sheet, rows=sheet.rows[ids.eq(TRIAGE)]),
        as_sent(FIGURES, table),
        {
            "period_end": key_dates(context),
            "outcome": codes("domestic_abuse", "triage_outcome"),
            "value": totals(),
        },
    )
    figures = figures.rename(columns={"value": "notifications"})
    dated = with_all(figures, ["period_end"])[["period_end", "outcome", "notifications"]]
    is_known = dated["outcome"].ne(NOT_KNOWN)
    once, again = keep_first(dated[is_known], ["outcome", "period_end"], table, FIGURES)
    unknown = dated[~is_known].groupby(["period_end", "outcome"], as_index=False)
    added = unknown["notifications"].agg(lambda numbers: numbers.sum(skipna=False))
    both = [part for part in (once, added) if len(part)] or [once]
    return pd.concat(both), join_findings([findings, again])


def read_figures(table: RawTable, cover: Cover | None, context: Context) -> Result:
    """The sheet's figures that only partners have, and the findings.

    One row is one figure of one agency and period: columns `agency`, `indicator` (an id of
    catalogue/returns), `period_start`, `period_end`, `numerator`, `denominator` (`Int64`),
    `value` (a count, or a percentage). A blank period is the quarter on the cover. A
    proportion's value is made from its parts where both are given; a share of nothing
    has no value. A row without any figure is a finding and not a zero.
    """
    returns = _year(cover, context)
    ids, of_ids = _ids(table, returns)
    agency, of_agency = agency_of(cover, returns, table)
    own = {name for name, figure in returns.figures.items() if not figure.breakdown}
    mine = ids.isin(list(own))
    findings = [of_ids, _not_read(table, ids[~mine & ids.ne(TRIAGE)])]
    if not mine.any():
        return pd.DataFrame(columns=FIGURE_COLUMNS), join_findings(findings)
    sheet, layout = _dated(table, cover), as_sent(FIGURES, table)
    chosen = dataclasses.replace(sheet, rows=sheet.rows[mine])
    given, of_blanks = _given(chosen, layout)
    rows, of_rows = _read_rows(
        dataclasses.replace(chosen, rows=chosen.rows[given]), layout, context
    )
    rows = rows.assign(indicator=ids.reindex(rows.index))
    measure = rows["indicator"].map({name: returns.figures[name].measure for name in own})
    rows, of_periods = _with_periods(rows, measure, table, layout)
    is_share = measure.reindex(rows.index).eq("proportion")
    shares, of_shares = as_shares(rows[is_share], table, layout)
    wholes, of_wholes = as_wholes(rows[~is_share], table, layout)
    both = [part for part in (wholes, shares) if len(part)] or [wholes]
    read = pd.concat(both).sort_index().assign(agency=agency.title if agency else _named(cover))
    once, again = keep_first(read, FIGURE_KEY[1:], table, layout)
    findings += [of_agency, of_blanks, of_rows, of_periods, of_shares, of_wholes, again]
    if agency is not None:
        asked = {figure.id for figure in returns.figures_of(agency.id)}
        findings.append(_not_asked(table, layout, once, asked))
    return once[FIGURE_COLUMNS], join_findings(findings)


def _named(cover: Cover | None) -> str:
    return cover.agency if cover else NOT_KNOWN


def _year(cover: Cover | None, context: Context) -> ReturnYear:
    return returns_in((cover.quarter if cover else context.quarter).year)


def _ids(table: RawTable, returns: ReturnYear) -> tuple[pd.Series, pd.DataFrame]:
    """The id of each row's figure, of the return or of the catalogue; blank where unknown."""
    rows, findings = read_columns(
        table, as_sent(FIGURES, table), {"indicator": names(known_names(returns), **WORDS)}
    )
    return rows["indicator"], findings


WORDS: Mapping[str, str] = {
    "what": "an indicator of the catalogue",
    "expected": "an id of the catalogue, such as cp_plans_at_period_end",
    "action": "correct it",
}


def known_names(returns: ReturnYear) -> dict[str, str]:
    """The titles of all figures that a return may name, by id: the catalogue's and its own."""
    catalogue = {name: item.title for name, item in indicators().items()}
    return catalogue | {name: item.title for name, item in returns.figures.items()}


def _dated(table: RawTable, cover: Cover | None) -> RawTable:
    """The table, each blank cell of the period's end being that of the cover's quarter."""
    header = match_columns(table.rows.columns, FIGURES.columns)["period_end"]
    if cover is None:
        return table
    cells = table.rows[header].astype(object)
    blank = cells.map(is_blank).astype(bool)
    return dataclasses.replace(
        table, rows=table.rows.assign(**{header: cells.mask(blank, cover.quarter.end)})
    )


def _given(table: RawTable, layout: Layout) -> tuple[pd.Series, pd.DataFrame]:
    """Which rows hold a figure, and the findings about those that hold none."""
    matched = match_columns(table.rows.columns, layout.columns)
    cells = {name: table.rows[matched[name]] for name in _PARTS if name in matched}
    blank = pd.DataFrame({name: part.map(is_blank).astype(bool) for name, part in cells.items()})
    empty, withheld = blank.all(axis=1), statuses_of(cells["value"]).ne("")
    return ~empty & ~withheld, join_findings(
        [
            flagged(
                table.rows,
                empty,
                table,
                layout,
                column="value",
                found="a figure that was asked for and is not given",
                expected="the figure; 0 where nothing happened",
                action="fill it in, or write: not available",
            ),
            flagged(
                table.rows,
                withheld,
                table,
                layout,
                column="value",
                found="a figure that the agency does not have or does not give",
                expected="the figure, in time",
                action="nothing; say in the commentary when it can be given",
                severity="note",
            ),
        ]
    )


_PARTS = ("value", "numerator", "denominator")


def _read_rows(table: RawTable, layout: Layout, context: Context) -> Result:
    parsers = {
        "period_start": dates(context),
        "period_end": key_dates(context),
        "value": parse_numbers,
        "numerator": parse_whole_numbers,
        "denominator": parse_whole_numbers,
    }
    present = {name: parser for name, parser in parsers.items() if name in layout.columns}
    rows, findings = read_columns(table, layout, present)
    for name in ("numerator", "denominator"):
        if name not in rows:
            rows[name] = pd.Series(pd.NA, index=rows.index, dtype="Int64")
    if "period_start" not in rows:
        rows["period_start"] = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[ns]")
    return with_all(rows, ["period_end"]), findings


def _with_periods(
    rows: pd.DataFrame, measure: pd.Series, table: RawTable, layout: Layout
) -> Result:
    """The rows with a start: that of the end's quarter where blank, the end for a stock."""
    ends = rows["period_end"]
    quarters = [pd.Timestamp(quarter_of(day).start) for day in ends]
    starts = rows["period_start"].fillna(
        pd.Series(quarters, index=rows.index, dtype="datetime64[ns]")
    )
    starts = starts.mask(measure.reindex(rows.index).eq("stock"), ends)
    late = starts.gt(ends)
    found = flagged(
        rows,
        late,
        table,
        layout,
        column="period_start",
        found="a period that starts after it ends",
        expected="a start on or before the end",
        action="correct the date that is wrong; until then the row is left out",
    )
    return rows.assign(period_start=starts)[~late], found


def _not_read(table: RawTable, ids: pd.Series) -> pd.DataFrame:
    places = column_places(table, FIGURES.columns)["indicator"]
    others = ids[ids.ne("")]
    return row_findings(
        "a figure that is not read from a return: " + others,
        NAME,
        **table.place,
        **places,
        expected=f"figures of {TRIAGE} and of the agency's own list: others come from extracts",
        action="nothing; leave the figure out, or say in the commentary what it shows",
        severity="note",
    )


def _not_asked(
    table: RawTable, layout: Layout, rows: pd.DataFrame, asked: set[str]
) -> pd.DataFrame:
    return flagged(
        rows,
        ~rows["indicator"].isin(list(asked)),
        table,
        layout,
        column="indicator",
        found="a figure that this agency is not asked for",
        expected="the figures of the agency's own template",
        action="check the agency on the cover; the figure is used",
        severity="note",
    )
