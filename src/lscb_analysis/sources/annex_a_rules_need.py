"""Annex A's rules about children in need (List 6)."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources.annex_a_checks import (
    CORRECT_DATE,
    GUIDANCE,
    absent_from,
    before,
    has_value,
    only_one,
    rule,
    too_early,
    twice,
)
from lscb_analysis.sources.membership import is_among
from lscb_analysis.sources.parsing import NOT_KNOWN
from lscb_analysis.sources.rules import Rule, Sent

_TABLE = "children_in_need"
_STATUS = f"{GUIDANCE}: List 6, Case status, the first that applies unless closed"
_CLOSED = "Closed"


def _closed_status_open(sent: Sent) -> pd.Series:
    rows = sent[_TABLE]
    return rows["case_status"].eq(_CLOSED) & rows["closed_date"].isna()


def _open_status_closed(sent: Sent) -> pd.Series:
    rows = sent[_TABLE]
    return has_value(rows["case_status"]) & rows["case_status"].ne(_CLOSED) & _is_closed(rows)


def _is_closed(rows: pd.DataFrame) -> pd.Series:
    return rows["closed_date"].notna()


def _no_need(sent: Sent) -> pd.Series:
    return ~has_value(sent[_TABLE]["primary_need"])


def _not_in_care(sent: Sent) -> pd.Series:
    """Open cases of children whom List 8 holds as looked after, with another status."""
    rows, care = sent[_TABLE], sent["looked_after"]
    is_in_care = care["ceased_date"].isna() & care["legal_status"].ne("Short breaks")
    in_care = is_among(rows["child_id"], care.loc[is_in_care, "child_id"].dropna())
    is_other = ~rows["case_status"].isin(["Looked after", _CLOSED, NOT_KNOWN])
    return in_care & is_other & rows["case_status"].notna()


def _not_on_plan(sent: Sent) -> pd.Series:
    """Open cases of children whom List 7 holds as on a plan, with a lesser status."""
    rows, plans = sent[_TABLE], sent["plans"]
    on_plan = is_among(
        rows["child_id"], plans.loc[plans["plan_end_date"].isna(), "child_id"].dropna()
    )
    return on_plan & rows["case_status"].isin(["Child in need plan", "Open assessment"])


def _plan_not_listed(sent: Sent) -> pd.Series:
    plans = sent["plans"]
    return absent_from(plans["child_id"].where(plans["plan_end_date"].isna()), sent, _TABLE)


def _care_not_listed(sent: Sent) -> pd.Series:
    care = sent["looked_after"]
    return absent_from(care["child_id"].where(care["ceased_date"].isna()), sent, _TABLE)


RULES: tuple[Rule, ...] = (
    rule(
        "case_closed_before_start",
        _TABLE,
        ("closed_date", "start_date"),
        before(_TABLE, "closed_date", "start_date"),
        origin="DfE CIN census validation rule 8630",
        found="an end before the start",
        expected="an end on or after the start",
        action=f"{CORRECT_DATE}; until then it ends on the day it starts",
    ),
    rule(
        "case_closed_without_reason",
        _TABLE,
        ("closure_reason", "closed_date"),
        only_one(_TABLE, "closed_date", "closure_reason"),
        origin="DfE CIN census validation rule 8805",
        found="a closed case without a reason for its closure",
        expected="a reason for each case that has been closed",
        action="fill it in; until then it is not known",
    ),
    rule(
        "closure_reason_without_date",
        _TABLE,
        ("closed_date", "closure_reason"),
        only_one(_TABLE, "closure_reason", "closed_date"),
        origin="DfE CIN census validation rule 8810",
        found="a reason for closure without the date of it",
        expected="a date for each closure, and no reason for a case that is open",
        action="fill in the date, or leave the reason blank; until then the case is open",
    ),
    rule(
        "case_closed_too_early",
        _TABLE,
        ("closed_date",),
        too_early(_TABLE, "closed_date"),
        origin=f"{GUIDANCE}: List 6, open or closed in the six months; DfE CIN census rule 8620",
        found="a case closed over a month before the lists begin",
        expected="cases open, or closed in the six months to the quarter's last day",
        action="leave it out, or correct the date; it is read all the same",
    ),
    rule(
        "status_closed_without_date",
        _TABLE,
        ("case_status", "closed_date"),
        _closed_status_open,
        origin=_STATUS,
        found="the status of a closed case without a date of closure",
        expected="a date of closure for each closed case",
        action="fill in the date, or correct the status; until then the case is open",
    ),
    rule(
        "status_open_though_closed",
        _TABLE,
        ("case_status", "closed_date"),
        _open_status_closed,
        origin=_STATUS,
        found="the status of an open case that has a date of closure",
        expected="the status of a closed episode where there is a date of closure",
        action="correct the status, or take out the date; the date is used",
    ),
    rule(
        "case_without_need",
        _TABLE,
        ("primary_need",),
        _no_need,
        origin=f"{GUIDANCE}: List 6, Primary Need Code, not blank; DfE CIN census rule 8610",
        found="a case without a primary need that is known",
        expected="one of the needs N1 to N8 for each case",
        action="fill it in; until then it is not known",
    ),
    rule(
        "case_twice",
        _TABLE,
        ("child_id",),
        twice(_TABLE),
        origin=f"{GUIDANCE}: List 6, one entry a child; DfE CIN census validation rule 8815",
        found="a child whom an earlier row of the list is about",
        expected="one row a child, that of the latest episode of need",
        action="leave the earlier episode out; both are read",
    ),
    rule(
        "status_not_looked_after",
        _TABLE,
        ("case_status", "child_id"),
        _not_in_care,
        origin=_STATUS,
        found="a child whom List 8 holds as looked after, with another status",
        expected="the status of a looked-after child",
        action="correct the status here, or the dates in List 8; List 8 is used",
        others=("looked_after.child_id", "looked_after.ceased_date", "looked_after.legal_status"),
    ),
    rule(
        "status_not_on_plan",
        _TABLE,
        ("case_status", "child_id"),
        _not_on_plan,
        origin=_STATUS,
        found="a child whom List 7 holds as on a plan, with a lesser status",
        expected="the status of a child on a child protection plan",
        action="correct the status here, or the dates in List 7; List 7 is used",
        others=("plans.child_id", "plans.plan_end_date"),
    ),
    rule(
        "plan_not_in_list_6",
        "plans",
        ("child_id", "plan_end_date"),
        _plan_not_listed,
        origin=f"{GUIDANCE}: List 6 includes all children on a child protection plan",
        found="a child on a plan who is not in List 6",
        expected="every child on a child protection plan in List 6 as well",
        action="add the child to List 6, or the end of the plan here",
        others=(f"{_TABLE}.child_id",),
        severity="note",
    ),
    rule(
        "looked_after_not_in_list_6",
        "looked_after",
        ("child_id", "ceased_date"),
        _care_not_listed,
        origin=f"{GUIDANCE}: List 6 includes all looked-after children",
        found="a looked-after child who is not in List 6",
        expected="every looked-after child in List 6 as well",
        action="add the child to List 6, or the end of the period here",
        others=(f"{_TABLE}.child_id",),
        severity="note",
    ),
)
