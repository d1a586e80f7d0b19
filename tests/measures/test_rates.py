from __future__ import annotations

from datetime import date

import pandas as pd

from lscb_analysis.measures.rates import rate_rows
from tests.drawn import indicator, table

RATE = indicator(
    "plans_rate",
    "rate",
    of="plans",
    per="population_0_17_mid_year",
    scale=10_000,
    periods=("date", "pooled"),
    decimals=1,
)
POPULATIONS = table(
    """
    series                   | area_code | year | population
    population_0_17_mid_year | E06000016 | 2014 | 82188
    population_0_17_mid_year | E06000016 | 2015 | 83785
    population_0_17_mid_year | E06000016 | 2016 | 85492
    """
)


def _count(period_type: str, start: date, end: date, number: float) -> dict[str, object]:
    return {
        "indicator": "plans",
        "period_type": period_type,
        "period": "a period",
        "period_start": start,
        "period_end": end,
        "breakdown_topic": "Total",
        "status": "unchecked",
        "numerator": number,
        "denominator": float("nan"),
        "value": number,
    }


def test_the_rate_at_31_march_is_per_the_mid_year_before():
    day = date(2017, 3, 31)
    rows = rate_rows(RATE, [_count("date", day, day, 397)], POPULATIONS, "E06000016")
    assert (rows[0]["denominator"], rows[0]["value"]) == (85492, 46.4)


def test_a_pooled_rate_is_per_the_years_added_up():
    count = _count("pooled", date(2014, 4, 1), date(2017, 3, 31), 300)
    rows = rate_rows(RATE, [count], POPULATIONS, "E06000016")
    assert (rows[0]["denominator"], rows[0]["value"]) == (82188 + 83785 + 85492, 11.9)


def test_a_quarter_never_has_a_rate():
    count = _count("quarter", date(2017, 1, 1), date(2017, 3, 31), 100)
    assert rate_rows(RATE, [count], POPULATIONS, "E06000016") == []


def test_a_rate_without_its_population_is_unavailable_and_says_so():
    day = date(2018, 3, 31)
    row = rate_rows(RATE, [_count("date", day, day, 397)], POPULATIONS, "E06000016")[0]
    assert (row["status"], row["reason"]) == ("unavailable", "no population is held for mid-2017")
    assert pd.isna(row["value"])
