"""SSDA903: the yearly return of children looked after, as CSV tables known by their columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from lscb_analysis.findings import join_findings, row_findings
from lscb_analysis.periods import Quarter, financial_year_period
from lscb_analysis.sources.board_tables import Layout, Result, flagged, gather
from lscb_analysis.sources.care_derive import care_leavers_at_date
from lscb_analysis.sources.children import end_not_before_start, read_rows, with_child_columns
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.raw_tables import RawTable

NAME = "ssda903"
_CHILD = ["child_id", "birth_date", "sex", "ethnicity"]
_STAMP = ["submission", "source"]
_NOT_PARSED = ("upn", "review_code", "asylum_until_date")


def _layout(title: str, columns: Mapping[str, str], marks: tuple[str, ...]) -> Layout:
    wordings = {name: (header,) for name, header in columns.items()}
    return Layout(NAME, f"SSDA903 {title}", wordings, marks=("child_id", *marks))


HEADER = _layout(
    "header",
    {"child_id": "CHILD", "sex": "SEX", "birth_date": "DOB", "ethnicity": "ETHNIC", "upn": "UPN"},
    marks=("sex", "birth_date", "ethnicity", "upn"),
)
EPISODES = _layout(
    "episodes",
    {
        "child_id": "CHILD",
        "started_date": "DECOM",
        "new_episode": "RNE",
        "legal_status": "LS",
        "category_of_need": "CIN",
        "placement_type": "PLACE",
        "ceased_date": "DEC",
        "ceased_reason": "REC",
    },
    marks=("started_date", "new_episode", "legal_status", "ceased_date"),
)
REVIEWS = _layout(
    "reviews",
    {"child_id": "CHILD", "review_date": "REVIEW", "review_code": "REVIEW_CODE"},
    marks=("review_date", "review_code"),
)
MISSING = _layout(
    "missing",
    {
        "child_id": "CHILD",
        "kind": "MISSING",
        "missing_start_date": "MIS_START",
        "missing_end_date": "MIS_END",
    },
    marks=("kind", "missing_start_date", "missing_end_date"),
)
OC3 = _layout(
    "oc3",
    {
        "child_id": "CHILD",
        "birth_date": "DOB",
        "is_in_touch": "IN_TOUCH",
        "is_in_education_employment_training": "ACTIV",
        "is_suitable_accommodation": "ACCOM",
    },
    marks=("is_in_touch", "is_suitable_accommodation"),
)
UASC = _layout("uasc", {"child_id": "CHILD", "asylum_until_date": "DUC"}, ("asylum_until_date",))
NOT_READ = (
    _layout("oc2", {"child_id": "CHILD", "sdq": "SDQ_SCORE", "reason": "SDQ_REASON"}, ("sdq",)),
    _layout("ad1", {"child_id": "CHILD", "int": "DATE_INT", "match": "DATE_MATCH"}, ("int",)),
    _layout("placed for adoption", {"child_id": "CHILD", "placed": "DATE_PLACED"}, ("placed",)),
    _layout("previous permanence", {"child_id": "CHILD", "perm": "PREV_PERM"}, ("perm",)),
    _layout("social worker episodes", {"child_id": "CHILD", "worker": "SW_ID"}, ("worker",)),
    _layout("deprivation of liberty", {"child_id": "CHILD", "start": "DOLO_START"}, ("start",)),
)
LAYOUTS = (HEADER, EPISODES, REVIEWS, MISSING, OC3, UASC, *NOT_READ)
_KINDS = {
    "child_id": "identifier",
    "sex": "codes:sex",
    "birth_date": "birth_date",
    "ethnicity": "codes:ethnicity",
    "new_episode": "codes:new_episode",
    "legal_status": "codes:legal_status",
    "category_of_need": "codes:category_of_need",
    "placement_type": "codes:placement_type",
    "ceased_reason": "codes:ceased_reason",
    "kind": "codes:missing",
    "is_in_touch": "answers:in_touch",
    "is_in_education_employment_training": "answers:activity",
    "is_suitable_accommodation": "answers:accommodation",
}


def covers(table: str, quarter: Quarter) -> tuple[date, date]:
    """The first and last day covered: the financial year, or for a snapshot its last day."""
    year = financial_year_period(quarter.year)
    return (
        (quarter.end, quarter.end)
        if table.endswith("_at_date")
        else (
            year.period_start,
            min(year.period_end, quarter.end),
        )
    )


def read(tables: list[RawTable], context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The tables of a yearly return, and the findings.

    `ssda903_episodes` (episodes with the child's columns, `is_asylum_seeking` and
    `is_short_break`; `care_periods` makes periods of care of them), `lac_reviews`,
    `missing_episodes`, `care_leavers_at_date`. What was not sent is not in the result.
    """
    headers, of_headers = _gather(tables, HEADER, context, ["child_id"])
    seekers, of_seekers = _gather(tables, UASC, context, ["child_id"])
    episodes, of_episodes = _gather(
        tables, EPISODES, context, ["child_id", "started_date", "legal_status"]
    )
    reviews, of_reviews = _gather(tables, REVIEWS, context, ["child_id", "review_date"])
    missing, of_missing = _gather(tables, MISSING, context, ["child_id", "missing_start_date"])
    leavers, of_leavers = _gather(tables, OC3, context, ["child_id"])
    records: dict[str, pd.DataFrame] = {}
    if episodes is not None:
        with_child = _with_header(episodes, headers)
        asylum = with_child["child_id"].isin(seekers["child_id"] if seekers is not None else [])
        records["ssda903_episodes"] = with_child.assign(
            is_asylum_seeking=asylum.astype("boolean"),
            is_short_break=with_child["legal_status"].eq("Short breaks").astype("boolean"),
        )
    if reviews is not None:
        records["lac_reviews"] = reviews[["child_id", "review_date", *_STAMP]]
    if missing is not None:
        is_missing = missing["kind"].map({"Missing": True, "Away": False}).astype("boolean")
        records["missing_episodes"] = _with_header(missing, headers).assign(is_missing=is_missing)
    if leavers is not None:
        snapshot = pd.Timestamp(context.quarter.end)
        records["care_leavers_at_date"] = care_leavers_at_date(
            _with_header(leavers, headers), snapshot
        )
    found = [of_headers, of_seekers, of_episodes, of_reviews, of_missing, of_leavers]
    return records, join_findings(found)


def _gather(
    tables: list[RawTable], layout: Layout, context: Context, key: list[str]
) -> tuple[pd.DataFrame | None, pd.DataFrame]:
    return gather(tables, layout, context, key, lambda table: _rows(table, layout, context, key))


def _rows(table: RawTable, layout: Layout, context: Context, key: list[str]) -> Result:
    read = [name for name in layout.columns if name not in _NOT_PARSED]
    kinds = {name: _KINDS.get(name, "date") for name in read}
    needed = [name for name in key if name != "legal_status"]
    ordered = _latest_end_first(table) if layout is EPISODES else table
    rows, findings = read_rows(ordered, layout, kinds, context, key=key, needed=needed)
    rows, found = rows.sort_index(), []
    for start, end in (("started_date", "ceased_date"), ("missing_start_date", "missing_end_date")):
        if start in rows:
            rows, early = end_not_before_start(rows, start, end, table, layout)
            found.append(early)
    if layout is EPISODES:
        found += [_overlapping(rows, table), _reason_while_open(rows, table)]
    return rows, join_findings([findings, *found])


def _latest_end_first(table: RawTable) -> RawTable:
    """The same table, open episodes first, so that of two with one start they are kept."""
    end = next(name for name in table.rows.columns if str(name).strip().upper() == "DEC")
    is_ended = table.rows[end].notna()
    order = is_ended.sort_values(kind="stable").index
    return RawTable(table.file, table.sheet, table.header_row, table.rows.loc[order])


def _overlapping(episodes: pd.DataFrame, table: RawTable) -> pd.DataFrame:
    ordered = episodes.sort_values(["child_id", "started_date"], kind="stable")
    until = ordered["ceased_date"].fillna(pd.Timestamp("2262-01-01"))
    reached = until.groupby(ordered["child_id"]).cummax().groupby(ordered["child_id"]).shift()
    return flagged(
        episodes,
        reached.gt(ordered["started_date"]).reindex(episodes.index),
        table,
        EPISODES,
        column="started_date",
        found="an episode that starts before an earlier one of the child has ended",
        expected="one episode at a time",
        action="correct the dates; until then the two count as one period",
    )


def _reason_while_open(episodes: pd.DataFrame, table: RawTable) -> pd.DataFrame:
    reasons = table.rows[[c for c in table.rows.columns if str(c).strip().upper() == "REC"]]
    has_reason = reasons.notna().any(axis=1).reindex(episodes.index)
    wrong = episodes.index[episodes["ceased_date"].isna() & has_reason]
    return row_findings(
        pd.Series("a reason for ceasing without the date", index=wrong, dtype="str"),
        NAME,
        **table.place,
        column="REC",
        expected="both the date and the reason, or neither",
        action="send the date, or clear the reason; until then the episode is open",
    )


def _with_header(rows: pd.DataFrame, headers: pd.DataFrame | None) -> pd.DataFrame:
    """The rows with the columns of the child's header, or their own where there is none."""
    own = with_child_columns(rows)
    if headers is None:
        return own
    known = with_child_columns(headers).set_index("child_id")[_CHILD[1:]]
    of_header = rows[["child_id"]].join(known, on="child_id")
    is_known = rows["child_id"].isin(known.index)
    return own.assign(**{name: of_header[name].where(is_known, own[name]) for name in _CHILD[1:]})
