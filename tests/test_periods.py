from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb_analysis.periods import (
    Quarter,
    add_working_days,
    parse_quarter,
    pooled_period,
    quarter_of,
    quarter_period,
    rolling_year_period,
    working_days_between,
)

QUARTERS = st.builds(Quarter, st.integers(1990, 2090), st.integers(1, 4))
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


def days(*texts: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(list(texts)))


@given(QUARTERS)
def test_a_quarter_is_read_back_from_its_name(quarter):
    assert parse_quarter(quarter.id) == quarter
    assert parse_quarter(quarter.label) == quarter


@given(QUARTERS)
def test_each_quarter_starts_the_day_after_the_one_before(quarter):
    assert (quarter.start - quarter.next(-1).end).days == 1


@given(QUARTERS)
def test_both_ends_of_a_quarter_fall_in_it(quarter):
    assert quarter_of(quarter.start) == quarter_of(quarter.end) == quarter


def test_the_fourth_quarter_is_in_the_next_calendar_year():
    period = quarter_period(Quarter(2016, 4))
    assert (period.period_start, period.period_end) == (date(2017, 1, 1), date(2017, 3, 31))


@pytest.mark.parametrize("text", ["2016-18-Q4", "2016-17-Q5", "2016-17", "Q4", "", "2016/17 Q4"])
def test_what_is_not_a_quarter_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="write it as 2016-17-Q4"):
        parse_quarter(text)


def test_a_rolling_year_is_the_four_quarters_to_its_end():
    year = rolling_year_period(Quarter(2016, 2))
    assert (year.period_start, year.period_end) == (date(2015, 10, 1), date(2016, 9, 30))


def test_pooled_years_run_from_april_to_march():
    span = pooled_period(2014, 2016)
    assert (span.period_start, span.period_end) == (date(2014, 4, 1), date(2017, 3, 31))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2017-01-03", "2017-01-03", 0),  # the start is day 0
        ("2017-01-03", "2017-01-04", 1),
        ("2017-01-06", "2017-01-09", 1),  # a weekend
        ("2016-12-23", "2016-12-28", 1),  # Christmas and Boxing Day, the latter moved to the 27th
        ("2017-04-13", "2017-04-18", 1),  # Easter
        ("2020-05-07", "2020-05-11", 1),  # the early May holiday was moved to the 8th that year
        ("2017-01-04", "2017-01-03", -1),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(start, end, expected):
    assert working_days_between(days(start), days(end)).tolist() == [expected]


def test_scotlands_holiday_is_a_working_day_in_england():
    assert working_days_between(days("2017-01-02"), days("2017-01-03")).tolist() == [1]
    assert working_days_between(days("2016-11-29"), days("2016-11-30")).tolist() == [1]


def test_a_missing_date_has_no_working_days():
    assert working_days_between(days("2017-01-03"), days(None)).isna().all()


@given(DAYS, st.integers(0, 60))
def test_a_due_date_is_as_many_working_days_after_its_start(start, count):
    begin = days(start.isoformat())
    due = add_working_days(begin, count)
    assert working_days_between(begin, due).tolist() == [count]
