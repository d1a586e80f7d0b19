"""Rules of the CIN census about plans, their reviews, and pre-proceedings."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources.cin_census_around import (
    inside_other,
    is_after_death,
    is_before,
    is_before_episode,
    is_before_year,
    is_open_in_other,
    is_second_open,
    rule,
    starts_within,
)
from lscb_analysis.sources.cin_census_layouts import CHILD, EPISODE
from lscb_analysis.sources.rules import Rule, Sent

_S, _E = "plan_start_date", "plan_end_date"


def _both(table: str) -> str:
    return f"{table}.{_S} {table}.{_E}"


def _one_day(sent: Sent, table: str) -> pd.Series:
    return sent[table][_S].eq(sent[table][_E])


def _two_open(sent: Sent, table: str) -> pd.Series:
    return is_second_open(sent[table], sent[table][_E].isna())


def _overlap(sent: Sent, table: str) -> pd.Series:
    """Plans that start before an earlier one has ended; two that are open are another rule's."""
    rows = sent[table]
    return starts_within(rows, _S, rows[_E]) & ~_two_open(sent, table)


def _more_plans(sent: Sent) -> pd.Series:
    started = sent["cp_plans"][_S].ge(sent.first_day).sum()
    held = sum(
        sent[table]["conference_date"].ge(sent.first_day).sum()
        for table in ("episodes", "enquiries")
    )
    return pd.Series(started > held, index=sent["header"].index, dtype=bool)


def _not_on_conference(sent: Sent) -> pd.Series:
    """Plans of the year on a day without a conference, in episodes that have one."""
    plans = sent["cp_plans"]
    days = [
        sent["episodes"]["conference_date"]
        .dropna()
        .rename("day")
        .rename_axis(EPISODE)
        .reset_index(),
        sent["enquiries"][[EPISODE, "conference_date"]].dropna().set_axis([EPISODE, "day"], axis=1),
    ]
    held = pd.concat(days, ignore_index=True)
    has_any = plans[EPISODE].isin(held[EPISODE])
    pairs = plans[[EPISODE, _S]].assign(row=plans.index).merge(held, on=EPISODE)
    on_day = pairs.loc[pairs[_S].eq(pairs["day"]), "row"]
    return plans[_S].ge(sent.first_day) & has_any & ~plans.index.isin(on_day)


def _review_in_cin_plan(sent: Sent) -> pd.Series:
    """Reviews during a child in need plan, but for one on the day a protection plan ended."""
    reviews = sent["reviews"]
    ends = sent["cp_plans"][[CHILD, _E]].dropna().set_axis([CHILD, "review_date"], axis=1)
    pairs = reviews[[CHILD, "review_date"]].assign(row=reviews.index).merge(ends)
    inside = inside_other(sent, "reviews", "review_date", "cin_plans", _S, _E)
    return inside & ~reviews.index.isin(pairs["row"])


def _not_offered(sent: Sent) -> pd.Series:
    rows = sent["pre_proceedings"]
    return rows["letter_sent_date"].notna() & rows["is_meeting_offered"].isna()


def _not_held(sent: Sent) -> pd.Series:
    rows = sent["pre_proceedings"]
    return rows["is_meeting_offered"].fillna(False).astype(bool) & rows["is_meeting_held"].isna()


def _reviews_blank(sent: Sent) -> pd.Series:
    rows = sent["pre_proceedings"]
    return rows["is_meeting_held"].fillna(False).astype(bool) & rows["review_meetings"].isna()


# For each of the two kinds of plan: its table, name, and the DfE's numbers of the same checks.
_KINDS = {
    "cin_plans": {
        **{"before_referral": "4015", "dates": "4011", "year": "4013", "one_day": "4012Q"},
        **{"two_open": "4004", "overlap": "4014", "start_death": "4008", "end_death": "4009Q"},
    },
    "cp_plans": {
        **{"before_referral": "1105", "dates": "8925", "year": "8930", "one_day": "8840"},
        **{"two_open": "8935", "overlap": "8940", "start_death": "8915", "end_death": "8920"},
    },
}
_NAMES = {"cin_plans": "child in need plan", "cp_plans": "child protection plan"}
_WRONG_DATE = "put the date that is wrong right"


def _of_kind(table: str) -> tuple[Rule, ...]:
    number, plan = _KINDS[table], _NAMES[table]
    start, end = f"{table}.{_S}", f"{table}.{_E}"
    name = table.removesuffix("s")
    return (
        rule(
            *(number["before_referral"], f"{name}_before_referral", start),
            *("episodes.referral_date", is_before_episode(table, _S)),
            f"a {plan} that starts before the referral",
            "a start on or after the referral",
            _WRONG_DATE,
        ),
        rule(
            *(number["dates"], f"{name}_dates", end, start, is_before(table, _E, _S)),
            f"a {plan} that ends before it starts",
            "an end on or after the start",
            f"{_WRONG_DATE}; until then it ends on the day it starts",
        ),
        rule(
            *(number["year"], f"{name}_year", end, "", is_before_year(table, _E)),
            f"a {plan} that ended before the census year",
            "an end in the census year",
            "take it out, or put the date right",
        ),
        rule(
            *(number["one_day"], f"{name}_one_day", end, start),
            lambda sent: _one_day(sent, table),
            f"a {plan} that starts and ends on one day",
            "an end after the start",
            _WRONG_DATE,
        ),
        rule(
            *(number["two_open"], f"{name}_two_open", end, start),
            lambda sent: _two_open(sent, table),
            f"a second open {plan} of the same child",
            "one open plan",
            "add the end of the one that has ended, or take one out",
        ),
        rule(
            *(number["overlap"], f"{name}_overlap", start, end),
            lambda sent: _overlap(sent, table),
            f"a {plan} that starts while another of the same child runs",
            "one plan after another",
            _WRONG_DATE,
        ),
        rule(
            *(number["start_death"], f"{name}_start_death", start, "children.death_date"),
            is_after_death(table, _S),
            f"a {plan} that starts after the death",
            "a start before the death",
            _WRONG_DATE,
        ),
        rule(
            *(number["end_death"], f"{name}_end_death", end, "children.death_date"),
            is_after_death(table, _E),
            f"a {plan} that ends after the death",
            "an end by the death",
            _WRONG_DATE,
        ),
    )


_ONE_KIND = "one kind of plan at a time"
_END_FIRST = "end the one before the other starts"
RULES: tuple[Rule, ...] = (
    *_of_kind("cin_plans"),
    *_of_kind("cp_plans"),
    rule(
        *("4001", "plans_both_open", f"cin_plans.{_E}", f"cp_plans.{_E}"),
        lambda sent: is_open_in_other(sent, "cin_plans", _E, "cp_plans"),
        "an open child in need plan beside an open child protection plan",
        *(_ONE_KIND, _END_FIRST),
    ),
    rule(
        *("4016", "cin_plan_in_cp_plan", f"cin_plans.{_S}", _both("cp_plans")),
        lambda sent: inside_other(sent, "cin_plans", _S, "cp_plans", _S, _E),
        "a child in need plan that starts during a child protection plan",
        *(_ONE_KIND, _END_FIRST),
    ),
    rule(
        *("4017", "cp_plan_in_cin_plan", f"cp_plans.{_S}", _both("cin_plans")),
        lambda sent: inside_other(sent, "cp_plans", _S, "cin_plans", _S, _E),
        "a child protection plan that starts during a child in need plan",
        *(_ONE_KIND, _END_FIRST),
    ),
    rule(
        *("4003", "review_in_cin_plan", "reviews.review_date"),
        *(f"{_both('cin_plans')} cp_plans.{_E}", _review_in_cin_plan),
        "a review of a child protection plan during a child in need plan",
        *(_ONE_KIND, _END_FIRST),
    ),
    rule(
        *("8905", "initial_category_blank", "cp_plans.initial_category", ""),
        lambda sent: sent["cp_plans"]["initial_category"].eq(""),
        *("a child protection plan without an initial category of abuse", "a category", "add it"),
    ),
    rule(
        *("8910", "latest_category_blank", "cp_plans.latest_category", ""),
        lambda sent: sent["cp_plans"]["latest_category"].eq(""),
        *("a child protection plan without a latest category of abuse", "a category", "add it"),
    ),
    rule(
        *("8730", "previous_plans_blank", "cp_plans.previous_plans", ""),
        lambda sent: sent["cp_plans"]["previous_plans"].isna(),
        "not said how many earlier plans the child had",
        "a number, 0 where there was none",
        "add it",
    ),
    rule(
        *("2883", "plans_and_conferences", "header.reference_date"),
        *(f"cp_plans.{_S} episodes.conference_date enquiries.conference_date", _more_plans),
        "more child protection plans started than initial conferences held in the year",
        "a conference for each plan",
        "add the conferences",
    ),
    rule(
        *("2885", "plan_not_on_conference", f"cp_plans.{_S}"),
        *("episodes.conference_date enquiries.conference_date", _not_on_conference),
        "a plan that starts on another day than the episode's initial conference",
        "the day of the conference",
        _WRONG_DATE,
    ),
    rule(
        *("8841", "review_before_plan", "reviews.review_date", "reviews.plan_start_date"),
        lambda sent: sent["reviews"]["review_date"].le(sent["reviews"][_S]),
        "a review on or before the day the plan starts",
        "a review after the start",
        _WRONG_DATE,
    ),
    rule(
        *("9007", "meeting_offer_blank", "pre_proceedings.is_meeting_offered"),
        *("pre_proceedings.letter_sent_date", _not_offered),
        "a letter before proceedings, not said whether a family group meeting was offered",
        "true or false",
        "add it",
    ),
    rule(
        *("9008", "first_meeting_year", "pre_proceedings.first_meeting_date", ""),
        is_before_year("pre_proceedings", "first_meeting_date"),
        "a first pre-proceedings meeting before the census year",
        "a meeting in the census year",
        "take it out, or put the date right",
    ),
    rule(
        *("9010Q", "meeting_held_blank", "pre_proceedings.is_meeting_held"),
        *("pre_proceedings.is_meeting_offered", _not_held),
        "a family group meeting offered, not said whether it was held",
        "true or false",
        "add it",
    ),
    rule(
        *("9015Q", "review_meetings_blank", "pre_proceedings.review_meetings"),
        *("pre_proceedings.is_meeting_held", _reviews_blank),
        "a meeting held, not said how many review meetings there were",
        "a number, 0 where there was none",
        "add it",
    ),
)
