"""Rules of the CIN census about the episode: referral, need, closure, and what an episode holds."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources.cin_census_around import (
    AFTER_ASSESSMENT,
    Fails,
    birthday,
    has,
    is_after_death,
    is_before,
    is_before_year,
    is_second_open,
    is_weekend,
    of_person,
    of_row,
    rule,
    starts_within,
)
from lscb_analysis.sources.cin_census_layouts import CHILD, EPISODE
from lscb_analysis.sources.rules import Rule, Sent

_BEFORE_BIRTH_DAYS = 280
_ADULT = 25
_DATES = (
    *(("assessments", "start_date"), ("enquiries", "s47_start_date")),
    *(("enquiries", "conference_date"), ("cin_plans", "plan_start_date")),
    *(("cin_plans", "plan_end_date"), ("cp_plans", "plan_start_date")),
    ("cp_plans", "plan_end_date"),
)


def _is_nfa(sent: Sent) -> pd.Series:
    return sent["episodes"]["is_no_further_action"].fillna(False).astype(bool)


def _nfa_blank(sent: Sent) -> pd.Series:
    return sent["episodes"]["is_no_further_action"].isna()


def _long_before_birth(sent: Sent) -> pd.Series:
    earliest = of_person(sent, "episodes", "birth_date") - pd.Timedelta(days=_BEFORE_BIRTH_DAYS)
    return sent["episodes"]["referral_date"].lt(earliest)


def _over_25(sent: Sent) -> pd.Series:
    until = sent["episodes"]["closed_date"].fillna(sent.last_day)
    return birthday(of_person(sent, "episodes", "birth_date"), _ADULT).lt(until)


def _early_nfa(sent: Sent) -> pd.Series:
    return _is_nfa(sent) & sent["episodes"]["referral_date"].lt(sent.first_day)


def _no_need(sent: Sent) -> pd.Series:
    return sent["episodes"]["primary_need"].eq("") & ~_is_nfa(sent)


def _no_reason(sent: Sent) -> pd.Series:
    rows = sent["episodes"]
    return rows["closed_date"].notna() & rows["closure_reason"].eq("")


def _no_closure(sent: Sent) -> pd.Series:
    rows = sent["episodes"]
    return rows["closed_date"].isna() & rows["closure_reason"].ne("")


def _is_open(sent: Sent) -> pd.Series:
    return sent["episodes"]["closed_date"].isna() & ~_is_nfa(sent)


def _two_open(sent: Sent) -> pd.Series:
    return is_second_open(sent["episodes"], _is_open(sent))


def _open_not_latest(sent: Sent) -> pd.Series:
    rows = sent["episodes"]
    latest = rows[~_is_nfa(sent)].groupby(CHILD)["referral_date"].max()
    is_latest = rows["referral_date"].eq(of_row(rows, CHILD, latest))
    return _is_open(sent) & ~is_latest & ~_two_open(sent)


def _overlap(sent: Sent) -> pd.Series:
    rows = sent["episodes"][~_is_nfa(sent)]
    inside = starts_within(rows, "referral_date", rows["closed_date"].fillna(sent.last_day))
    return inside.reindex(sent["episodes"].index, fill_value=False)


def _active_after_closure(sent: Sent) -> pd.Series:
    closed = sent["episodes"]["closed_date"]
    last = sent["episodes"]["conference_date"]
    for table, column in _DATES:
        latest = sent[table].groupby(EPISODE)[column].max().reindex(closed.index)
        last = last.where(last.ge(latest) | latest.isna(), latest)
    return last.gt(closed)


def _died_without_date(sent: Sent) -> pd.Series:
    rows = sent["episodes"]
    return rows["closure_reason"].eq("RC2") & of_person(sent, "episodes", "death_date").isna()


def _after_assessment(sent: Sent) -> pd.Series:
    return sent["episodes"]["closure_reason"].isin(AFTER_ASSESSMENT)


def _without_assessment(sent: Sent) -> pd.Series:
    return _after_assessment(sent) & ~has(sent, "assessments")


def _went_further(sent: Sent) -> pd.Series:
    plans = has(sent, "enquiries") | has(sent, "cin_plans") | has(sent, "cp_plans")
    return _after_assessment(sent) & (plans | sent["episodes"]["conference_date"].notna())


def _nfa_enquired(sent: Sent) -> pd.Series:
    enquired = has(sent, "assessments") | has(sent, "enquiries")
    return _is_nfa(sent) & (enquired | sent["episodes"]["conference_date"].notna())


def _nfa_with(table: str) -> Fails:
    return lambda sent: _is_nfa(sent) & has(sent, table)


def _conference_twice(sent: Sent) -> pd.Series:
    held = sent["enquiries"]["conference_date"].notna()
    return sent["episodes"]["conference_date"].notna() & has(sent, "enquiries", held)


_NFA = "episodes.is_no_further_action"
_CONFERENCE = "episodes.conference_date"
_CLOSED = "episodes.closed_date"
RULES: tuple[Rule, ...] = (
    rule(
        *("8866", "source_blank", "episodes.referral_source", ""),
        lambda sent: sent["episodes"]["referral_source"].eq(""),
        *("no referral source", "a referral source", "add it"),
    ),
    rule(
        *("8606", "referral_before_birth", "episodes.referral_date", "children.birth_date"),
        _long_before_birth,
        "a referral more than 40 weeks before the birth",
        "at most 280 days before the birth",
        "put the date of the referral or of the birth right",
    ),
    rule(
        *("8555Q", "referral_after_death", "episodes.referral_date", "children.death_date"),
        is_after_death("episodes", "referral_date"),
        "a referral after the death",
        "a referral before the death",
        "put the date of the referral or of the death right",
    ),
    rule(
        *("8775Q", "over_25", "episodes.closed_date", "children.birth_date", _over_25),
        *("an episode of somebody over 25", "an end before the 25th birthday"),
        "close the episode, or put the date of birth right",
    ),
    rule(
        *("8568", "nfa_blank", _NFA, "", _nfa_blank),
        "not said whether the referral led to no further action",
        *("true or false", "add it"),
    ),
    rule(
        *("8569Q", "nfa_early", _NFA, "episodes.referral_date", _early_nfa),
        "a referral of an earlier year with no further action",
        "referrals without further action in the year they were made",
        "take it out, or put it right",
    ),
    rule(
        *("8610", "need_blank", "episodes.primary_need", _NFA, _no_need),
        *("no primary need on a referral that went further", "a primary need", "add it"),
    ),
    rule(
        *("8630", "closed_before_referral", _CLOSED, "episodes.referral_date"),
        is_before("episodes", "closed_date", "referral_date"),
        "a closure before the referral",
        "a closure on or after the referral",
        "put the date that is wrong right",
    ),
    rule(
        *("8620", "closed_year", _CLOSED, "", is_before_year("episodes", "closed_date")),
        "a closure before the census year",
        "a closure in the census year",
        "take the episode out, or put the date right",
    ),
    rule(
        *("8805", "reason_lacking", "episodes.closure_reason", _CLOSED, _no_reason),
        *("a closure without a reason", "a reason for every closure", "add the reason"),
    ),
    rule(
        *("8810", "closure_lacking", _CLOSED, "episodes.closure_reason", _no_closure),
        "a reason for closure without a date that can be read",
        "the date of the closure",
        "add the date, or take the reason out",
    ),
    rule(
        *("8815", "two_open", _CLOSED, _NFA, _two_open),
        *("a second open episode of the same child", "one open episode"),
        "close the one that has ended",
    ),
    rule(
        *("8816", "open_not_latest", _CLOSED, f"{_NFA} episodes.referral_date", _open_not_latest),
        "an open episode with a later one of the same child after it",
        "only the latest open",
        "close it",
    ),
    rule(
        *("8820", "overlap", "episodes.referral_date", f"{_NFA} {_CLOSED}", _overlap),
        "a referral during an earlier episode of the same child",
        "one episode after another",
        "put the dates right, or join the episodes",
    ),
    rule(
        "8565",
        "active_after_closure",
        _CLOSED,
        " ".join(f"{table}.{column}" for table, column in _DATES),
        _active_after_closure,
        "an assessment, enquiry, conference or plan after the closure",
        "no activity after the closure",
        "put the dates right, or send it under the next episode",
    ),
    rule(
        *("8585Q", "died_without_date", "episodes.closure_reason", "children.death_date"),
        _died_without_date,
        "closed as the child died, without a date of death that can be read",
        "the date of death",
        "add it, or put the reason right",
    ),
    rule(
        *("8825Q", "closed_without_assessment", "episodes.closure_reason", "assessments."),
        _without_assessment,
        "closed after assessment, without an assessment",
        "the assessment",
        "add it, or put the reason right",
    ),
    rule(
        "2990",
        "closed_after_more",
        "episodes.closure_reason",
        "enquiries. cin_plans. cp_plans.",
        _went_further,
        "closed after assessment, with an enquiry, a conference or a plan",
        "another reason for closure",
        "put the reason right",
    ),
    rule(
        *("8831", "nfa_assessed", _NFA, f"assessments. enquiries. {_CONFERENCE}", _nfa_enquired),
        "no further action, with an assessment, an enquiry or a conference",
        "none of these after no further action",
        "put right whether there was further action",
    ),
    rule(
        *("8832", "nfa_cp_plan", _NFA, "cp_plans.", _nfa_with("cp_plans")),
        "no further action, with a child protection plan",
        "no plan after no further action",
        "put right whether there was further action",
    ),
    rule(
        *("4000", "nfa_cin_plan", _NFA, "cin_plans.", _nfa_with("cin_plans")),
        "no further action, with a child in need plan",
        "no plan after no further action",
        "put right whether there was further action",
    ),
    rule(
        *("2884", "conference_twice", _CONFERENCE, "enquiries.conference_date", _conference_twice),
        "an initial conference given for the episode and for its enquiry",
        "each conference once",
        "leave it to the enquiry",
    ),
    rule(
        *(
            "8715",
            "conference_year",
            _CONFERENCE,
            "",
            is_before_year("episodes", "conference_date"),
        ),
        "an initial conference before the census year",
        "a conference in the census year",
        "take it out, or put the date right",
    ),
    rule(
        *("8875", "conference_weekend", _CONFERENCE, "", is_weekend("episodes", "conference_date")),
        *("an initial conference on a Saturday or Sunday", "a weekday", "put the date right"),
    ),
    rule(
        *("1104", "conference_before_referral", _CONFERENCE, "episodes.referral_date"),
        is_before("episodes", "conference_date", "referral_date"),
        "an initial conference before the referral",
        "a conference on or after the referral",
        "put the date that is wrong right",
    ),
)
