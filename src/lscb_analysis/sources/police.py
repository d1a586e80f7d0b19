"""Police extracts: domestic-abuse incidents, and the children that were notified."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.findings import join_findings
from lscb_analysis.periods import add_months
from lscb_analysis.sources.board_tables import (
    Layout,
    Result,
    answers,
    codes,
    dates_of,
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

NAME = "police"
NOT_GRADED = "Not graded"
INCIDENTS = Layout(
    NAME,
    "Police domestic-abuse incidents",
    {
        "incident_id": ("Incident ID", "Incident Number", "Incident Reference"),
        "incident_date": ("Incident Date", "Date of Incident"),
        "is_crime": ("Crime", "Is Crime", "Crime Recorded"),
        "risk_grade": ("Risk Grade", "DASH Grade", "Risk Level"),
        "is_child_resident": ("Children Resident", "Child Resident"),
        "is_child_present": ("Children Present", "Child Present"),
        "victim_id": ("Victim ID", "Victim Reference"),
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
    },
    marks=("incident_id", "child_id", "notification_date"),
)
LAYOUTS = (INCIDENTS, NOTIFIED_CHILDREN)
WINDOW_MONTHS = 12


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The tables `da_incidents` and `da_notified_children` of a submission, and the findings.

    `is_repeat` is missing throughout: it needs earlier submissions, so call
    `mark_repeats` once history is joined. A table that was not sent is not in the result.
    """
    incidents, of_incidents = gather(
        tables, INCIDENTS, context, ["incident_id"], lambda table: _incidents(table, context)
    )
    children, of_children = gather(
        tables,
        NOTIFIED_CHILDREN,
        context,
        ["incident_id", "child_id"],
        lambda table: _notified_children(table, context, incidents),
    )
    records = records_of({"da_incidents": incidents, "da_notified_children": children})
    return records, join_findings([of_incidents, of_children])


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


def _incidents(table: RawTable, context: Context) -> Result:
    incidents, findings = read_columns(
        table,
        INCIDENTS,
        {
            "incident_id": needed(identifiers(context)),
            "incident_date": key_dates(context),
            "is_crime": answers(),
            "risk_grade": codes("domestic_abuse", "risk_grade"),
            "is_child_resident": answers(),
            "is_child_present": answers(),
            "victim_id": needed(identifiers(context), "its repeats are not known"),
        },
    )
    incidents["risk_grade"] = incidents["risk_grade"].replace("Not known", NOT_GRADED)
    incidents["is_repeat"] = pd.Series(pd.NA, index=incidents.index, dtype="boolean")
    dated = with_all(incidents, ["incident_id", "incident_date"])
    once, again = keep_first(dated, ["incident_id"], table, INCIDENTS)
    return once, join_findings([findings, again])


def _notified_children(table: RawTable, context: Context, incidents: pd.DataFrame | None) -> Result:
    children, findings = read_columns(
        table,
        NOTIFIED_CHILDREN,
        {
            "incident_id": needed(identifiers(context)),
            "child_id": needed(identifiers(context)),
            "notification_date": key_dates(context),
        },
    )
    key = ["incident_id", "child_id"]
    known = with_all(children, [*key, "notification_date"])
    once, again = keep_first(known, key, table, NOTIFIED_CHILDREN)
    early = _notified_early(once, incidents, table)
    return once, join_findings([findings, again, early])


def _notified_early(
    children: pd.DataFrame, incidents: pd.DataFrame | None, table: RawTable
) -> pd.DataFrame:
    happened = dates_of(children["incident_id"], incidents, "incident_id", "incident_date")
    return flagged(
        children,
        children["notification_date"].lt(happened),
        table,
        NOTIFIED_CHILDREN,
        column="notification_date",
        found="a notification dated before its incident",
        expected="the incident's date or later",
        action="correct the date that is wrong; until then the row is used as it is",
    )
