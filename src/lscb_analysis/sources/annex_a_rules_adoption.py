"""Annex A's rules about adoption and adopters (Lists 10 and 11)."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources.annex_a_checks import (
    CORRECT_DATE,
    GUIDANCE,
    before,
    only_one,
    rule,
)
from lscb_analysis.sources.rules import Rule, Sent

_CHILDREN, _ADOPTERS = "adoptions", "adopters"
_STAGES = (
    "stage_1_start_date",
    "stage_1_end_date",
    "stage_2_start_date",
    "stage_2_end_date",
)
_PLACING = ("matched_date", "placed_date", "adopted_date")


def _out_of_order(rows: pd.DataFrame, steps: tuple[str, ...]) -> pd.Series:
    """Rows with a step dated before one that comes before it, whichever are filled in."""
    dates = rows[list(steps)]
    reached = dates.cummax(axis=1).ffill(axis=1).shift(axis=1)
    return (dates.lt(reached) & dates.notna()).any(axis=1)


def _steps_of_child(sent: Sent) -> pd.Series:
    return _out_of_order(sent[_CHILDREN], ("decision_date", *_PLACING))


def _placed_without_decision(sent: Sent) -> pd.Series:
    rows = sent[_CHILDREN]
    return rows["placed_date"].notna() & rows["decision_date"].isna()


def _adopted_and_reversed(sent: Sent) -> pd.Series:
    rows = sent[_CHILDREN]
    return rows["adopted_date"].notna() & rows["reversed_date"].notna()


def _stages(sent: Sent) -> pd.Series:
    return _out_of_order(sent[_ADOPTERS], _STAGES)


def _placing(sent: Sent) -> pd.Series:
    return _out_of_order(sent[_ADOPTERS], _PLACING)


def _placed_unapproved(sent: Sent) -> pd.Series:
    rows = sent[_ADOPTERS]
    approved = rows["stage_2_end_date"].fillna(rows["approved_date"])
    return rows["matched_date"].lt(approved)


def _placed_none(sent: Sent) -> pd.Series:
    rows = sent[_ADOPTERS]
    none = rows["children_placed"].fillna(0).eq(0).astype(bool)
    return rows["placed_date"].notna() & none


RULES: tuple[Rule, ...] = (
    rule(
        "adoption_decided_before_care",
        _CHILDREN,
        ("decision_date", "entered_care_date"),
        before(_CHILDREN, "decision_date", "entered_care_date"),
        origin=f"{GUIDANCE}: List 10, Date the Child Entered Care",
        found="a decision for adoption before the child entered care",
        expected="a decision on or after the day the child entered care",
        action=CORRECT_DATE,
    ),
    rule(
        "adoption_dates_out_of_order",
        _CHILDREN,
        ("decision_date", *_PLACING),
        _steps_of_child,
        origin=f"{GUIDANCE}: List 10, the dates of each step; DfE SSDA903 validation rule 552",
        found="dates that are not in the order of decision, match, placement, adoption order",
        expected="each step on or after the one before it",
        action=CORRECT_DATE,
    ),
    rule(
        "placed_without_decision",
        _CHILDREN,
        ("decision_date", "placed_date"),
        _placed_without_decision,
        origin="DfE SSDA903 validation rule 551",
        found="a child placed for adoption without the date of the decision",
        expected="the date of the decision of each child who is placed",
        action="fill it in; until then the row is left out",
    ),
    rule(
        "adopted_before_order",
        _CHILDREN,
        ("adopted_date", "placement_order_date"),
        before(_CHILDREN, "adopted_date", "placement_order_date"),
        origin=f"{GUIDANCE}: List 10, Date of Placement Order",
        found="an adoption order before the placement order",
        expected="an adoption order on or after the placement order",
        action=CORRECT_DATE,
    ),
    rule(
        "reversal_without_reason",
        _CHILDREN,
        ("reversed_reason", "reversed_date"),
        only_one(_CHILDREN, "reversed_date", "reversed_reason"),
        origin="DfE SSDA903 validation rule 119",
        found="a decision that was reversed without a reason that is known",
        expected="one of the reasons RD1 to RD4",
        action="fill it in; until then it is not known",
    ),
    rule(
        "reversal_without_date",
        _CHILDREN,
        ("reversed_date", "reversed_reason"),
        only_one(_CHILDREN, "reversed_reason", "reversed_date"),
        origin="DfE SSDA903 validation rule 119",
        found="a reason for reversing a decision without the date of it",
        expected="a date of each reversal, and no reason where there was none",
        action="fill in the date, or leave the reason blank",
    ),
    rule(
        "reversed_before_decision",
        _CHILDREN,
        ("reversed_date", "decision_date"),
        before(_CHILDREN, "reversed_date", "decision_date"),
        origin=f"{GUIDANCE}: List 10, Date of Decision that Child Should No Longer be Placed",
        found="a decision that was reversed before it was made",
        expected="a reversal on or after the decision",
        action=CORRECT_DATE,
    ),
    rule(
        "adopted_and_reversed",
        _CHILDREN,
        ("reversed_date", "adopted_date"),
        _adopted_and_reversed,
        origin=f"{GUIDANCE}: List 10, adopted, or awaiting adoption, or reversed",
        found="a child who is adopted and whose decision was reversed",
        expected="one of the two",
        action="take out the date that is wrong",
    ),
    rule(
        "adopter_stages_out_of_order",
        _ADOPTERS,
        _STAGES,
        _stages,
        origin=f"{GUIDANCE}: List 11, the dates of Stage 1 and Stage 2",
        found="stages of approval that are not in order",
        expected="Stage 1 started, then ended, then Stage 2 started, then ended",
        action=CORRECT_DATE,
    ),
    rule(
        "adopter_enquired_after_stage_1",
        _ADOPTERS,
        ("stage_1_start_date", "enquiry_date"),
        before(_ADOPTERS, "stage_1_start_date", "enquiry_date"),
        origin=f"{GUIDANCE}: List 11, Date enquiry received",
        found="a Stage 1 that started before the enquiry",
        expected="Stage 1 on or after the day of the enquiry",
        action=CORRECT_DATE,
    ),
    rule(
        "adopter_approved_before_applying",
        _ADOPTERS,
        ("approved_date", "applied_date"),
        before(_ADOPTERS, "approved_date", "applied_date"),
        origin=f"{GUIDANCE}: List 11, Date application approved",
        found="an application approved before it was made",
        expected="an approval on or after the application",
        action=CORRECT_DATE,
    ),
    rule(
        "adopter_matched_before_approval",
        _ADOPTERS,
        ("matched_date", "stage_2_end_date", "approved_date"),
        _placed_unapproved,
        origin=f"{GUIDANCE}: List 11, Date adopter matched with child(ren)",
        found="an adopter matched before being approved",
        expected="a match on or after the approval (the end of Stage 2)",
        action=CORRECT_DATE,
    ),
    rule(
        "adopter_placing_out_of_order",
        _ADOPTERS,
        _PLACING,
        _placing,
        origin=f"{GUIDANCE}: List 11, matched, placed and Date of Adoption Order",
        found="dates that are not in the order of match, placement, adoption order",
        expected="each step on or after the one before it",
        action=CORRECT_DATE,
    ),
    rule(
        "adopter_placed_no_child",
        _ADOPTERS,
        ("children_placed", "placed_date"),
        _placed_none,
        origin=f"{GUIDANCE}: List 11, No. of children placed",
        found="a placement with no number of children placed",
        expected="1 or more where there is a date of placement",
        action="fill in the number, or take out the date",
    ),
    rule(
        "adopter_left_without_reason",
        _ADOPTERS,
        ("left_reason", "left_date"),
        only_one(_ADOPTERS, "left_date", "left_reason"),
        origin=f"{GUIDANCE}: List 11, Reason for leaving adoption process",
        found="an adopter who left without a reason that is known",
        expected="one of the reasons 1 to 3",
        action="fill it in; until then it is not known",
    ),
    rule(
        "adopter_left_without_date",
        _ADOPTERS,
        ("left_date", "left_reason"),
        only_one(_ADOPTERS, "left_reason", "left_date"),
        origin=f"{GUIDANCE}: List 11, Date of leaving adoption process",
        found="a reason for leaving without the date of it",
        expected="a date for each who left, and no reason for others",
        action="fill in the date, or leave the reason blank",
    ),
)
