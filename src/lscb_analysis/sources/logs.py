"""Social-care logs: the quarter's review conferences, reviews, visits and health assessments."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lscb_analysis.findings import join_findings
from lscb_analysis.sources.board_tables import (
    Layout,
    Parser,
    Result,
    codes,
    flagged,
    gather,
    identifiers,
    keep_first,
    key_dates,
    needed,
    read_columns,
    records_of,
    with_all,
)
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.raw_tables import RawTable

NAME = "logs"
_CHILD = ("Child Unique ID", "Child ID")
_STARTED = ("Date Started to be Looked After", "Date Started Looked After")


@dataclass(frozen=True)
class Log:
    """One log: the table of events it becomes, its layout, the spell's start and the event."""

    table: str
    layout: Layout
    start: str
    event: str


def _log(table: str, title: str, columns: dict[str, tuple[str, ...]]) -> Log:
    names = list(columns)
    return Log(table, Layout(NAME, title, columns, marks=tuple(columns)), names[1], names[2])


LOGS = (
    _log(
        "cp_reviews",
        "Child protection reviews log",
        {
            "child_id": _CHILD,
            "plan_start_date": ("Child Protection Plan Start Date",),
            "review_date": (
                "Date of Review Conference",
                "Date of Review Child Protection Conference",
            ),
        },
    ),
    _log(
        "lac_reviews",
        "Looked-after reviews log",
        {
            "child_id": _CHILD,
            "started_date": _STARTED,
            "review_date": ("Date of Statutory Review",),
        },
    ),
    _log(
        "visits",
        "Visits log",
        {
            "child_id": _CHILD,
            "started_date": _STARTED,
            "visit_date": ("Date of Statutory Visit",),
        },
    ),
    _log(
        "health_assessments",
        "Health assessments log",
        {
            "child_id": _CHILD,
            "started_date": _STARTED,
            "assessment_date": ("Date of Health Assessment",),
            "kind": ("Type of Health Assessment",),
        },
    ),
)
LAYOUTS = tuple(log.layout for log in LOGS)


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The logs of a submission as tables of events, and the findings.

    `cp_reviews`: `child_id`, `plan_start_date`, `review_date`. `lac_reviews`, `visits`,
    `health_assessments`: `child_id`, `started_date` and `review_date`, `visit_date` or
    `assessment_date`, the last with `kind` (`Initial`, `Review`, `Not known`). Not yet
    records: derived columns are made from them. A log not sent is not in the result.
    """
    read_logs = {log.table: _gather(tables, log, context) for log in LOGS}
    records = records_of({name: events for name, (events, _) in read_logs.items()})
    return records, join_findings(findings for _, findings in read_logs.values())


def _gather(
    tables: list[RawTable], log: Log, context: Context
) -> tuple[pd.DataFrame | None, pd.DataFrame]:
    return gather(
        tables, log.layout, context, list(log.layout.columns), lambda t: _events(t, log, context)
    )


def _events(table: RawTable, log: Log, context: Context) -> Result:
    parsers: dict[str, Parser] = {
        "child_id": needed(identifiers(context)),
        log.start: key_dates(context),
        log.event: key_dates(context),
        **({"kind": codes("logs", "kind")} if "kind" in log.layout.columns else {}),
    }
    events, findings = read_columns(table, log.layout, parsers)
    dated = with_all(events, ["child_id", log.start, log.event])
    once, again = keep_first(dated, list(parsers), table, log.layout)
    early = once[log.event].lt(once[log.start])
    too_early = flagged(
        once,
        early,
        table,
        log.layout,
        column=log.event,
        found="a date before the start of what it belongs to",
        expected="the start date or later",
        action="correct the date that is wrong; until then the row is left out",
    )
    return once[~early], join_findings([findings, again, too_early])
