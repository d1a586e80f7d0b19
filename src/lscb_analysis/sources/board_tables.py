"""The board's own tables: read column by column, checked, gathered and stamped."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from lscb_analysis.catalogue.toml_file import read_toml
from lscb_analysis.findings import (
    as_findings,
    few,
    finding,
    join_findings,
    no_findings,
    row_findings,
)
from lscb_analysis.sources.columns import column_places, tidy
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.identifiers import rekey
from lscb_analysis.sources.layouts import Layout, absent_columns, extra_columns, tables_of
from lscb_analysis.sources.parsing import (
    are_blank,
    parse_codes,
    parse_dates,
    parse_whole_numbers,
    parse_yes_no,
)
from lscb_analysis.sources.raw_tables import RawTable

EARLIEST = date(1990, 1, 1)
LEFT_OUT = "the row is left out"
Result = tuple[pd.DataFrame, pd.DataFrame]
Parser = Callable[..., tuple[pd.Series, pd.DataFrame]]


def read_columns(table: RawTable, layout: Layout, parsers: Mapping[str, Parser]) -> Result:
    """The layout's columns, each as its parser reads it, and the findings.

    The index is the row number that Excel shows. A column that the table lacks is
    wholly missing and a finding. One that nobody asked for is not read: a note
    names its header only.
    """
    rows, places = tidy(table, layout.columns), column_places(table, layout.columns)
    findings = [absent_columns(table, layout), extra_columns(table, layout)]
    read: dict[str, pd.Series] = {}
    for name, parser in parsers.items():
        read[name], found = parser(rows[name], source=layout.source, **table.place, **places[name])
        findings.append(found)
    return pd.DataFrame(read, index=rows.index), join_findings(findings)


def needed(parser: Parser, consequence: str = LEFT_OUT) -> Parser:
    """The same parser, with a finding for each blank cell that says what follows from it."""

    def parse(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
        parsed, found = parser(cells, **place)
        is_blank = are_blank(cells)
        if not is_blank.to_numpy().any():
            return parsed, found
        blank = cells.index[is_blank]
        blanks = row_findings(
            pd.Series("a blank cell", index=blank, dtype="str"),
            **place,
            expected="a value in every row",
            action=f"fill it in; until then {consequence}",
        )
        return parsed, join_findings([found, blanks])

    return parse


def identifiers(context: Context) -> Parser:
    """A parser that re-keys identifiers with the area's key."""

    def parse(cells: pd.Series, **_place: Any) -> tuple[pd.Series, pd.DataFrame]:
        return rekey(cells.mask(are_blank(cells)), context.key), no_findings()

    return parse


def dates(
    context: Context,
    *,
    is_ahead: bool = False,
    consequence: str = "it is read as missing",
) -> Parser:
    """A parser for dates from 1990 to the submission's last day, or on where they may lie ahead.

    A date after the last day has not come true yet: the next submission will hold it.
    No date is shown in a finding: a death on the first day, or a column that has
    shifted, gives a date of birth.
    """
    latest = {} if is_ahead else {"latest": context.quarter.end}

    def parse(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
        options: dict[str, Any] = {**place, **latest, "consequence": consequence}
        return parse_dates(cells, earliest=EARLIEST, **options)

    return parse


def key_dates(context: Context) -> Parser:
    """A parser for the dates without which a row is left out."""
    return needed(dates(context, consequence=LEFT_OUT))


def answers() -> Parser:
    """A parser for yes and no."""
    return parse_yes_no


def codes(file: str, name: str) -> Parser:
    """A parser for codes: what each stands for in a table of the catalogue's `codes`.

    `Not known` where a cell is blank or is not in the table.
    """

    def parse(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
        return parse_codes(cells, codes_in(file, name), **place)

    return parse


@functools.cache
def codes_in(file: str, name: str) -> dict[str, str]:
    """What each code stands for, from one table of catalogue/codes/<file>.toml.

    >>> codes_in("child_deaths", "grade")["3"]
    '2'
    """
    return dict(read_toml(f"codes/{file}.toml")[name])


def totals() -> Parser:
    """A parser for whole numbers from 0; a blank one is not known, which is not 0."""
    return needed(parse_whole_numbers, "it is not known, which is not the same as 0")


def flagged(
    rows: pd.DataFrame,
    wrong: pd.Series,
    table: RawTable,
    layout: Layout,
    *,
    column: str,
    found: str,
    expected: str,
    action: str,
    severity: str = "warning",
) -> pd.DataFrame:
    """One finding that gives the rows where `wrong` is true; none where no row is."""
    is_wrong = wrong if wrong.dtype == bool else wrong.fillna(False).astype(bool)
    if not is_wrong.to_numpy().any():
        return no_findings()
    at = rows.index[is_wrong]
    place = column_places(table, layout.columns).get(column, {"column": column})
    return row_findings(
        pd.Series(found, index=at, dtype="str"),
        layout.source,
        **table.place,
        **place,
        expected=expected,
        action=action,
        severity=severity,
    )


def leave_out_without(
    rows: pd.DataFrame, columns: Sequence[str], table: RawTable, layout: Layout
) -> Result:
    """The rows with a value in each of the columns, and a finding for those without.

    For columns whose parser does not itself tell of blank cells (`needed` does).
    """
    findings = [
        flagged(
            rows,
            rows[column].isna(),
            table,
            layout,
            column=column,
            found="blank, or not readable",
            expected="a value in every row",
            action=f"fill it in; until then {LEFT_OUT}",
        )
        for column in columns
    ]
    return with_all(rows, columns), join_findings(findings)


def with_all(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The rows that have a value in each of the columns (its parser tells of the others)."""
    return rows[rows[list(columns)].notna().all(axis=1)]


def keep_first(rows: pd.DataFrame, key: Sequence[str], table: RawTable, layout: Layout) -> Result:
    """The rows with each key once, the first of them, and a finding for the others."""
    again = rows.duplicated(list(key))
    found = flagged(
        rows,
        again,
        table,
        layout,
        column=key[0],
        found="a row for something that an earlier row already gives",
        expected="each once in a table",
        action="remove the row that is wrong; until then the first is used",
    )
    return rows[~again], found


def gather(
    tables: Iterable[RawTable],
    layout: Layout,
    context: Context,
    key: Sequence[str],
    read_one: Callable[[RawTable], Result],
) -> tuple[pd.DataFrame | None, pd.DataFrame]:
    """The rows of every table of this layout together, with `submission` and `source`.

    None where there is no such table: it was not sent. A table without rows gives
    no rows: nothing happened. What two files hold is kept once, with a finding.
    """
    chosen = tables_of(tables, layout)
    if not chosen:
        return None, as_findings()
    read = [read_one(table) for table in chosen]
    filled = [rows for rows, _ in read if len(rows)] or [read[0][0]]
    rows = pd.concat(filled, ignore_index=True)
    again = rows.duplicated(list(key))
    found = as_findings()
    if again.any():
        found = as_findings(
            [
                finding(
                    layout.source,
                    ", ".join(dict.fromkeys(table.file for table in chosen)),
                    found=f"rows that an earlier file already gives: {few(int(again.sum()))}",
                    expected=f"each row of {layout.title} in one file",
                    action="withdraw the file that is wrong; until then the first is used",
                )
            ]
        )
    stamped = rows[~again].reset_index(drop=True)
    stamped["submission"] = pd.Series(context.submission, index=stamped.index, dtype="str")
    stamped["source"] = pd.Series(layout.source, index=stamped.index, dtype="str")
    return stamped, join_findings([*(findings for _, findings in read), found])


def dates_of(ids: pd.Series, dated: pd.DataFrame | None, key: str, column: str) -> pd.Series:
    """The date that each id has in another table, missing where it is not in it or there is none.

    `key` is unique in `dated`.
    """
    if dated is None:
        return pd.Series(pd.NaT, index=ids.index, dtype="datetime64[ns]")
    found = dated.set_index(key)[column].reindex(ids.to_numpy())
    return found.set_axis(ids.index).astype("datetime64[ns]")


def records_of(gathered: Mapping[str, pd.DataFrame | None]) -> dict[str, pd.DataFrame]:
    """The records tables that were sent, by name."""
    return {name: rows for name, rows in gathered.items() if rows is not None}
