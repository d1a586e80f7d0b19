from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from lscb_analysis.catalogue import Breakdown
from lscb_analysis.measures.dividing import age_band, age_in_years, categories
from lscb_analysis.periods import date_period
from tests.drawn import indicator, table


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("2017-04-01", "Unborn"),
        ("2017-03-31", "Under 1"),
        ("2016-04-01", "Under 1"),
        ("2016-03-31", "1 to 4"),
        ("2012-04-01", "1 to 4"),
        ("2012-03-31", "5 to 9"),
        ("2001-04-01", "10 to 15"),
        ("2001-03-31", "16 to 17"),
        ("1999-03-31", "Not known"),
        (None, "Not known"),
    ],
)
def test_a_child_is_in_the_age_band_of_its_last_birthday(born, band):
    births = pd.Series(pd.to_datetime([born])).astype("datetime64[ns]")
    at = pd.Series(pd.to_datetime(["2017-03-31"]))
    assert list(age_band(births, at)) == [band]


def test_a_birthday_counts_on_its_day():
    births = pd.Series(pd.to_datetime(["2001-03-31", "2001-04-01"]))
    at = pd.Series(pd.to_datetime(["2017-03-31"] * 2))
    assert list(age_in_years(births, at)) == [16, 15]


def test_the_age_of_an_open_spell_is_the_age_at_the_period_end():
    plans = table(
        """
        birth_date | plan_start_date | plan_end_date
        2016-03-01 | 2016-03-01      | -
        """
    )
    ages = Breakdown("age_band", "Age", "age_band", ("Under 1", "1 to 4", "Not known"))
    stock = indicator("stock", "stock", dated_by=("plan_start_date", "plan_end_date"))
    starts = indicator("starts", dated_by=("plan_start_date",))
    day = date_period(date(2017, 3, 31))
    assert list(categories(plans, ages, stock, day)) == ["1 to 4"]
    assert list(categories(plans, ages, starts, day)) == ["Under 1"]


def test_a_category_nobody_knows_is_not_known():
    plans = table(
        """
        latest_category | plan_start_date
        Neglect         | 2017-01-01
        Nelgect         | 2017-01-01
        """
    )
    abuse = Breakdown("abuse", "Category", "latest_category", ("Neglect",))
    starts = indicator("starts", dated_by=("plan_start_date",))
    found = categories(plans, abuse, starts, date_period(date(2017, 3, 31)))
    assert list(found) == ["Neglect", "Not known"]
