"""Rules of police extracts: incidents of domestic abuse and the children notified of them."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources.board_rules import is_in, of_key, twice
from lscb_analysis.sources.membership import is_among
from lscb_analysis.sources.rules import Rule, Sent

DASH = "DASH risk checklist: 27 questions; from 14 ticks a case goes to Marac"
FORMS = "Police domestic-abuse forms: each child's school, present at the incident, resident or not"
LINKED = "our own check: the incident and its notifications are of one event"
MOST_TICKS = 27
MARAC_TICKS = 14
_AS_SENT = "correct what is wrong; until then both are used as they are"


def _incident_date(sent: Sent) -> pd.Series:
    return of_key(sent["children"], sent["incidents"], "incident_id", "incident_date")


def _without_a_child(sent: Sent) -> pd.Series:
    children, incidents = sent["children"], sent["incidents"]
    resident = of_key(children, incidents, "incident_id", "is_child_resident").astype("boolean")
    present = of_key(children, incidents, "incident_id", "is_child_present").astype("boolean")
    return resident.eq(False) & present.eq(False)


def _present_but_not_notified(sent: Sent) -> pd.Series:
    incidents = sent["incidents"]
    return incidents["is_child_present"] & ~is_in(incidents, sent["children"], "incident_id")


def _other_number_notified(sent: Sent) -> pd.Series:
    incidents, children = sent["incidents"], sent["children"]
    listed = children.dropna(subset=["incident_id"]).groupby("incident_id")["child_id"].nunique()
    counted = incidents["incident_id"].map(listed).astype("Float64").fillna(0)
    return incidents["children_notified"].sub(counted).abs().gt(0)


def _unlike(answer: str, number: str, sent: Sent) -> pd.Series:
    incidents = sent["incidents"]
    return incidents[answer].ne(incidents[number].gt(0))


def _ticks_but_lower(sent: Sent) -> pd.Series:
    incidents = sent["incidents"]
    lower = incidents["risk_grade"].isin(["Standard", "Medium"])
    return incidents["dash_ticks"].ge(MARAC_TICKS) & lower


def _victim_is_child(sent: Sent) -> pd.Series:
    return is_among(sent["children"]["child_id"], sent["incidents"]["victim_id"].dropna())


RULES: tuple[Rule, ...] = (
    twice("police.incident_twice", "incidents", ["incident_id"], ["incident_id", "incident_date"]),
    twice(
        "police.child_twice",
        "children",
        ["incident_id", "child_id"],
        ["incident_id", "child_id", "notification_date"],
    ),
    Rule(
        "police.notified_before_incident",
        LINKED,
        "children",
        "notification_date",
        (
            *("children.notification_date", "children.incident_id"),
            *("incidents.incident_id", "incidents.incident_date"),
        ),
        lambda sent: sent["children"]["notification_date"].lt(_incident_date(sent)),
        "a notification dated before its incident",
        "the incident's date or later",
        "correct the date that is wrong; until then the row is used as it is",
    ),
    Rule(
        "police.notified_of_no_incident",
        LINKED,
        "children",
        "incident_id",
        ("children.incident_id", "incidents.incident_id"),
        lambda sent: ~is_in(sent["children"], sent["incidents"], "incident_id"),
        "a notification of an incident that this extract does not have",
        "an incident of this extract or of an earlier one",
        "nothing, if the incident was in an earlier extract; otherwise send it",
        "note",
    ),
    Rule(
        "police.notified_without_child",
        FORMS,
        "children",
        "incident_id",
        (
            *("children.incident_id", "incidents.incident_id"),
            *("incidents.is_child_resident", "incidents.is_child_present"),
        ),
        _without_a_child,
        "a child notified of an incident without a child present or resident",
        "a child present or resident, where a child was notified",
        _AS_SENT,
    ),
    Rule(
        "police.present_but_not_notified",
        FORMS,
        "incidents",
        "is_child_present",
        ("incidents.is_child_present", "incidents.incident_id", "children.incident_id"),
        _present_but_not_notified,
        "an incident with a child present, and no child notified of it",
        "a notification of each child that was present",
        "check it, or send the notification with the next extract",
        "note",
    ),
    Rule(
        "police.other_number_notified",
        LINKED,
        "incidents",
        "children_notified",
        (
            *("incidents.children_notified", "incidents.incident_id"),
            *("children.incident_id", "children.child_id"),
        ),
        _other_number_notified,
        "another number of children notified than the table of notified children has",
        "a row for each child that was notified",
        "correct what is wrong; until then the table of notified children is used",
    ),
    Rule(
        "police.present_unlike_number",
        FORMS,
        "incidents",
        "children_present",
        ("incidents.children_present", "incidents.is_child_present"),
        lambda sent: _unlike("is_child_present", "children_present", sent),
        "a number of children present that the answer contradicts",
        "more than 0 where a child was present, 0 where none was",
        _AS_SENT,
    ),
    Rule(
        "police.resident_unlike_number",
        FORMS,
        "incidents",
        "children_resident",
        ("incidents.children_resident", "incidents.is_child_resident"),
        lambda sent: _unlike("is_child_resident", "children_resident", sent),
        "a number of children resident that the answer contradicts",
        "more than 0 where a child lives there, 0 where none does",
        _AS_SENT,
    ),
    Rule(
        "police.too_many_ticks",
        DASH,
        "incidents",
        "dash_ticks",
        ("incidents.dash_ticks",),
        lambda sent: sent["incidents"]["dash_ticks"].gt(MOST_TICKS),
        "more ticks than the checklist has questions",
        "a number from 0 to 27",
        "correct the number; no figure uses it",
    ),
    Rule(
        "police.ticks_but_not_high",
        DASH,
        "incidents",
        "risk_grade",
        ("incidents.risk_grade", "incidents.dash_ticks"),
        _ticks_but_lower,
        "14 ticks or more, and a grade below high",
        "a high grade from 14 ticks, unless judgement says otherwise",
        "check the grade; it is used as it is",
        "note",
    ),
    Rule(
        "police.school_told_before_incident",
        "Operation Encompass: the school is told after the incident, before its next day",
        "children",
        "school_told_date",
        (
            *("children.school_told_date", "children.incident_id"),
            *("incidents.incident_id", "incidents.incident_date"),
        ),
        lambda sent: sent["children"]["school_told_date"].lt(_incident_date(sent)),
        "a school told before the incident",
        "the incident's date or later",
        "correct the date that is wrong; until then both are used as they are",
    ),
    Rule(
        "police.victim_is_child",
        "our own check: victims are 16 or over, and children are notified apart",
        "children",
        "child_id",
        ("children.child_id", "incidents.victim_id"),
        _victim_is_child,
        "a child whose reference is that of a victim",
        "a reference of the child's own",
        "check the references: a victim of 16 or 17 may be right",
        "note",
    ),
)
