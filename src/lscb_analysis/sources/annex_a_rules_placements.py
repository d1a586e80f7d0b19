"""Annex A's rules about children while looked after (List 8): status, visits, placements."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.periods import add_months
from lscb_analysis.sources.annex_a_checks import (
    CORRECT_DATE,
    GUIDANCE,
    before,
    grown_up_at,
    is_no,
    is_yes,
    rule,
)
from lscb_analysis.sources.rules import Rule, Sent

_TABLE = "looked_after"
_OWN_HOME_AGE = 16
_OFFERED = f"{GUIDANCE}: List 8, offered a Return Interview after the last missing episode"
_ACCEPTED = f"{GUIDANCE}: List 8, accepted a Return Interview, blank if none was offered"


def _short_break(sent: Sent) -> pd.Series:
    return sent[_TABLE]["legal_status"].eq("Short breaks")


def _no_placement(sent: Sent) -> pd.Series:
    rows = sent[_TABLE]
    return rows["ceased_date"].isna() & rows["placements"].eq(0).fillna(False).astype(bool)


def _one_long_placement(sent: Sent) -> pd.Series:
    """Two or more placements in 12 months, the latest of which began before them."""
    rows = sent[_TABLE]
    until = rows["ceased_date"].fillna(sent.last_day)
    is_old = rows["placement_start_date"].lt(add_months(until, -13))
    return is_old & rows["placements"].ge(2).fillna(False).astype(bool)


def _alone_too_young(sent: Sent) -> pd.Series:
    rows = sent[_TABLE]
    sixteen = add_months(rows["birth_date"], _OWN_HOME_AGE * 12)
    return rows["placement_type"].eq("Independent living") & rows["placement_start_date"].lt(
        sixteen
    )


def _adopted_at_18(sent: Sent) -> pd.Series:
    rows = sent[_TABLE]
    return rows["ceased_reason"].eq("Adopted") & grown_up_at(_TABLE, "ceased_date")(sent)


def _offered_without_missing(sent: Sent) -> pd.Series:
    rows = sent[_TABLE]
    never = rows["missing_episodes"].eq(0).fillna(False).astype(bool)
    return never & is_yes(rows["is_interview_offered"])


def _missing_without_answer(sent: Sent) -> pd.Series:
    rows = sent[_TABLE]
    went = rows["missing_episodes"].gt(0).fillna(False).astype(bool)
    return went & rows["is_interview_offered"].isna()


def _accepted_without_offer(sent: Sent) -> pd.Series:
    rows = sent[_TABLE]
    return is_yes(rows["is_interview_accepted"]) & is_no(rows["is_interview_offered"])


RULES: tuple[Rule, ...] = (
    rule(
        "short_break_in_list_8",
        _TABLE,
        ("legal_status",),
        _short_break,
        origin="Ofsted Annex A codes, August 2019: Child's Legal Status, V3 and V4",
        found="a short break (V3 or V4)",
        expected="children in care only, whose legal status is neither V3 nor V4",
        action="leave the row out; it is read, and is not counted among those looked after",
    ),
    rule(
        "legal_status_before_care",
        _TABLE,
        ("legal_status_date", "started_date"),
        before(_TABLE, "legal_status_date", "started_date"),
        origin=f"{GUIDANCE}: List 8, Start date of current legal status",
        found="a legal status that began before the period of care",
        expected="the start of the legal status under which the child is looked after",
        action=f"check the dates, and {CORRECT_DATE}",
        severity="note",
    ),
    rule(
        "visited_before_care",
        _TABLE,
        ("latest_visit_date", "started_date"),
        before(_TABLE, "latest_visit_date", "started_date"),
        origin=f"{GUIDANCE}: List 8, Date of Last Social Work Visit",
        found="a last social work visit before the period of care",
        expected="a visit in this period, or a blank where there was none yet",
        action=CORRECT_DATE,
    ),
    rule(
        "reviewed_before_care",
        _TABLE,
        ("latest_review_date", "started_date"),
        before(_TABLE, "latest_review_date", "started_date"),
        origin=f"{GUIDANCE}: List 8, Date of Latest Statutory Review, blank if none yet",
        found="a latest statutory review before the period of care",
        expected="a review in this period, or a blank where there was none yet",
        action=CORRECT_DATE,
    ),
    rule(
        "placed_before_care",
        _TABLE,
        ("placement_start_date", "started_date"),
        before(_TABLE, "placement_start_date", "started_date"),
        origin=f"{GUIDANCE}: List 8, Start Date of Most Recent Placement",
        found="a most recent placement that began before the period of care",
        expected="a placement of this period",
        action=CORRECT_DATE,
    ),
    rule(
        "placed_after_care",
        _TABLE,
        ("ceased_date", "placement_start_date"),
        before(_TABLE, "ceased_date", "placement_start_date"),
        origin=f"{GUIDANCE}: List 8, Start Date of Most Recent Placement",
        found="a most recent placement that began after the period of care ceased",
        expected="a placement of this period",
        action=CORRECT_DATE,
    ),
    rule(
        "no_placement",
        _TABLE,
        ("placements", "ceased_date"),
        _no_placement,
        origin=f"{GUIDANCE}: List 8, Number of Placements, at least one",
        found="a looked-after child with no placement in the last 12 months",
        expected="1 or more, as the current placement counts",
        action="correct the number; it is read as it is",
    ),
    rule(
        "placements_without_move",
        _TABLE,
        ("placements", "placement_start_date", "ceased_date"),
        _one_long_placement,
        origin=f"{GUIDANCE}: List 8, Number of Placements in the 12 months",
        found="two or more placements in 12 months, the latest of which is older than that",
        expected="1 where the child has not moved in the 12 months",
        action="correct the number or the start of the placement; both are read as they are",
    ),
    rule(
        "living_alone_under_16",
        _TABLE,
        ("placement_type", "placement_start_date", "birth_date"),
        _alone_too_young,
        origin="DfE SSDA903 validation rule 370",
        found="independent living that began before the 16th birthday",
        expected="independent living from the age of 16",
        action="correct the placement type, its start or the date of birth",
    ),
    rule(
        "adopted_at_18",
        _TABLE,
        ("ceased_reason", "ceased_date", "birth_date"),
        _adopted_at_18,
        origin="DfE SSDA903 validation rule 386",
        found="an adoption on or after the 18th birthday",
        expected="another reason why care ceased, or an earlier date",
        action="correct the reason, the date it ceased or the date of birth",
    ),
    rule(
        "interview_without_missing",
        _TABLE,
        ("is_interview_offered", "missing_episodes"),
        _offered_without_missing,
        origin=_OFFERED,
        found="a return interview offered to a child who was never missing",
        expected="an answer only where there was a missing episode",
        action="correct the number of missing episodes, or leave the answer blank",
    ),
    rule(
        "missing_without_interview_answer",
        _TABLE,
        ("is_interview_offered", "missing_episodes"),
        _missing_without_answer,
        origin=_OFFERED,
        found="a missing child of whom it is not said whether an interview was offered",
        expected="yes or no wherever there was a missing episode",
        action="fill it in; until then it is not known",
    ),
    rule(
        "interview_accepted_without_offer",
        _TABLE,
        ("is_interview_accepted", "is_interview_offered"),
        _accepted_without_offer,
        origin=_ACCEPTED,
        found="a return interview that was accepted and never offered",
        expected="a blank where no interview was offered",
        action="correct one of the two answers",
    ),
)
