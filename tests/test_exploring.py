"""For the analyst alone: the days between rare events."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lscb_analysis.exploring import days_between
from lscb_analysis.statistics.rare import g_chart, t_chart


def dates(gaps) -> pd.Series:
    return pd.Series(pd.Timestamp("2014-01-01") + pd.to_timedelta(np.cumsum([0, *gaps]), unit="D"))


def test_days_that_are_all_apart_have_a_t_chart_whatever_the_order_of_the_dates():
    gaps = [12.0, 30, 7, 21, 45, 9, 60, 14, 33, 18, 90]
    found = days_between(dates(gaps).sample(frac=1, random_state=1))
    assert found["days"].tolist() == gaps
    assert found["upper"].tolist() == t_chart(gaps).upper.tolist()


def test_two_events_on_one_day_have_a_g_chart():
    gaps = [12.0, 0, 7, 21, 45, 9, 60, 14, 33, 18, 90]
    found = days_between(dates(gaps))
    assert found["upper"].tolist() == g_chart(gaps).upper.tolist()


def test_a_handful_of_events_has_no_chart():
    with pytest.raises(ValueError, match="needs 10 dates, not 9"):
        days_between(dates([5] * 8))
