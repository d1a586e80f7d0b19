"""Police extracts: domestic-abuse incidents, and the children that were notified."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lscb_analysis.findings import as_findings, join_findings
from lscb_analysis.periods import add_months
from lscb_analysis.sources.board_rules import (
    ReadTable,
    as_parsed,
    check,
    first_of_each,
    gather_read,
    read_all,
)
from lscb_analysis.sources.board_tables import (
    Layout,
    Parser,
    answers,
    codes,
    dates,
    identifiers,
    key_dates,
    needed,
    records_of,
)
from lscb_analysis.sources.columns import match_columns
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.parsed import Parsed
from lscb_analysis.sources.parsing import NOT_KNOWN, parse_whole_numbers, parse_yes_no
from lscb_analysis.sources.police_rules import RULES
from lscb_analysis.sources.raw_tables import RawTable

NAME = "police"
NOT_GRADED = "Not graded"
INCIDENTS = Layout(
    NAME,
    "Police domestic-abuse incidents",
    {
        "incident_id": (
            "Incident ID",
            "Incident Number",
            "Incident Reference",
            "Occurrence Number",
        ),
        "incident_date": ("Incident Date", "Date of Incident", "Occurrence Date"),
        "is_crime": ("Crime", "Is Crime", "Crime Recorded"),
        "risk_grade": ("Risk Grade", "DASH Grade", "Risk Level", "DASH Risk Level"),
        "is_child_resident": ("Children Resident", "Child Resident", "Children at Address"),
        "is_child_present": ("Children Present", "Child Present"),
        "victim_id": ("Victim ID", "Victim Reference"),
        "children_resident": ("Number of Children Resident", "Children Resident Number"),
        "children_present": ("Number of Children Present", "Children Present Number"),
        "children_notified": ("Number of Children Notified", "Children Notified"),
        "dash_ticks": ("DASH Ticks", "DASH Score", "Number of DASH Ticks"),
    },
    marks=("incident_id", "incident_date", "risk_grade"),
)
NOTIFIED_CHILDREN = Layout(
    NAME,
    "Police notified children",
    {
        "incident_id": INCIDENTS.columns["incident_id"],
        "child_id": ("Child Reference", "Child ID"),
        "notification_date": ("Notification Date", "Date of Notification"),
        "school_told_date": ("Date School Told", "School Notification Date", "Encompass Date"),
    },
    marks=("incident_id", "child_id", "notification_date"),
)
LAYOUTS = (INCIDENTS, NOTIFIED_CHILDREN)
WINDOW_MONTHS = 12
NUMBERS = ("children_resident", "children_present", "children_notified", "dash_ticks")
OPTIONAL = frozenset({*NUMBERS, "school_told_date"})
STAMP = ["submission", "source"]
_NUMBER_OF = {"is_child_resident": "children_resident", "is_child_present": "children_present"}


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The tables `da_incidents` and `da_notified_children` of a submission, and the findings.

    `is_repeat` is missing throughout: it needs earlier submissions, so call
    `mark_repeats` once history is joined. A table that was not sent is not in the result.
    `da_incident_children` (how many children, and the ticks) and `da_school_notices` are
    there where one of their columns was sent.
    """
    of_incident, of_child = _read(tables, context)
    incidents, of_incidents = gather_read(
        of_incident,
        INCIDENTS,
        context,
        ["incident_id"],
        lambda item: (
            _once(item, ["incident_id", "incident_date"], ["incident_id"]),
            as_findings(),
        ),
    )
    key = ["incident_id", "child_id"]
    children, of_children = gather_read(
        of_child,
        NOTIFIED_CHILDREN,
        context,
        key,
        lambda item: (_once(item, [*key, "notification_date"], key), as_findings()),
    )
    records = {
        "da_incidents": _without(incidents, NUMBERS),
        "da_notified_children": _without(children, ("school_told_date",)),
        "da_incident_children": _where_sent(of_incident, incidents, INCIDENTS, "incident_date"),
        "da_school_notices": _where_sent(
            of_child, children, NOTIFIED_CHILDREN, "child_id", "notification_date"
        ),
    }
    checked = check(RULES, _parsed(of_incident, of_child), context)
    return records_of(records), join_findings([of_incidents, of_children, checked])


def tables_sent(tables: list[RawTable], context: Context) -> dict[str, Parsed]:
    """Every row that was sent of `incidents` and of `children`, as rules look at it."""
    return _parsed(*_read(tables, context))


def mark_repeats(incidents: pd.DataFrame) -> pd.DataFrame:
    """The incidents with `is_repeat`: the same victim had one, 1 day to 12 months before.

    For all the incidents that are held, after the submissions are joined: an earlier
    one is often in an earlier submission. Where the victim is not known it is missing.
    Incidents of one day are not repeats of each other. Needs `victim_id` and
    `incident_date`; the rows keep their order.

    >>> days = pd.to_datetime(["2015-05-01", "2016-05-01", "2017-05-02"])
    >>> incidents = pd.DataFrame({"victim_id": ["a", "a", "a"], "incident_date": days})
    >>> mark_repeats(incidents)["is_repeat"].tolist()
    [False, True, False]
    """
    days = incidents[["victim_id", "incident_date"]].drop_duplicates().dropna()
    days = days.sort_values(["victim_id", "incident_date"], kind="stable")
    last_before = days.groupby("victim_id")["incident_date"].shift()
    until = add_months(last_before, WINDOW_MONTHS)
    days["is_repeat"] = (last_before.notna() & days["incident_date"].le(until)).astype("boolean")
    marked = incidents.drop(columns="is_repeat", errors="ignore").merge(
        days, how="left", on=["victim_id", "incident_date"], validate="m:1"
    )
    marked.index = incidents.index
    return marked


def answers_or_numbers(cells: pd.Series, **place: Any) -> tuple[pd.Series, pd.DataFrame]:
    """Yes or no as `boolean`; a number of children is yes, and 0 is no.

    >>> cells = pd.Series(["Yes", "3", 0, None])
    >>> answers_or_numbers(cells, source="", file="", column="")[0].tolist()
    [True, True, False, <NA>]
    """
    numbers, _ = parse_whole_numbers(cells, source="", file="")
    given, found = parse_yes_no(cells.mask(numbers.notna().astype(bool)), **place)
    return given.mask(numbers.notna(), numbers.gt(0)).astype("boolean"), found


def _read(tables: list[RawTable], context: Context) -> tuple[list[ReadTable], list[ReadTable]]:
    of_incident: dict[str, Parser] = {
        "incident_id": needed(identifiers(context)),
        "incident_date": key_dates(context),
        "is_crime": answers(),
        "risk_grade": codes("domestic_abuse", "risk_grade"),
        "is_child_resident": answers_or_numbers,
        "is_child_present": answers_or_numbers,
        "victim_id": needed(identifiers(context), "its repeats are not known"),
        **dict.fromkeys(NUMBERS, parse_whole_numbers),
    }
    of_child: dict[str, Parser] = {
        "incident_id": needed(identifiers(context)),
        "child_id": needed(identifiers(context)),
        "notification_date": key_dates(context),
        "school_told_date": dates(context),
    }
    incidents = read_all(tables, INCIDENTS, of_incident, OPTIONAL)
    children = read_all(tables, NOTIFIED_CHILDREN, of_child, OPTIONAL)
    return [_graded(item) for item in incidents], children


def _graded(item: ReadTable) -> ReadTable:
    """The incidents with a blank grade as not graded, and no mark of a repeat yet.

    Where an answer is blank, or its column not there, the number of children answers.
    """
    rows = item.rows.copy()
    rows["risk_grade"] = rows["risk_grade"].replace(NOT_KNOWN, NOT_GRADED)
    for answer, number in _NUMBER_OF.items():
        rows[answer] = rows[answer].fillna(rows[number].gt(0).astype("boolean"))
    in_order = [name for name in rows.columns if name not in NUMBERS]
    rows["is_repeat"] = pd.Series(pd.NA, index=rows.index, dtype="boolean")
    return ReadTable(item.table, rows[[*in_order, "is_repeat", *NUMBERS]], item.findings)


def _once(item: ReadTable, whole: list[str], key: list[str]) -> pd.DataFrame:
    return first_of_each(item.rows, whole, key)


def _without(rows: pd.DataFrame | None, columns: tuple[str, ...]) -> pd.DataFrame | None:
    return None if rows is None else rows.drop(columns=list(columns))


def _where_sent(
    read: list[ReadTable], rows: pd.DataFrame | None, layout: Layout, *of_row: str
) -> pd.DataFrame | None:
    """The optional columns of the rows by their key, where some file has one of them."""
    headers = [header for item in read for header in item.table.rows.columns]
    optional = [name for name in layout.columns if name in OPTIONAL]
    if rows is None or not set(optional) & set(match_columns(headers, layout.columns)):
        return None
    return rows[["incident_id", *of_row, *optional, *STAMP]]


def _parsed(of_incident: list[ReadTable], of_child: list[ReadTable]) -> dict[str, Parsed]:
    parsed = {
        "incidents": as_parsed(of_incident, INCIDENTS),
        "children": as_parsed(of_child, NOTIFIED_CHILDREN),
    }
    return {name: table for name, table in parsed.items() if table is not None}
