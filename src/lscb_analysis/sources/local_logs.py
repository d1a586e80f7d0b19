"""Local logs, from early help to training, under our names or an agency's own.

Each is known by our names of its columns, or by an agency's own where a mapping says which
stand for ours (`mapping.read_mapping`).
"""

from __future__ import annotations

import pandas as pd

from lscb_analysis.findings import join_findings
from lscb_analysis.periods import working_days_between
from lscb_analysis.sources.columns import match_columns, normalise
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.layouts import Layout, extra_columns, tables_of
from lscb_analysis.sources.local_log_layouts import LocalLog, local_logs
from lscb_analysis.sources.local_log_rules import RULES
from lscb_analysis.sources.mapping import LogMapping
from lscb_analysis.sources.parsed import Parsed, once_each, parse_tables, stamped
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.rules import run_rules

NAME = "local_logs"
NO_MAPPING = LogMapping()
INTERVIEW_DAYS = 3


def layout_of(log: LocalLog, mapping: LogMapping = NO_MAPPING) -> Layout:
    """The log's layout, with the agency's names for its columns where it has its own."""
    columns = {
        name: (*column.names, *mapping.columns.get((log.id, name), ()))
        for name, column in log.columns.items()
    }
    marks = tuple(name for name, column in log.columns.items() if column.mark)
    return Layout(NAME, log.title, columns, marks)


def layouts(mapping: LogMapping = NO_MAPPING) -> tuple[Layout, ...]:
    """The layouts of all local logs."""
    return tuple(layout_of(log, mapping) for log in local_logs().values())


LAYOUTS = layouts()


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The records of each local log that was sent, by its name, and the findings.

    `missing_children` have `is_interviewed_in_time` (within 72 hours of the return, counted
    as 3 days), `private_fostering` `visit_working_days`. A column nobody asked for is a note, and
    is not read.
    """
    sent, findings = tables_sent(tables, context)
    if not sent:
        return {}, findings
    rules = [rule for rule in RULES if rule.table in sent]
    of_rules = run_rules(rules, sent, context, (context.quarter.start, context.quarter.end))
    records, found = {}, [findings, of_rules]
    for name, parsed in sent.items():
        log = local_logs()[name]
        needed = [column for column, of in log.columns.items() if of.needed]
        rows, of_rows = once_each(parsed, log.key, needed)
        found.append(of_rows)
        whole = rows.reindex(columns=list(log.columns))
        records[name] = _derived(name, stamped(_typed(whole, log), NAME, context))
    return records, join_findings(found)


def tables_sent(tables: list[RawTable], context: Context) -> tuple[dict[str, Parsed], pd.DataFrame]:
    """The logs that were sent as the rules look at them, by name, and the findings of parsing."""
    mapping = context.mapping or NO_MAPPING
    sent, findings = {}, []
    for name, log in local_logs().items():
        layout = layout_of(log, mapping)
        kinds = {column: of.kind for column, of in log.columns.items()}
        chosen = tables_of(tables, layout)
        findings += [extra_columns(table, layout) for table in chosen]
        ours = [_with_our_values(table, layout, name, mapping) for table in chosen]
        parsed, found = parse_tables(ours, layout, kinds, context)
        findings.append(found)
        if parsed is not None:
            sent[name] = parsed
    return sent, join_findings(findings)


def _with_our_values(table: RawTable, layout: Layout, log: str, mapping: LogMapping) -> RawTable:
    """The table with the agency's values in place of which the mapping puts ours."""
    rows = table.rows.copy()
    for name, header in match_columns(rows.columns, layout.columns).items():
        ours = mapping.values.get((log, name))
        if ours:
            known = {value: ours.get(normalise(value), value) for value in rows[header].unique()}
            rows[header] = rows[header].map(known)
    return RawTable(table.file, table.sheet, table.header_row, rows, table.positions, table.paths)


def _typed(rows: pd.DataFrame, log: LocalLog) -> pd.DataFrame:
    """The rows with a column of its type for each that no file has."""
    typed = rows.copy()
    for name, column in log.columns.items():
        if column.kind == "date":
            typed[name] = pd.to_datetime(typed[name]).astype("datetime64[ns]")
        elif column.kind == "yes_no":
            typed[name] = typed[name].astype("boolean")
        elif column.kind == "number":
            typed[name] = typed[name].astype("Int64")
        else:
            typed[name] = typed[name].astype("str")
    return typed


def _derived(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    if name == "missing_children":
        days = (rows["interview_date"] - rows["found_date"]).dt.days
        in_time = days.between(0, INTERVIEW_DAYS).astype("boolean")
        return rows.assign(is_interviewed_in_time=in_time.mask(rows["found_date"].isna()))
    if name == "private_fostering":
        days = working_days_between(rows["notified_date"], rows["visit_date"])
        return rows.assign(visit_working_days=days)
    return rows
