"""Every authority's published counts and bases, for funnels: by indicator and year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.periods import Period, date_period, financial_year_period
from lscb_analysis.sources.published_values import POPULATION

COLUMNS = [
    *("indicator", "area_code", "area", "period", "period_end"),
    *("numerator", "denominator", "release"),
]
AUTHORITIES = ("E06", "E07", "E08", "E09", "E10")
FEWEST = 50  # fewer areas say little of how much areas differ


def all_areas(figures: pd.DataFrame, indicators: Iterable[Indicator]) -> pd.DataFrame:
    """Each authority's count and its base, year by year.

    `figures` are published ones (series, area_code, area, period, value, release). One row is
    one indicator and authority; both numbers are of one release, and a population is that of
    the mid-year before the year's end. An authority with either withheld has no row, and
    neither has a year that fewer than 50 authorities have. Oldest first, by area code.
    """
    found = [_of(figures, item) for item in indicators if item.funnel_of]
    frames = [rows for rows in found if len(rows)]
    if not frames:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(frames, ignore_index=True)[COLUMNS]


def _of(figures: pd.DataFrame, item: Indicator) -> pd.DataFrame:
    counts = [_series(figures, series) for series in item.funnel_of]
    bases = _series(figures, item.funnel_per)
    if item.funnel_per.startswith(POPULATION):
        bases = bases.assign(period=bases["period"] + 1)
    joined = bases.rename(columns={"value": "denominator"}).drop(columns="release")
    for number, count in enumerate(counts):
        part = count[["area_code", "period", "value", "release"]]
        part = part.rename(columns={"value": f"part_{number}", "release": f"release_{number}"})
        joined = joined.merge(part, on=["area_code", "period"], validate="1:1")
    joined = joined[joined.groupby("period")["area_code"].transform("size").ge(FEWEST)]
    if joined.empty:
        return joined
    ordered = joined.sort_values(["period", "area_code"])
    parts = [f"part_{number}" for number in range(len(counts))]
    periods = {year: _period(item, int(year)) for year in ordered["period"].unique()}
    return ordered.assign(
        indicator=item.id,
        period_end=pd.to_datetime(ordered["period"].map(lambda year: periods[year].period_end)),
        period=ordered["period"].map(lambda year: periods[year].period),
        numerator=ordered[parts].sum(axis=1, skipna=False),
        release=ordered["release_0"],
    )


def _period(item: Indicator, year: int) -> Period:
    if item.published_period == "date":
        return date_period(date(year, 3, 31))
    return financial_year_period(year - 1)


def _series(figures: pd.DataFrame, series: str) -> pd.DataFrame:
    """One series of authorities alone: year by year the release that most of them are in."""
    rows = figures[
        figures["series"].eq(series)
        & figures["value"].notna()
        & figures["area_code"].str.startswith(AUTHORITIES)
    ]
    if rows.empty:
        return rows[["area_code", "area", "period", "value", "release"]]
    rows = rows.assign(period=rows["period"].astype("int64"))
    size = rows.groupby(["period", "release"])["area_code"].transform("nunique")
    fullest = size.eq(size.groupby(rows["period"]).transform("max"))
    kept = rows[fullest].drop_duplicates(["area_code", "period"], keep="last")
    return kept[["area_code", "area", "period", "value", "release"]]
