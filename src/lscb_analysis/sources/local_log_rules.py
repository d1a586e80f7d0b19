"""Rules of local logs: dates in order, answers that fit each other, numbers that add up."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from lscb_analysis.sources.rules import Rule, Sent

_FIX = "correct the date that is wrong; until then both are read as sent"


def _before(table: str, first: str, second: str) -> Callable[[Sent], pd.Series]:
    """Rows whose second date lies before the first."""
    return lambda sent: sent[table][second].lt(sent[table][first])


def _order(
    rule: str, table: str, first: str, second: str, what: str, expected: str, origin: str
) -> Rule:
    return Rule(
        id=f"local_logs.{rule}",
        origin=origin,
        table=table,
        column=second,
        needs=(f"{table}.{first}", f"{table}.{second}"),
        fails=_before(table, first, second),
        found=what,
        expected=expected,
        action=_FIX,
    )


def _interview_without_offer(sent: Sent) -> pd.Series:
    rows = sent["missing_children"]
    return rows["interview_date"].notna() & rows["is_interview_offered"].eq(False).fillna(False)


def _accepted_without_offer(sent: Sent) -> pd.Series:
    rows = sent["missing_children"]
    offered = rows["is_interview_offered"].eq(False).fillna(False)
    return offered & rows["is_interview_accepted"].fillna(False)


def _outcome_while_open(sent: Sent) -> pd.Series:
    rows = sent["allegations"]
    return rows["concluded_date"].isna() & rows["outcome"].ne("Not known")


def _concluded_without_outcome(sent: Sent) -> pd.Series:
    rows = sent["allegations"]
    return rows["concluded_date"].notna() & rows["outcome"].eq("Not known")


def _concluded_late(sent: Sent) -> pd.Series:
    rows = sent["allegations"]
    limit = rows["referral_date"] + pd.DateOffset(months=12)
    return rows["concluded_date"].fillna(sent.last_day).gt(limit)


def _attended_uninvited(sent: Sent) -> pd.Series:
    rows = sent["conference_attendance"]
    return rows["has_attended"].fillna(False) & rows["is_invited"].eq(False).fillna(False)


def _more_than_booked(sent: Sent) -> pd.Series:
    rows = sent["training"]
    return rows["attended"].gt(rows["booked"]).fillna(False)


_GUIDANCE_EH = "Working Together 2015, chapter 1 (early help)"
_GUIDANCE_MISSING = "Statutory guidance on children who run away or go missing, 2014, paragraph 31"
_GUIDANCE_LADO = "Keeping Children Safe in Education 2016, part four"
_GUIDANCE_PF = "Children (Private Arrangements for Fostering) Regulations 2005, regulation 4"
_OWN = "the board's own log"

RULES: tuple[Rule, ...] = (
    _order(
        "early_help_end",
        "early_help_episodes",
        "start_date",
        "end_date",
        "an end before the start",
        "an end on or after the start",
        _GUIDANCE_EH,
    ),
    _order(
        "early_help_assessed",
        "early_help_episodes",
        "start_date",
        "assessment_date",
        "an assessment before the start of early help",
        "an assessment on or after the start",
        _GUIDANCE_EH,
    ),
    _order(
        "exploitation_closed",
        "exploitation_concerns",
        "concern_date",
        "closed_date",
        "closed before the concern was raised",
        "a closure on or after the day of the concern",
        _OWN,
    ),
    _order(
        "missing_found",
        "missing_children",
        "missing_date",
        "found_date",
        "found before reported missing",
        "a return on or after the report",
        _GUIDANCE_MISSING,
    ),
    _order(
        "interview_before_return",
        "missing_children",
        "found_date",
        "interview_date",
        "a return interview before the return",
        "an interview on or after the return, within 72 hours",
        _GUIDANCE_MISSING,
    ),
    Rule(
        "local_logs.interview_without_offer",
        _GUIDANCE_MISSING,
        "missing_children",
        "is_interview_offered",
        ("missing_children.interview_date", "missing_children.is_interview_offered"),
        _interview_without_offer,
        "an interview that was held and, it says, not offered",
        "offered where one was held",
        "correct the answer or clear the date; until then it counts as held",
    ),
    Rule(
        "local_logs.accepted_without_offer",
        _GUIDANCE_MISSING,
        "missing_children",
        "is_interview_accepted",
        ("missing_children.is_interview_accepted", "missing_children.is_interview_offered"),
        _accepted_without_offer,
        "an interview accepted that was not offered",
        "accepted only where offered",
        "correct one of the answers",
    ),
    _order(
        "allegation_concluded",
        "allegations",
        "referral_date",
        "concluded_date",
        "concluded before it was referred",
        "a conclusion on or after the referral",
        _GUIDANCE_LADO,
    ),
    Rule(
        "local_logs.outcome_while_open",
        _GUIDANCE_LADO,
        "allegations",
        "outcome",
        ("allegations.outcome", "allegations.concluded_date"),
        _outcome_while_open,
        "an outcome without the date of conclusion",
        "both or neither",
        "send the date, or clear the outcome; until then the case is open",
    ),
    Rule(
        "local_logs.concluded_without_outcome",
        _GUIDANCE_LADO,
        "allegations",
        "outcome",
        ("allegations.outcome", "allegations.concluded_date"),
        _concluded_without_outcome,
        "a conclusion without an outcome",
        "substantiated, unsubstantiated, unfounded, false or malicious",
        "send the outcome; until then it is not known",
    ),
    Rule(
        "local_logs.allegation_over_12_months",
        _GUIDANCE_LADO,
        "allegations",
        "concluded_date",
        ("allegations.referral_date", "allegations.concluded_date"),
        _concluded_late,
        "a case that took, or is open for, more than 12 months",
        "all but exceptional cases concluded within 12 months",
        "check the dates; if they are right, say in the commentary why",
        "note",
    ),
    _order(
        "private_fostering_visit",
        "private_fostering",
        "notified_date",
        "visit_date",
        "a first visit before the notification",
        "a visit within 7 working days of the notification",
        _GUIDANCE_PF,
    ),
    _order(
        "private_fostering_end",
        "private_fostering",
        "started_date",
        "ended_date",
        "an arrangement that ended before it started",
        "an end on or after the start",
        _GUIDANCE_PF,
    ),
    Rule(
        "local_logs.attended_uninvited",
        "Working Together 2015, chapter 3 (attendance of partners)",
        "conference_attendance",
        "is_invited",
        ("conference_attendance.is_invited", "conference_attendance.has_attended"),
        _attended_uninvited,
        "an agency that attended and, it says, was not invited",
        "invited where it attended",
        "correct one of the answers",
    ),
    Rule(
        "local_logs.more_attended_than_booked",
        _OWN,
        "training",
        "attended",
        ("training.attended", "training.booked"),
        _more_than_booked,
        "more attended than were booked",
        "at most as many as were booked",
        "correct one of the numbers",
    ),
)
