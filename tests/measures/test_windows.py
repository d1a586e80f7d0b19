from __future__ import annotations

import itertools
from datetime import date

import pytest

from lscb_analysis.measures.windows import breakdown_windows, is_covered, stretches_of, windows
from lscb_analysis.periods import Quarter
from tests.drawn import indicator, table

COVERAGE = table(
    """
    table     | start      | end
    referrals | 2014-01-01 | 2014-06-30
    referrals | 2014-04-01 | 2014-09-30
    referrals | 2015-01-01 | 2015-03-31
    """
)


def test_twenty_quarters_are_measured_and_end_with_the_one_asked_for():
    labels = [period.period for period in windows("quarter", Quarter(2016, 4))]
    assert (len(labels), labels[0], labels[-1]) == (20, "2012-13 Q1", "2016-17 Q4")


def test_rolling_years_do_not_overlap():
    periods = windows("rolling_year", Quarter(2016, 2))
    assert all(a.period_end < b.period_start for a, b in itertools.pairwise(periods))


def test_pooled_years_are_two_spans_of_three_that_do_not_overlap():
    labels = [period.period for period in windows("pooled", Quarter(2016, 4))]
    assert labels == ["2011-12 to 2013-14", "2014-15 to 2016-17"]


def test_a_financial_year_that_is_not_over_is_not_measured():
    assert windows("financial_year", Quarter(2016, 3))[-1].period == "2015-16"


def test_a_breakdown_is_shown_for_the_latest_date_and_the_one_a_year_before():
    stock = indicator(periods=("date",))
    periods = [period.period for period in breakdown_windows(stock, Quarter(2016, 4))]
    assert periods == ["31 March 2016", "31 March 2017"]


def test_breakdowns_of_rolling_years_end_with_a_financial_year_so_that_none_overlap():
    flow = indicator(periods=("quarter", "rolling_year"))
    for quarter in (Quarter(2016, 4), Quarter(2017, 1), Quarter(2017, 3)):
        periods = [period.period for period in breakdown_windows(flow, quarter)]
        assert periods == ["12 months to 2015-16 Q4", "12 months to 2016-17 Q4"]


@pytest.mark.parametrize(
    ("start", "end", "covered"),
    [
        (date(2014, 4, 1), date(2014, 9, 30), True),
        (date(2014, 1, 1), date(2014, 9, 30), True),
        (date(2014, 9, 1), date(2015, 1, 31), False),
        (date(2013, 12, 31), date(2014, 1, 31), False),
        (date(2015, 1, 1), date(2015, 3, 31), True),
    ],
)
def test_days_are_covered_only_where_submissions_join_up(start, end, covered):
    assert is_covered(stretches_of(COVERAGE), "referrals", start, end) is covered


def test_a_table_nobody_sent_covers_nothing():
    assert not is_covered(stretches_of(COVERAGE), "cp_plans", date(2015, 1, 1), date(2015, 1, 1))
