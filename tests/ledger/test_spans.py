from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb_analysis.ledger.spans import read_span


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2016-04-01..2017-03-31", date(2016, 4, 1), date(2017, 3, 31)),
        ("2016/17", date(2016, 4, 1), date(2017, 3, 31)),
        ("2016-2017", date(2016, 4, 1), date(2017, 3, 31)),
        ("12 months to 2017-03-31", date(2016, 4, 1), date(2017, 3, 31)),
        ("year ending 31 March 2017", date(2016, 4, 1), date(2017, 3, 31)),
        ("31 March 2017", date(2017, 3, 31), date(2017, 3, 31)),
        ("31/03/2017", date(2017, 3, 31), date(2017, 3, 31)),
        ("2017-03", date(2017, 3, 1), date(2017, 3, 31)),
        ("Q4 2016/17", date(2017, 1, 1), date(2017, 3, 31)),
        ("2016-17 Q3 YTD", date(2016, 4, 1), date(2016, 12, 31)),
        ("Jan - Dec 2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-03..2017-03", date(2016, 3, 1), date(2017, 3, 31)),
    ],
)
def test_a_period_is_read_however_it_is_written(text, start, end):
    span = read_span(text)
    assert (span.start, span.end, span.is_vague) == (start, end, False)


@pytest.mark.parametrize("text", ['"as at March 2017"', "end of 2016", "since 2015", "2015?"])
def test_a_period_that_can_be_read_in_two_ways_is_vague(text):
    assert read_span(text).is_vague


@pytest.mark.parametrize("text", ["", "n/s", "n/s (2015?)", "not stated"])
def test_a_period_that_is_not_stated_is_missing(text):
    assert read_span(text).kind == "missing"


@pytest.mark.parametrize("text", ["31/02/2017", "2016-13-01..2017-03-31", "soon"])
def test_a_period_that_is_no_date_is_not_read(text):
    assert read_span(text).kind == "unread"


@given(st.text(max_size=40))
def test_any_text_gives_a_span(text):
    assert read_span(text).kind
