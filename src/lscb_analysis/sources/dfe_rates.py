"""Rates and percentages made from the counts of official statistics, as they publish them."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.statistics.rounding import percentage, rate

_MID_YEAR = (6, 30)


def derive_rates(
    counts: pd.DataFrame, populations: pd.DataFrame, per: float = 10_000, decimals: int = 1
) -> pd.DataFrame:
    """The counts with `population`, `population_vintage` and `rate`, rounded half up.

    Both are tidy statistics of `read_statistics`, `populations` those of one indicator with
    one row an area and year. A count is divided by the mid-year estimate of the last 30 June
    in or before its period, as the Department for Education has it: the year to 31 March
    2024, and that day, by mid-2023. Missing where the count or the population is.
    """
    by_year = pd.DataFrame(
        {
            "area_code": populations["area_code"].astype("str"),
            "year": populations["period_end"].dt.year,
            "population": populations["value"],
            "population_vintage": populations["vintage"].astype("str"),
        }
    )
    end = counts["period_end"]
    is_after = (end.dt.month * 100 + end.dt.day) >= _MID_YEAR[0] * 100 + _MID_YEAR[1]
    asked = pd.DataFrame(
        {"area_code": counts["area_code"].astype("str"), "year": end.dt.year - (~is_after)}
    )
    found = asked.merge(by_year, on=["area_code", "year"], how="left", validate="m:1")
    found.index = counts.index
    rates = rate(counts["value"], found["population"], per, decimals)
    added = found[["population", "population_vintage"]]
    return counts.assign(**added, rate=rates)  # type: ignore[arg-type]


def derive_percentages(
    statistics: pd.DataFrame, part: str, whole: str, decimals: int = 1
) -> pd.DataFrame:
    """The rows of the indicator `part` with `whole` and `percentage` of it, rounded half up.

    The two indicators are columns of one file; missing where either cell has no number or
    the whole is 0.
    """
    parts = statistics[statistics["indicator"] == part]
    wholes = statistics[statistics["indicator"] == whole][["file", "row", "value"]]
    key = ["file", "row"]
    texts = parts[key].astype({"file": "str"})
    found = texts.merge(wholes.astype({"file": "str"}), on=key, how="left", validate="m:1")
    found.index = parts.index
    percentages = percentage(parts["value"], found["value"], decimals)
    return parts.assign(whole=found["value"], percentage=percentages)
