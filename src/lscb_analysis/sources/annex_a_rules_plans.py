"""Annex A's rules about child protection plans (List 7)."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources.annex_a_checks import (
    CORRECT_DATE,
    GUIDANCE,
    Check,
    before,
    grown_up_at,
    has_value,
    is_yes,
    of_child,
    rule,
    too_early,
    twice,
    twice_open,
)
from lscb_analysis.sources.rules import Rule, Sent

_TABLE = "plans"
_NEAR = pd.Timedelta(days=7)


def _on_one_day(sent: Sent) -> pd.Series:
    return sent[_TABLE]["plan_end_date"].eq(sent[_TABLE]["plan_start_date"])


def _no_count(sent: Sent) -> pd.Series:
    return sent[_TABLE]["previous_plans"].isna()


def _no_category(column: str) -> Check:
    return lambda sent: ~has_value(sent[_TABLE][column])


def _plan_not_started(sent: Sent) -> pd.Series:
    """Conferences that led to a plan, of which List 7 has none that starts by then or after."""
    enquiries, plans = sent["enquiries"], sent[_TABLE]
    latest = plans.groupby("child_id")["plan_start_date"].max()
    last_start = of_child(latest, enquiries["child_id"])
    held = enquiries["conference_date"]
    is_listed = last_start.ge(held - _NEAR)
    return is_yes(enquiries["has_plan"]) & held.notna() & ~is_listed & enquiries["child_id"].notna()


RULES: tuple[Rule, ...] = (
    rule(
        "plan_ends_before_start",
        _TABLE,
        ("plan_end_date", "plan_start_date"),
        before(_TABLE, "plan_end_date", "plan_start_date"),
        origin="DfE CIN census validation rule 8925",
        found="an end before the start",
        expected="an end on or after the start",
        action=f"{CORRECT_DATE}; until then it ends on the day it starts",
    ),
    rule(
        "plan_of_one_day",
        _TABLE,
        ("plan_end_date", "plan_start_date"),
        _on_one_day,
        origin="DfE CIN census validation rule 8840",
        found="a plan that ends on the day it starts",
        expected="a plan that lasts",
        action=f"check the dates, and {CORRECT_DATE}; it counts as started and ended",
    ),
    rule(
        "plan_ended_too_early",
        _TABLE,
        ("plan_end_date",),
        too_early(_TABLE, "plan_end_date"),
        origin=f"{GUIDANCE}: List 7, open or ended in the six months; DfE CIN census rule 8930",
        found="a plan that ended over a month before the lists begin",
        expected="plans open, or ended in the six months to the quarter's last day",
        action="leave it out, or correct the date; it is read all the same",
    ),
    rule(
        "plan_reviewed_before_start",
        _TABLE,
        ("latest_review_date", "plan_start_date"),
        before(_TABLE, "latest_review_date", "plan_start_date"),
        origin="DfE CIN census validation rule 8841",
        found="a latest review conference before the plan started",
        expected="a review of this plan, or a blank where there was none yet",
        action=CORRECT_DATE,
    ),
    rule(
        "plan_visited_before_start",
        _TABLE,
        ("latest_visit_date", "plan_start_date"),
        before(_TABLE, "latest_visit_date", "plan_start_date"),
        origin=f"{GUIDANCE}: List 7, Date of the Last Statutory Visit",
        found="a last statutory visit before the plan started",
        expected="a visit under this plan, or a blank where there was none yet",
        action=CORRECT_DATE,
    ),
    rule(
        "plan_twice",
        _TABLE,
        ("child_id",),
        twice(_TABLE),
        origin=f"{GUIDANCE}: List 7, one entry a child, the most recent plan",
        found="a child whom an earlier row of the list is about",
        expected="one row a child, that of the most recent plan",
        action="leave the earlier plan out; both are read",
    ),
    rule(
        "plans_open_at_once",
        _TABLE,
        ("plan_end_date", "child_id"),
        twice_open(_TABLE, "plan_end_date"),
        origin="DfE CIN census validation rule 8935",
        found="an open plan of a child who has another open plan",
        expected="one open plan a child at most",
        action="send the end of the earlier plan; until then the one that starts later is used",
    ),
    rule(
        "plan_started_at_18",
        _TABLE,
        ("plan_start_date", "birth_date"),
        grown_up_at(_TABLE, "plan_start_date"),
        origin="Children Act 1989, section 105: a child is under 18",
        found="a plan that started on or after the 18th birthday",
        expected="a start before the 18th birthday",
        action="correct the date of birth or the start",
    ),
    rule(
        "plan_without_initial_category",
        _TABLE,
        ("initial_category",),
        _no_category("initial_category"),
        origin="DfE CIN census validation rule 8905",
        found="a plan without an initial category of abuse that is known",
        expected="the category when the plan started",
        action="fill it in; until then it is not known",
    ),
    rule(
        "plan_without_latest_category",
        _TABLE,
        ("latest_category",),
        _no_category("latest_category"),
        origin="DfE CIN census validation rule 8910",
        found="a plan without a latest category of abuse that is known",
        expected="the category last assigned",
        action="fill it in; until then it is not known",
    ),
    rule(
        "plan_without_previous",
        _TABLE,
        ("previous_plans",),
        _no_count,
        origin=f"{GUIDANCE}: List 7, Number of Previous Plans, not blank; DfE CIN census rule 8730",
        found="a plan that does not say how many came before",
        expected="a number from 0",
        action="fill it in; until then whether there was one before is not known",
    ),
    rule(
        "conference_plan_not_in_list_7",
        "enquiries",
        ("has_plan", "conference_date", "child_id"),
        _plan_not_started,
        origin="DfE CIN census validation rule 2885",
        found="a conference that led to a plan which List 7 does not hold",
        expected="the plan in List 7, from the day of the conference",
        action="add the plan to List 7, or correct the answer",
        others=(f"{_TABLE}.child_id", f"{_TABLE}.plan_start_date"),
    ),
)
