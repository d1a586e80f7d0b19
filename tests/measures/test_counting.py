from __future__ import annotations

from datetime import date

import pandas as pd

from lscb_analysis.measures.counting import counted, rows_where
from lscb_analysis.periods import Quarter, date_period, quarter_period, rolling_year_period
from tests.drawn import indicator, table

Q4 = quarter_period(Quarter(2016, 4))
PLANS = table(
    """
    child_id | plan_start_date | plan_end_date | two_years_date
    A        | 2016-12-31      | -             | 2018-12-31
    B        | 2017-01-01      | 2017-03-31    | 2019-01-01
    C        | 2017-03-31      | -             | 2019-03-31
    D        | 2014-06-01      | 2017-04-01    | 2016-06-01
    E        | 2015-03-31      | -             | 2017-03-31
    """
)


def test_a_plan_counts_in_the_quarter_it_started():
    starts = indicator("starts", source="cp_plans", dated_by=("plan_start_date",))
    assert counted(starts, PLANS, Q4).value == 2


def test_a_plan_that_ends_on_a_day_is_not_open_on_that_day():
    stock = indicator("stock", "stock", dated_by=("plan_start_date", "plan_end_date"))
    assert counted(stock, PLANS, date_period(date(2017, 3, 31))).value == 4
    assert counted(stock, PLANS, date_period(date(2017, 4, 1))).value == 3


def test_plans_open_two_years_are_a_share_of_the_plans_open_that_day():
    two_years = indicator(
        "two_years",
        "proportion",
        dated_by=("plan_start_date", "plan_end_date"),
        numerator={"dated_by": ("two_years_date", "plan_end_date")},
    )
    cell = counted(two_years, PLANS, date_period(date(2017, 3, 31)))
    assert (cell.numerator, cell.denominator, cell.value) == (2, 4, 50.0)


def test_a_missing_answer_is_not_a_yes():
    referrals = table(
        """
        child_id | referral_date | is_re_referral
        A        | 2017-01-05    | yes
        B        | 2017-01-06    | no
        C        | 2017-01-07    | -
        """
    )
    again = indicator(
        "again",
        "proportion",
        dated_by=("referral_date",),
        numerator={"where": {"is_re_referral": True}},
    )
    cell = counted(again, referrals, Q4)
    assert (cell.numerator, cell.denominator, cell.value) == (1, 3, 33.3)


def test_a_child_with_one_late_review_is_not_on_time():
    reviews = table(
        """
        child_id | due_date   | is_on_time
        A        | 2017-01-05 | yes
        A        | 2017-03-05 | no
        B        | 2017-02-01 | yes
        """
    )
    on_time = indicator(
        "on_time",
        "proportion",
        dated_by=("due_date",),
        counted_by="child_id",
        rule="all",
        numerator={"where": {"is_on_time": True}},
    )
    cell = counted(on_time, reviews, Q4)
    assert (cell.numerator, cell.denominator) == (1, 2)


def test_a_victim_with_any_repeat_counts_once():
    incidents = table(
        """
        victim_id | incident_date | is_repeat
        V         | 2016-05-05    | no
        V         | 2016-08-05    | yes
        V         | 2017-03-05    | yes
        W         | 2017-02-01    | no
        """
    )
    repeats = indicator(
        "repeats",
        "proportion",
        dated_by=("incident_date",),
        counted_by="victim_id",
        numerator={"where": {"is_repeat": True}},
    )
    cell = counted(repeats, incidents, rolling_year_period(Quarter(2016, 4)))
    assert (cell.numerator, cell.denominator, cell.value) == (1, 2, 50.0)


def test_meeting_totals_are_added_up_not_counted():
    meetings = table(
        """
        meeting_date | cases | repeat_cases
        2017-01-10   | 40    | 13
        2017-02-10   | 38    | 11
        2017-04-10   | 41    | 12
        """
    )
    repeat = indicator(
        "repeat",
        "proportion",
        dated_by=("meeting_date",),
        sum_of="cases",
        numerator={"sum_of": "repeat_cases"},
    )
    cell = counted(repeat, meetings, Q4)
    assert (cell.numerator, cell.denominator, cell.value) == (24, 78, 30.8)


def test_a_duration_is_the_median_of_what_is_known():
    reviews = table(
        """
        review_date | days_to_review
        2017-01-10  | 200
        2017-02-10  | 301
        2017-02-11  | -
        """
    )
    days = indicator("days", "duration", dated_by=("review_date",), value_column="days_to_review")
    cell = counted(days, reviews, Q4)
    assert (cell.denominator, cell.value) == (2, 251)


def test_nothing_to_measure_has_no_percentage():
    none = PLANS.iloc[0:0]
    share = indicator(
        "share",
        "proportion",
        dated_by=("plan_start_date",),
        numerator={"where": {"child_id": "A"}},
    )
    assert pd.isna(counted(share, none, Q4).value)


def test_a_list_in_a_filter_means_any_of_them():
    assert list(rows_where(PLANS, {"child_id": ["A", "C"]})["child_id"]) == ["A", "C"]
