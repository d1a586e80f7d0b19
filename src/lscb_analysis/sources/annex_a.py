"""Ofsted's Annex A: social care's lists of children, six months to the quarter's end."""

from __future__ import annotations

from datetime import date

import pandas as pd

from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.periods import Quarter
from lscb_analysis.sources.annex_a_columns import (
    ASSESSMENTS,
    CARE_LEAVERS,
    LISTS_NOT_READ,
    LISTS_READ,
    LOOKED_AFTER,
    NAME,
    PLANS,
    REFERRALS,
    SECTION_47S,
    ListLayout,
)
from lscb_analysis.sources.board_tables import Result, flagged, gather, tables_of
from lscb_analysis.sources.care_derive import care_leavers_at_date, looked_after_at_date
from lscb_analysis.sources.children import (
    end_not_before_start,
    read_rows,
    with_child_columns,
)
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.raw_tables import RawTable

__all__ = ["LAYOUTS", "NAME", "covers", "read"]

LAYOUTS = (*(item.layout for item in LISTS_READ), *LISTS_NOT_READ)
_CHILD = ["child_id", "birth_date", "sex", "ethnicity"]
_STAMP = ["submission", "source"]
_SPELLS = {
    PLANS.layout.title: ("plan_start_date", "plan_end_date"),
    LOOKED_AFTER.layout.title: ("started_date", "ceased_date"),
    ASSESSMENTS.layout.title: ("start_date", "authorised_date"),
}


def covers(table: str, quarter: Quarter) -> tuple[date, date]:
    """The first and last day covered: six months, or for a snapshot the last day alone."""
    if table.endswith("_at_date"):
        return quarter.end, quarter.end
    return quarter.next(-1).start, quarter.end


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The tables of records in Annex A's lists, and the findings.

    `referrals`, `assessments`, `section_47s`, `conferences`, `cp_plans`, `cp_latest_reviews`
    (the latest review conference of each plan), `looked_after_periods`, `looked_after_at_date`,
    `care_leavers_at_date`; the columns that need history are added later. A list that
    was not sent, or has no rows, is not in the result: it is a finding.
    """
    gathered = {item.layout.title: _gather(tables, item, context) for item in LISTS_READ}
    findings = [found for _, found in gathered.values()]
    lists = {title: rows for title, (rows, _) in gathered.items() if rows is not None}
    if lists or any(tables_of(tables, layout) for layout in LISTS_NOT_READ):
        findings.append(_lists_not_sent(set(lists), context))
    sent = {title: rows for title, rows in lists.items() if len(rows)}
    findings.append(_lists_without_rows(set(lists) - set(sent), context))
    return _records(sent, context), join_findings(findings)


def _records(lists: dict[str, pd.DataFrame], context: Context) -> dict[str, pd.DataFrame]:
    records: dict[str, pd.DataFrame] = {}
    for item, table in ((REFERRALS, "referrals"), (ASSESSMENTS, "assessments")):
        if item.layout.title in lists:
            records[table] = lists[item.layout.title]
    if (rows := lists.get(SECTION_47S.layout.title)) is not None:
        records["section_47s"] = section_47s(rows)
        records["conferences"] = conferences(rows)
    if (rows := lists.get(PLANS.layout.title)) is not None:
        records |= _plans(rows)
    snapshot = pd.Timestamp(context.quarter.end)
    if (rows := lists.get(LOOKED_AFTER.layout.title)) is not None:
        records["looked_after_periods"] = _periods(rows)
        records["looked_after_at_date"] = looked_after_at_date(rows, snapshot)
    if (rows := lists.get(CARE_LEAVERS.layout.title)) is not None:
        records["care_leavers_at_date"] = care_leavers_at_date(rows, snapshot)
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


def _gather(
    tables: list[RawTable], item: ListLayout, context: Context
) -> tuple[pd.DataFrame | None, pd.DataFrame]:
    return gather(tables, item.layout, context, item.key, lambda table: _rows(table, item, context))


def _rows(table: RawTable, item: ListLayout, context: Context) -> Result:
    layout = item.layout
    rows, findings = read_rows(table, layout, item.kinds, context, key=item.key, needed=item.needed)
    rows, more = with_child_columns(rows), as_findings()
    if layout.title in _SPELLS:
        rows, more = end_not_before_start(rows, *_SPELLS[layout.title], table, layout)
    if item is SECTION_47S:
        undated = rows["s47_start_date"].isna() & rows["conference_date"].isna()
        more = flagged(
            rows,
            undated,
            table,
            layout,
            column="s47_start_date",
            found="neither the date of an enquiry nor that of a conference",
            expected="one of them, or both",
            action="fill it in; until then the row is left out",
        )
        rows = rows[~undated]
    return rows, join_findings([findings, more])


def _lists_not_sent(sent: set[str], context: Context) -> pd.DataFrame:
    missing = [item.layout.title for item in LISTS_READ if item.layout.title not in sent]
    return as_findings(
        finding(
            NAME,
            context.submission,
            found=f"no table that is {title}",
            expected="the list, with its own column names",
            action="ask for the list, or for its column names to be put right",
        )
        for title in missing
    )


def _lists_without_rows(empty: set[str], context: Context) -> pd.DataFrame:
    return as_findings(
        finding(
            NAME,
            context.submission,
            found=f"{title} has a header and no rows: it is taken as not sent",
            expected="a row for each event, as an area has some in six months",
            action="ask for the list again",
        )
        for title in sorted(empty)
    )
