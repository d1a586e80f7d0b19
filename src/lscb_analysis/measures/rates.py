"""Rates: a measured count per so many of the population of its financial year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.periods import quarter_of
from lscb_analysis.statistics.rounding import rate

Row = dict[str, object]


def population_years(period_type: str, start: date, end: date) -> list[int]:
    """The mid-years whose populations a period's rate is per: one for each financial year.

    A date, a financial year and a rolling year have that of the financial year they end in
    (the mid-year in which it starts); years taken together have one for each.

    >>> population_years("date", date(2017, 3, 31), date(2017, 3, 31))
    [2016]
    >>> population_years("pooled", date(2014, 4, 1), date(2017, 3, 31))
    [2014, 2015, 2016]
    """
    last = quarter_of(end).year
    return list(range(quarter_of(start).year, last + 1)) if period_type == "pooled" else [last]


def rate_rows(
    indicator: Indicator, of: Iterable[Row], populations: pd.DataFrame, place: str
) -> list[Row]:
    """The rate's rows, made from the rows of the count it is a rate of.

    Only for the period types the indicator names, and totals only. A population that is
    missing makes the rate unavailable, never zero.
    """
    known = populations[
        (populations["series"] == indicator.per) & (populations["area_code"] == place)
    ].set_index("year")["population"]
    return [
        _rate_row(indicator, row, known)
        for row in of
        if row["period_type"] in indicator.periods and row["breakdown_topic"] == "Total"
    ]


def _rate_row(indicator: Indicator, row: Row, known: pd.Series) -> Row:
    made = row | {"indicator": indicator.id}
    if row["status"] != "unchecked":
        return made
    start, end = row["period_start"], row["period_end"]
    assert isinstance(start, date)
    assert isinstance(end, date)
    years = population_years(str(row["period_type"]), start, end)
    missing = [str(year) for year in years if year not in known.index]
    if missing:
        reason = f"no population is held for mid-{missing[0]}"
        blank = {"numerator": float("nan"), "denominator": float("nan"), "value": float("nan")}
        return made | blank | {"status": "unavailable", "symbol": "x", "reason": reason}
    population = float(sum(known[year] for year in years))
    count = float(str(row["numerator"]))
    value = rate(count, population, indicator.scale, indicator.decimals or 1)
    return made | {"denominator": population, "value": value}
