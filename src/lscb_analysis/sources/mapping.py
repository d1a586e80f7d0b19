"""The mapping of local logs: an agency's own names for columns and values, without code.

A sheet of four columns that an analyst edits in Excel: the log, our column, the agency's
column; and for a value, our value and the agency's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.sources.codes import code_table
from lscb_analysis.sources.columns import has_columns, letter_of, match_columns, normalise
from lscb_analysis.sources.files import read_tables
from lscb_analysis.sources.local_log_layouts import LocalLog, local_logs
from lscb_analysis.sources.parsing import is_blank
from lscb_analysis.sources.raw_tables import RawTable

NAME = "mapping"
COLUMNS = {
    "log": ("Log",),
    "our_column": ("Our Column",),
    "their_column": ("Your Column",),
    "our_value": ("Our Value",),
    "their_value": ("Your Value",),
}
FILES = ("mapping.xlsx", "mapping.csv")


@dataclass(frozen=True)
class LogMapping:
    """By log and our column: the agency's names for it, and for its values (normalised) ours."""

    columns: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)


def read_mapping(folder: Path) -> tuple[LogMapping, pd.DataFrame]:
    """The mapping in an area's folder, and the findings; an empty one where there is none.

    A row that names a log, a column or a value that is not known is a finding and is
    left out, as is one that maps the same of theirs a second time.
    """
    columns: dict[tuple[str, str], tuple[str, ...]] = {}
    values: dict[tuple[str, str], dict[str, str]] = {}
    findings = []
    for path in (folder / name for name in FILES):
        if not path.is_file():
            continue
        tables, found = read_tables(path, folder, NAME)
        findings.append(found)
        known = [table for table in tables if has_columns(table, COLUMNS, ("log", "our_column"))]
        if tables and not known:
            findings.append(as_findings([_no_sheet(tables[0])]))
        for table in known:
            findings.append(_add_rows(table, columns, values))
    return LogMapping(columns, values), join_findings(findings)


def _add_rows(
    table: RawTable,
    columns: dict[tuple[str, str], tuple[str, ...]],
    values: dict[tuple[str, str], dict[str, str]],
) -> pd.DataFrame:
    matched = match_columns(table.rows.columns, COLUMNS)
    logs = local_logs()
    found = []
    for number, row in table.rows.iterrows():
        given = {name: _text(row[header]) for name, header in matched.items()}
        if not (given.get("their_column") or given.get("their_value")):
            continue
        log = _named(given.get("log", ""), {each: each for each in logs} | _titles(logs))
        if log is None:
            found.append(_unknown(table, number, matched["log"], "a log", list(_titles(logs))))
            continue
        names = {each: each for each in logs[log].columns}
        names |= {logs[log].columns[each].names[0]: each for each in logs[log].columns}
        column = _named(given.get("our_column", ""), names)
        if column is None:
            header = matched["our_column"]
            found.append(_unknown(table, number, header, f"a column of {log}", list(names)))
            continue
        theirs = given.get("their_column", "")
        taken = {
            normalise(name)
            for (of_log, _), others in columns.items()
            if of_log == log
            for name in others
        }
        if theirs and normalise(theirs) in taken and theirs not in columns.get((log, column), ()):
            found.append(_twice(table, number, matched["their_column"]))
        elif theirs:
            columns[log, column] = tuple(dict.fromkeys((*columns.get((log, column), ()), theirs)))
        found += _add_value(table, number, matched, given, logs[log], column, values)
    return as_findings(found)


def _add_value(
    table: RawTable,
    number: object,
    matched: Mapping[str, str],
    given: Mapping[str, str],
    log: LocalLog,
    column: str,
    values: dict[tuple[str, str], dict[str, str]],
) -> list[dict[str, str]]:
    theirs, ours = given.get("their_value", ""), given.get("our_value", "")
    if not theirs:
        return []
    kind, _, codes = log.columns[column].kind.partition(":")
    allowed = {code: code for code in code_table(codes)} if kind == "codes" else {}
    allowed |= {"Yes": "Yes", "No": "No"} if kind == "yes_no" else {}
    value = _named(ours, allowed)
    if value is None:
        header = matched.get("our_value", "Our Value")
        return [_unknown(table, number, header, f"a value of {column}", list(allowed))]
    values.setdefault((log.id, column), {})[normalise(theirs)] = value
    return []


def _titles(logs: Mapping[str, LocalLog]) -> dict[str, str]:
    return {log.title: name for name, log in logs.items()}


def _named(text: str, known: Mapping[str, str]) -> str | None:
    wanted = normalise(text)
    return next((value for name, value in known.items() if normalise(name) == wanted), None)


def _text(cell: object) -> str:
    return "" if is_blank(cell) else str(cell).strip()


def _unknown(
    table: RawTable, number: object, header: str, what: str, known: list[str]
) -> dict[str, str]:
    cell = _text(table.rows.loc[number, header]) if header in table.rows else ""  # type: ignore[index]
    near = get_close_matches(cell, known, n=1, cutoff=0.6)
    return finding(
        NAME,
        **table.place,
        row=str(number),
        column=header,
        letter=letter_of(table, header) if header in table.rows else "",
        found=f"a name that is not {what}" + (f": the nearest is {near[0]}" if near else ""),
        expected=f"one of {', '.join(known[:12])}",
        action="put it right; until then the row is left out",
    )


def _twice(table: RawTable, number: object, header: str) -> dict[str, str]:
    return finding(
        NAME,
        **table.place,
        row=str(number),
        column=header,
        letter=letter_of(table, header),
        found="a column of theirs that stands for another of ours already",
        expected="each of their columns once in a log",
        action="remove the row that is wrong; until then the first counts",
    )


def _no_sheet(table: RawTable) -> dict[str, str]:
    return finding(
        NAME,
        **table.place,
        found="no sheet that is a mapping",
        expected="the columns Log, Our Column, Your Column, Our Value, Your Value",
        action="write the form anew: lscb template mapping",
        severity="failed",
    )
