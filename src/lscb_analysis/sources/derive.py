"""Derived columns of referrals, assessments, enquiries, conferences and plans, from history.

Day 0 is the start date in every count of working days; weekends and England's bank
holidays do not count (`periods.working_days_between`).
"""

from __future__ import annotations

import pandas as pd

from lscb_analysis.periods import add_months, add_working_days, working_days_between
from lscb_analysis.sources.spells import due_chain

ASSESSMENT_DAYS = 45
CONFERENCE_DAYS = 15
MATURED_DAYS = 20
RE_REFERRAL_MONTHS = 12
TWO_YEARS_MONTHS = 24
FIRST_REVIEW_MONTHS = 3
NEXT_REVIEW_MONTHS = 6


def referrals(events: pd.DataFrame) -> pd.DataFrame:
    """The referrals with `is_re_referral`."""
    return events.assign(is_re_referral=is_re_referral(events))


def is_re_referral(events: pd.DataFrame) -> pd.Series:
    """Whether the same child had a referral 1 day to 12 months before, in all history held.

    >>> days = pd.to_datetime(["2016-01-10", "2017-01-10", "2018-01-11"])
    >>> is_re_referral(pd.DataFrame({"child_id": "a", "referral_date": days})).tolist()
    [False, True, False]
    """
    before = previous_date(events, "referral_date")
    earliest = add_months(events["referral_date"], -RE_REFERRAL_MONTHS)
    return (before.notna() & before.ge(earliest)).astype("boolean")


def previous_date(events: pd.DataFrame, column: str, of: str | None = None) -> pd.Series:
    """The last date (of column `of`, or the same) of the child's event before each event."""
    ordered = events.sort_values(["child_id", column], kind="stable")
    before = ordered.groupby("child_id")[of or column].shift()
    return before.reindex(events.index)


def assessments(events: pd.DataFrame) -> pd.DataFrame:
    """The assessments with `working_days` from start to authorisation, and whether within 45."""
    days = working_days_between(events["start_date"], events["authorised_date"])
    return events.assign(
        working_days=days, is_within_45_working_days=_at_most(days, ASSESSMENT_DAYS)
    )


def section_47s(events: pd.DataFrame) -> pd.DataFrame:
    """The enquiries with `has_conference` and `matured_date` (working day 20 after the start)."""
    return events.assign(
        has_conference=events["conference_date"].notna().astype("boolean"),
        matured_date=add_working_days(events["s47_start_date"], MATURED_DAYS),
    )


def conferences(events: pd.DataFrame) -> pd.DataFrame:
    """The initial conferences with their timeliness.

    `is_transfer_in`: no section 47 enquiry. `is_timed`: not so, and not before its
    enquiry. `working_days` from the enquiry's start, and whether within 15; both are
    missing where the conference is not timed.
    """
    is_transfer = events["s47_start_date"].isna()
    is_timed = ~is_transfer & events["conference_date"].ge(events["s47_start_date"])
    days = working_days_between(events["s47_start_date"], events["conference_date"])
    days = days.where(is_timed)
    return events.assign(
        working_days=days,
        is_transfer_in=is_transfer.astype("boolean"),
        is_timed=is_timed.astype("boolean"),
        is_within_15_working_days=_at_most(days, CONFERENCE_DAYS),
    )


def cp_plans(
    spells: pd.DataFrame, reviews: pd.DataFrame, known_from: pd.Timestamp, as_of: pd.Timestamp
) -> pd.DataFrame:
    """The plans with the columns that need their dates, earlier plans and reviews."""
    ended = previous_date(spells, "plan_start_date", of="plan_end_date")
    start, two_years = spells["plan_start_date"], add_months(spells["plan_start_date"], 24)
    until = reviews_on_time_until(spells, reviews, known_from, as_of)
    previous = spells["previous_plans"]
    had_plan = (previous.gt(0) | ended.notna()).where(previous.notna() | ended.notna())
    return spells.assign(
        has_previous_plan=had_plan.astype("boolean"),
        has_previous_plan_within_2_years=(
            ended.notna() & ended.ge(add_months(start, -TWO_YEARS_MONTHS))
        ).astype("boolean"),
        two_years_date=two_years,
        three_months_date=add_months(start, FIRST_REVIEW_MONTHS),
        lasted_2_years=spells["plan_end_date"].ge(two_years).astype("boolean"),
        reviews_on_time_until=until,
    )


def reviews_on_time_until(
    plans: pd.DataFrame, reviews: pd.DataFrame, known_from: pd.Timestamp, as_of: pd.Timestamp
) -> pd.Series:
    """The earlier of the plan's end and the first day that a review was overdue.

    The first review is due 3 months after the start, each later one 6 months after the
    one before (Working Together). A review on its due date is on time: overdue
    begins the day after. Missing where neither has come by `as_of`. `known_from` is the
    first day that the reviews held cover; a review done before it is not known.
    """
    if plans.empty:
        return pd.Series(pd.NaT, index=plans.index, dtype="datetime64[ns]")
    chain = due_chain(
        plans[["child_id", "plan_start_date", "plan_end_date"]],
        reviews,
        event="review_date",
        start="plan_start_date",
        end="plan_end_date",
        known_from=known_from,
        first_due=lambda starts: add_months(starts, FIRST_REVIEW_MONTHS),
        next_due=lambda days, _number: add_months(days, NEXT_REVIEW_MONTHS),
    )
    is_late = chain["review_date"].isna() | chain["review_date"].gt(chain["due_date"])
    chain["overdue_date"] = (chain["due_date"] + pd.Timedelta(days=1)).where(is_late)
    first = chain.groupby(["child_id", "plan_start_date"])["overdue_date"].min()
    keys = pd.MultiIndex.from_frame(plans[["child_id", "plan_start_date"]])
    overdue = pd.Series(first.reindex(keys).to_numpy(), index=plans.index)
    overdue = overdue.where(overdue.le(as_of))
    until = pd.concat([plans["plan_end_date"], overdue], axis=1).min(axis=1)
    return until.astype("datetime64[ns]")


def _at_most(days: pd.Series, limit: int) -> pd.Series:
    return days.le(limit).where(days.notna()).astype("boolean")
