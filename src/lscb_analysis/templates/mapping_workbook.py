"""The forms for local logs: empty logs under our names, and the mapping of an agency's own."""

from __future__ import annotations

from lscb_analysis.catalogue.areas import areas
from lscb_analysis.sources.codes import code_table
from lscb_analysis.sources.local_log_layouts import LocalLog, LogColumn, local_logs
from lscb_analysis.templates.workbook import Cell, Column, Form, Sheet

GUIDANCE = (
    "One row says that one column of yours stands for one of ours, or one value of yours for one "
    "of ours. Fill in Your Column (and Our Value with Your Value) only where your log has "
    "another name or wording than ours. The file belongs at data/raw/<area>/mapping.xlsx.",
    "To map a second value of the same column, copy the row and change the two values.",
)
LOGS_GUIDANCE = (
    "A sheet is one log. Send the logs that you keep, as a workbook or one CSV file each, every "
    "quarter, with the rows that were added or changed. Dates are day first.",
    "No names, addresses or free text about a child or an adult: a column that nobody asked for "
    "is not read.",
)
_SHEET_NAME = 31
_SPARE = 60


def mapping_form(area_code: str) -> Form:
    """The form of one area's mapping: a row for each column of each local log."""
    logs = local_logs()
    columns = [
        Column("Log", 34, is_given=True),
        Column("Our Column", 34, is_given=True),
        Column("Your Column", 34, "The header in your log, as it stands there."),
        Column("Our Value", 34, "One of ours: see the sheet of logs."),
        Column("Your Value", 34, "The value in your log, as it stands there."),
    ]
    rows: list[tuple[Cell, ...]] = [
        (log.title, column.names[0], None, None, None)
        for log in logs.values()
        for column in log.columns.values()
    ]
    return Form(
        title=f"Mapping of local logs, {areas()[area_code].area}",
        guidance=GUIDANCE,
        sheets=[Sheet("Mapping", columns, rows, empty_rows=_SPARE)],
    )


def logs_form(area_code: str) -> Form:
    """The form of the local logs: a sheet for each, its cells limited to what it may hold."""
    logs = local_logs()
    return Form(
        title=f"Local logs, {areas()[area_code].area}",
        guidance=LOGS_GUIDANCE,
        sheets=[
            Sheet(log.title[:_SHEET_NAME], [_column(log, name) for name in log.columns], [], 500)
            for log in logs.values()
        ],
        lists={
            of.kind.partition(":")[2]: list(dict.fromkeys(code_table(of.kind.partition(":")[2])))
            for log in logs.values()
            for of in log.columns.values()
            if of.kind.startswith("codes:")
        }
        | {"yes_no": ["Yes", "No"]},
    )


def _column(log: LocalLog, name: str) -> Column:
    of = log.columns[name]
    tip = "Needed in every row." if of.needed else ""
    return Column(of.names[0], 26, tip, _allows(of))


def _allows(of: LogColumn) -> str:
    kind, _, codes = of.kind.partition(":")
    known = {"date": "date", "number": "whole", "text": "text:80", "yes_no": "list:yes_no"}
    return f"list:{codes}" if kind == "codes" else known.get(kind, "")
