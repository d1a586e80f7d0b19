"""Tables with a row for a child: the columns they share, and how such a table is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from lscb_analysis.findings import as_findings, finding, join_findings, row_findings
from lscb_analysis.sources.board_tables import (
    Layout,
    Parser,
    Result,
    answers,
    flagged,
    identifiers,
    keep_first,
    leave_out_without,
)
from lscb_analysis.sources.codes import code_table, codes_out_of_use
from lscb_analysis.sources.columns import column_places, match_columns, tidy
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.parsing import (
    NOT_KNOWN,
    parse_codes,
    parse_dates,
    parse_whole_numbers,
)
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.synonyms import synonyms
from lscb_analysis.sources.text_cells import texts

YEARS_BACK = 30
DAYS_UNBORN = 300
TEXT_LIMIT = 80


def parsers_for(kinds: Mapping[str, str], context: Context) -> dict[str, Parser]:
    """A parser for each column by what it holds.

    `identifier`, `birth_date`, `date`, `yes_no`, `number`, `text` (a short one),
    `codes:TABLE` (a label of that code table), `code:TABLE` (the code itself, blank where it is
    not known), or `answers:TABLE` (a code table of Yes and No, as `boolean`).
    """
    plain: dict[str, Parser] = {
        "identifier": identifiers(context),
        "birth_date": birth_dates(context),
        "date": event_dates(context),
        "yes_no": answers(),
        "number": parse_whole_numbers,
        "text": texts(TEXT_LIMIT),
    }
    parsers = {}
    for column, kind in kinds.items():
        what, _, table = kind.partition(":")
        if what in ("codes", "code", "answers"):
            parsers[column] = coded(table, context, gives=what)
        else:
            parsers[column] = plain[kind]
    return parsers


def event_dates(context: Context) -> Parser:
    """A parser for dates of events, from 30 years back to the submission's last day."""
    earliest = date(context.quarter.end.year - YEARS_BACK, 1, 1)

    def parse(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
        options: dict[str, Any] = {**place, "earliest": earliest, "latest": context.quarter.end}
        return parse_dates(cells, **options)

    return parse


def birth_dates(context: Context) -> Parser:
    """A parser for dates of birth, expected ones included; findings never show them."""
    earliest = date(context.quarter.end.year - YEARS_BACK, 1, 1)
    latest = (pd.Timestamp(context.quarter.end) + pd.Timedelta(days=DAYS_UNBORN)).date()

    def parse(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
        options: dict[str, Any] = {**place, "earliest": earliest, "latest": latest}
        return parse_dates(cells, **options)

    return parse


def coded(table: str, context: Context, *, gives: str = "codes") -> Parser:
    """A parser for the codes of one table; a code not in use in that year is a finding too.

    It `gives` what they stand for (`codes`), the codes (`code`) or booleans (`answers`).
    What a code out of use stands for is known, so it is read all the same.
    """
    unused = codes_out_of_use(table, context.quarter.year)
    known = code_table(table)
    meant = {code: code for code in known} if gives == "code" else known
    unknown = "" if gives == "code" else NOT_KNOWN
    same = {} if gives == "code" else synonyms(table)

    def parse(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
        labels, found = parse_codes(cells, meant, synonyms=same, unknown=unknown, **place)
        if unused:
            found = join_findings([found, out_of_use(cells, place)])
        is_answer = gives == "answers"
        values = labels.map({"Yes": True, "No": False}).astype("boolean") if is_answer else labels
        return values, found

    def out_of_use(cells: pd.Series, place: Mapping[str, Any]) -> pd.DataFrame:
        early, _ = parse_codes(cells, dict(zip(unused, unused, strict=True)), unknown="", **place)
        problems = ("the code " + early[early.ne("")]).astype("str")
        expected = f"a code in use in the financial year from April {context.quarter.year}"
        action = "check the code; it is read as what it stands for"
        return row_findings(problems, **place, expected=expected, action=action)

    return parse


def read_rows(
    table: RawTable,
    layout: Layout,
    kinds: Mapping[str, str],
    context: Context,
    *,
    key: Sequence[str],
    needed: Sequence[str],
) -> Result:
    """The table's rows with the columns of the layout, parsed, and the findings.

    A column the table lacks is a finding and is left out. Rows without a value in
    `needed` are left out, and of rows with the same key the first is kept: findings both.
    The index is the row number that Excel shows (in XML, the number of the record).
    """
    matched = match_columns(table.rows.columns, layout.columns)
    rows, places = tidy(table, layout.columns), column_places(table, layout.columns)
    absent = [name for name in kinds if name not in matched]
    findings = [_absent(table, layout, [places[name]["column"] for name in absent])]
    read: dict[str, pd.Series] = {}
    for name, parser in parsers_for(kinds, context).items():
        if name in matched or name in needed:
            read[name], found = parser(
                rows[name], source=layout.source, **table.place, **places[name]
            )
            findings.append(found)
    parsed = pd.DataFrame(read, index=rows.index)
    whole, incomplete = leave_out_without(parsed, needed, table, layout)
    once, again = keep_first(whole, key, table, layout)
    return once, join_findings([*findings, incomplete, again])


def end_not_before_start(
    spells: pd.DataFrame, start: str, end: str, table: RawTable, layout: Layout
) -> Result:
    """The spells, each that ends before it starts ending on the day it starts, and a finding.

    Such a spell counts as started and is open on no day.
    """
    if end not in spells:
        return spells, as_findings()
    early = spells[end].lt(spells[start])
    found = flagged(
        spells,
        early,
        table,
        layout,
        column=end,
        found="an end before the start",
        expected="an end on or after the start",
        action="correct the date that is wrong; until then it ends on the day it starts",
    )
    return spells.assign(**{end: spells[end].mask(early, spells[start])}), found


def with_child_columns(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `birth_date`, `sex` and `ethnicity`, not known where they were not sent."""
    filled = rows.copy()
    if "birth_date" not in filled:
        filled["birth_date"] = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[ns]")
    for column in ("sex", "ethnicity"):
        if column not in filled:
            filled[column] = pd.Series(NOT_KNOWN, index=rows.index, dtype="str")
    return filled


def _absent(table: RawTable, layout: Layout, labels: Sequence[str]) -> pd.DataFrame:
    return as_findings(
        finding(
            layout.source,
            **table.place,
            row=table.header_row,
            column=label,
            found="no such column",
            expected=f"this column in {layout.title}",
            action="ask for the column, or for its name to be put right",
        )
        for label in labels
    )
