"""Annex A's rules about contacts, early help, referrals, assessments and section 47 enquiries."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.periods import add_months
from lscb_analysis.sources.annex_a_checks import (
    CORRECT_DATE,
    GUIDANCE,
    before,
    differs_in_child,
    fewer_than_listed,
    is_yes,
    rule,
    too_early,
)
from lscb_analysis.sources.rules import Rule, Sent

_UNBORN_MONTHS = 10
_BEFORE = "an event over a month before the lists begin"
_IN_TIME = "an event of the six months to the quarter's last day"
_KEPT = "leave it out, or correct the date; it is read all the same"
_SAME = "correct the count; it is not used"


def _long_before_birth(sent: Sent) -> pd.Series:
    referrals = sent["referrals"]
    return referrals["referral_date"].lt(add_months(referrals["birth_date"], -_UNBORN_MONTHS))


def _no_answer(sent: Sent) -> pd.Series:
    assessments = sent["assessments"]
    return assessments["authorised_date"].notna() & assessments["is_in_need"].isna()


def _answer_too_soon(sent: Sent) -> pd.Series:
    assessments = sent["assessments"]
    return assessments["authorised_date"].isna() & assessments["is_in_need"].notna()


def _undated(sent: Sent) -> pd.Series:
    enquiries = sent["enquiries"]
    return enquiries["s47_start_date"].isna() & enquiries["conference_date"].isna()


def _needless_conference(sent: Sent) -> pd.Series:
    enquiries = sent["enquiries"]
    return enquiries["conference_date"].notna() & is_yes(enquiries["is_conference_unnecessary"])


def _no_outcome(sent: Sent) -> pd.Series:
    enquiries = sent["enquiries"]
    return enquiries["conference_date"].notna() & enquiries["has_plan"].isna()


def _outcome_of_none(sent: Sent) -> pd.Series:
    enquiries = sent["enquiries"]
    return enquiries["conference_date"].isna() & enquiries["has_plan"].notna()


def _on_weekend(sent: Sent) -> pd.Series:
    return sent["enquiries"]["conference_date"].dt.day_of_week.ge(5)


RULES: tuple[Rule, ...] = (
    rule(
        "contact_too_early",
        "contacts",
        ("contact_date",),
        too_early("contacts", "contact_date"),
        origin=f"{GUIDANCE}: List 1, contacts in the six months before",
        found=_BEFORE,
        expected=_IN_TIME,
        action=_KEPT,
    ),
    rule(
        "early_help_ends_before_start",
        "early_help",
        ("completed_date", "start_date"),
        before("early_help", "completed_date", "start_date"),
        origin=f"{GUIDANCE}: List 2, Assessment completion date",
        found="an end before the start",
        expected="an end on or after the start",
        action=f"{CORRECT_DATE}; until then it ends on the day it starts",
    ),
    rule(
        "referral_too_early",
        "referrals",
        ("referral_date",),
        too_early("referrals", "referral_date"),
        origin=f"{GUIDANCE}: List 3, referrals in the six months before",
        found=_BEFORE,
        expected=_IN_TIME,
        action=_KEPT,
    ),
    rule(
        "referral_long_before_birth",
        "referrals",
        ("referral_date", "birth_date"),
        _long_before_birth,
        origin="DfE CIN census validation rule 8606",
        found="a referral more than ten months before the date of birth",
        expected="a referral after the child was conceived",
        action=CORRECT_DATE,
    ),
    rule(
        "referral_counts_differ",
        "referrals",
        ("referrals_before", "child_id"),
        differs_in_child("referrals", "referrals_before"),
        origin=f"{GUIDANCE}: List 3, Number of Referrals in Last 12 Months, the same in each row",
        found="a number of earlier referrals that differs between the rows of one child",
        expected="the number before the child's latest referral in every row of the child",
        action=_SAME,
    ),
    rule(
        "referral_count_too_low",
        "referrals",
        ("referrals_before", "referral_date", "child_id"),
        fewer_than_listed("referrals", "referral_date", "referrals_before"),
        origin=f"{GUIDANCE}: List 3, Number of Referrals in Last 12 Months",
        found="fewer earlier referrals than the list itself holds of the child",
        expected="at least those of the 12 months before the child's latest referral",
        action=_SAME,
    ),
    rule(
        "assessment_authorised_before_start",
        "assessments",
        ("authorised_date", "start_date"),
        before("assessments", "authorised_date", "start_date"),
        origin="DfE CIN census validation rule 8608",
        found="an end before the start",
        expected="an end on or after the start",
        action=f"{CORRECT_DATE}; until then it ends on the day it starts",
    ),
    rule(
        "assessment_authorised_too_early",
        "assessments",
        ("authorised_date",),
        too_early("assessments", "authorised_date"),
        origin=f"{GUIDANCE}: List 4, Date of Authorisation; DfE CIN census validation rule 8696",
        found="an assessment authorised over a month before the lists begin",
        expected="assessments open, or authorised in the six months to the quarter's last day",
        action=_KEPT,
    ),
    rule(
        "assessment_without_answer",
        "assessments",
        ("is_in_need", "authorised_date"),
        _no_answer,
        origin=f"{GUIDANCE}: List 4, assessed as requiring social care support",
        found="an authorised assessment that does not say whether support is needed",
        expected="yes or no for each assessment that is authorised",
        action="fill it in; until then it is not known",
    ),
    rule(
        "assessment_answered_too_soon",
        "assessments",
        ("is_in_need", "authorised_date"),
        _answer_too_soon,
        origin=f"{GUIDANCE}: List 4, blank while the assessment is ongoing",
        found="an answer on support for an assessment that is not authorised",
        expected="a blank while the assessment is open",
        action="fill in the date of authorisation, or leave the answer blank",
        severity="note",
    ),
    rule(
        "enquiry_undated",
        "enquiries",
        ("s47_start_date", "conference_date"),
        _undated,
        origin=f"{GUIDANCE}: List 5; DfE CIN census validation rule 8615",
        found="neither the date of an enquiry nor that of a conference",
        expected="one of them, or both",
        action="fill it in; until then the row is left out",
    ),
    rule(
        "enquiry_too_early",
        "enquiries",
        ("s47_start_date", "conference_date"),
        too_early("enquiries", "s47_start_date", "conference_date"),
        origin=f"{GUIDANCE}: List 5, the six months before; DfE CIN census validation rule 8740",
        found="an enquiry, and its conference if any, over a month before the lists begin",
        expected=_IN_TIME,
        action=_KEPT,
    ),
    rule(
        "conference_before_enquiry",
        "enquiries",
        ("conference_date", "s47_start_date"),
        before("enquiries", "conference_date", "s47_start_date"),
        origin="DfE CIN census validation rule 8615",
        found="a conference before the enquiry that led to it",
        expected="a conference on or after the day the enquiry started",
        action=f"{CORRECT_DATE}; until then it is not counted as in time or late",
    ),
    rule(
        "conference_on_weekend",
        "enquiries",
        ("conference_date",),
        _on_weekend,
        origin="DfE CIN census validation rule 8875",
        found="a conference on a Saturday or a Sunday",
        expected="a working day",
        action=f"check the date, and {CORRECT_DATE}",
        severity="note",
    ),
    rule(
        "conference_though_unnecessary",
        "enquiries",
        ("is_conference_unnecessary", "conference_date"),
        _needless_conference,
        origin=f"{GUIDANCE}: List 5, conference deemed unnecessary",
        found="a conference that was held and was deemed unnecessary",
        expected="no date of a conference where none was necessary",
        action="correct the answer or the date; until then the conference counts as held",
    ),
    rule(
        "conference_without_outcome",
        "enquiries",
        ("has_plan", "conference_date"),
        _no_outcome,
        origin=f"{GUIDANCE}: List 5, Did the Conference Result in a Child Protection Plan",
        found="a conference that does not say whether a plan came of it",
        expected="yes or no for each conference that was held",
        action="fill it in; until then it is not known",
    ),
    rule(
        "outcome_without_conference",
        "enquiries",
        ("has_plan", "conference_date"),
        _outcome_of_none,
        origin=f"{GUIDANCE}: List 5, blank where there was no conference",
        found="an answer on a plan without a conference",
        expected="a blank where no conference was held",
        action="fill in the date of the conference, or leave the answer blank",
    ),
    rule(
        "enquiry_counts_differ",
        "enquiries",
        ("enquiries_before", "child_id"),
        differs_in_child("enquiries", "enquiries_before"),
        origin=f"{GUIDANCE}: List 5, Number of Section 47 Enquiries, the same in each row",
        found="a number of earlier enquiries that differs between the rows of one child",
        expected="the number before the child's latest enquiry in every row of the child",
        action=_SAME,
    ),
    rule(
        "enquiry_count_too_low",
        "enquiries",
        ("enquiries_before", "s47_start_date", "child_id"),
        fewer_than_listed("enquiries", "s47_start_date", "enquiries_before"),
        origin=f"{GUIDANCE}: List 5, Number of Section 47 Enquiries in the last 12 months",
        found="fewer earlier enquiries than the list itself holds of the child",
        expected="at least those of the 12 months before the child's latest enquiry",
        action=_SAME,
    ),
    rule(
        "conference_counts_differ",
        "enquiries",
        ("conferences_before", "child_id"),
        differs_in_child("enquiries", "conferences_before"),
        origin=f"{GUIDANCE}: List 5, Number of ICPCs, the same in each row",
        found="a number of earlier conferences that differs between the rows of one child",
        expected="the number before the child's latest enquiry in every row of the child",
        action=_SAME,
    ),
)
