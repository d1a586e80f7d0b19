"""Annex A's lists made into records: what each list says happened, and how things stood."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lscb_analysis.sources.annex_a_columns import NAME
from lscb_analysis.sources.care_derive import care_leavers_at_date, looked_after_at_date
from lscb_analysis.sources.children import with_child_columns
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.parsed import stamped
from lscb_analysis.sources.records import as_records

_CHILD = ["child_id", "birth_date", "sex", "ethnicity"]
_STAMP = ["submission", "source"]
_SPELLS = {
    "early_help": ("start_date", "completed_date"),
    "assessments": ("start_date", "authorised_date"),
    "children_in_need": ("start_date", "closed_date"),
    "plans": ("plan_start_date", "plan_end_date"),
    "looked_after": ("started_date", "ceased_date"),
}
# Lists that become a table of records row by row, and the table's name.
_AS_SENT = {
    "contacts": "contacts",
    "early_help": "early_help_assessments",
    "children_in_need": "children_in_need",
    "adoptions": "adoption_cases",
}


def records_of_lists(
    lists: Mapping[str, pd.DataFrame], context: Context
) -> dict[str, pd.DataFrame]:
    """The tables of records by name, from the rows of each list that has any, each event once.

    `lists` are by the names of the lists (`annex_a_columns.ListLayout`). A spell that ends
    before it starts ends on the day it starts.
    """
    rows_of = {name: _ready(name, rows, context) for name, rows in lists.items()}
    records: dict[str, pd.DataFrame] = {}
    for name in ("referrals", "assessments"):
        if name in rows_of:
            records[name] = rows_of[name]
    if (rows := rows_of.get("enquiries")) is not None:
        records["section_47s"] = section_47s(rows)
        records["conferences"] = conferences(rows)
    if (rows := rows_of.get("plans")) is not None:
        records |= _plans(rows)
    snapshot = pd.Timestamp(context.quarter.end)
    if (rows := rows_of.get("looked_after")) is not None:
        records["looked_after_periods"] = _periods(rows)
        records["looked_after_at_date"] = looked_after_at_date(rows, snapshot)
    if (rows := rows_of.get("care_leavers")) is not None:
        records["care_leavers_at_date"] = care_leavers_at_date(rows, snapshot)
    for name, table in _AS_SENT.items():
        if name in rows_of:
            records[table] = as_records(table, rows_of[name])
    if "adopters" in rows_of:
        records["adopters"] = rows_of["adopters"]
    return records


def section_47s(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a section 47 enquiry (child and start): the latest conference, if there was one."""
    enquiries = rows.dropna(subset=["s47_start_date"]).sort_values(
        ["child_id", "s47_start_date", "conference_date"], na_position="first", kind="stable"
    )
    once = enquiries.drop_duplicates(["child_id", "s47_start_date"], keep="last")
    return once[[*_CHILD, "s47_start_date", "conference_date", *_STAMP]].reset_index(drop=True)


def conferences(rows: pd.DataFrame) -> pd.DataFrame:
    """One row an initial conference (child and date), with the last enquiry that led to it.

    A conference without an enquiry is that of a child who moved in.
    """
    held = rows.dropna(subset=["conference_date"])
    led_to = held["s47_start_date"].le(held["conference_date"])
    ordered = held.assign(led_to=led_to).sort_values(
        ["child_id", "conference_date", "led_to", "s47_start_date"],
        na_position="first",
        kind="stable",
    )
    once = ordered.drop_duplicates(["child_id", "conference_date"], keep="last")
    columns = [*_CHILD, "conference_date", "s47_start_date", *_STAMP]
    columns += ["has_plan"] if "has_plan" in once else []
    return once[columns].reset_index(drop=True)


def _ready(name: str, rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The rows as records have them: stamped, in order, without the age that was told."""
    ready = stamped(rows.drop(columns="age", errors="ignore"), NAME, context)
    if name != "adopters":
        ready = with_child_columns(ready)
    if name == "enquiries" and "conference_date" not in ready:
        blank = pd.Series(pd.NaT, index=ready.index, dtype="datetime64[ns]")
        ready = ready.assign(conference_date=blank)
    start, end = _SPELLS.get(name, ("", ""))
    if not end:
        return ready
    if end not in ready:
        missing = pd.Series(pd.NaT, index=ready.index, dtype="datetime64[ns]")
        return ready.assign(**{end: missing})
    return ready.assign(**{end: ready[end].mask(ready[end].lt(ready[start]), ready[start])})


def _plans(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    tables = {"cp_plans": rows.drop(columns="latest_review_date", errors="ignore")}
    if "latest_review_date" in rows:
        reviews = rows.dropna(subset=["latest_review_date"]).rename(
            columns={"latest_review_date": "review_date"}
        )
        columns = ["child_id", "plan_start_date", "review_date", *_STAMP]
        tables["cp_latest_reviews"] = reviews[columns].reset_index(drop=True)
    return tables


def _periods(rows: pd.DataFrame) -> pd.DataFrame:
    columns = ["started_date", "ceased_date", "ceased_reason", "category_of_need"]
    columns += ["is_asylum_seeking"]
    periods = rows[[*_CHILD, *(name for name in columns if name in rows), *_STAMP]].copy()
    if "legal_status" in rows:
        periods["is_short_break"] = rows["legal_status"].eq("Short breaks").astype("boolean")
    return periods
