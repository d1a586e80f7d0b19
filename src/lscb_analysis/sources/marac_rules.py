"""Rules of the Marac return: a meeting's numbers, and the cases that they are part of."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources.board_rules import twice
from lscb_analysis.sources.rules import Rule, Sent

RETURN = "SafeLives Marac quarterly return: totals of each meeting"
PARTS_OF_CASES = ("repeat_cases", "police_referrals")
PARTS_OF_VICTIMS = (
    *("Minority ethnic victims", "LGBT+ victims", "Victims with a disability", "Male victims"),
    "Victims aged 16 or 17",
)
MOST_CHILDREN_A_CASE = 6


def _over_cases(part: str, name: str, place: str) -> Rule:
    def fails(sent: Sent) -> pd.Series:
        return sent["meetings"][part].gt(sent["meetings"]["cases"])

    return Rule(
        f"marac.{name}_over_cases",
        f"{RETURN}, {place} among the cases",
        "meetings",
        part,
        (f"meetings.{part}", "meetings.cases"),
        fails,
        "more than the meeting's cases",
        "at most the number of cases",
        "correct it; until then it is not known",
    )


def _children_without_cases(sent: Sent) -> pd.Series:
    meetings = sent["meetings"]
    return meetings["cases"].eq(0) & meetings["children"].gt(0)


def _too_many_children(sent: Sent) -> pd.Series:
    meetings = sent["meetings"]
    return meetings["cases"].gt(0) & meetings["children"].gt(
        meetings["cases"] * MOST_CHILDREN_A_CASE
    )


def _referrals_over_cases(sent: Sent) -> pd.Series:
    """More referrals than cases, counted over the police and every other agency that was sent."""
    meetings = sent["meetings"]
    others = [name for name in meetings.columns if name.startswith("Referred by ")]
    referrals = meetings[["police_referrals", *others]].fillna(0).sum(axis=1)
    is_part_over = meetings[["police_referrals", *others]].gt(meetings["cases"], axis=0).any(axis=1)
    return referrals.gt(meetings["cases"]) & ~is_part_over


RULES: tuple[Rule, ...] = (
    twice("marac.meeting_twice", "meetings", ["meeting_date", "marac"], ["meeting_date"]),
    _over_cases("repeat_cases", "repeats", "repeat cases"),
    _over_cases("police_referrals", "police", "referrals from the police"),
    *(
        _over_cases(part, part.lower().replace("+", "").replace(" ", "_"), part)
        for part in PARTS_OF_VICTIMS
    ),
    Rule(
        "marac.referrals_over_cases",
        f"{RETURN}, each case referred by one agency",
        "meetings",
        "cases",
        (
            *("meetings.cases", "meetings.police_referrals"),
            "meetings.Referred by domestic abuse services",
        ),
        _referrals_over_cases,
        "more referrals than cases, all agencies together",
        "one agency for each case",
        "check the referrals of each agency; they are used as they are",
    ),
    Rule(
        "marac.children_without_cases",
        f"{RETURN}, children in the households of its cases",
        "meetings",
        "children",
        ("meetings.children", "meetings.cases"),
        _children_without_cases,
        "children at a meeting without cases",
        "no children where there is no case",
        "correct the number that is wrong; until then both are used as they are",
    ),
    Rule(
        "marac.too_many_children",
        f"{RETURN}; in the year to September 2024 the United Kingdom had 1.24 children a case",
        "meetings",
        "children",
        ("meetings.children", "meetings.cases"),
        _too_many_children,
        "more than six children a case",
        "the children in the households of the meeting's cases",
        "check the number; it is used as it is",
        "note",
    ),
)
