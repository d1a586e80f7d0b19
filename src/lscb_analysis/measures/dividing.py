"""Dividing records: the category that each one falls in, at the date that counts."""

from __future__ import annotations

from datetime import date

import pandas as pd

from lscb_analysis.catalogue import Breakdown, Indicator
from lscb_analysis.periods import Period

NOT_KNOWN = "Not known"
_AGE_BANDS = ((0, "Unborn"), (1, "Under 1"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15"))


def age_in_years(birth_dates: pd.Series, at: pd.Series) -> pd.Series:
    """Whole years at each date, by last birthday; -1 for a child not yet born.

    >>> born = pd.Series(pd.to_datetime(["2010-04-02"]))
    >>> int(age_in_years(born, pd.Series(pd.to_datetime(["2017-04-01"]))).iloc[0])
    6
    """
    years = at.dt.year - birth_dates.dt.year
    before = (at.dt.month * 100 + at.dt.day) < (birth_dates.dt.month * 100 + birth_dates.dt.day)
    return (years - before.astype("int64")).where(at >= birth_dates, -1).where(birth_dates.notna())


def age_band(birth_dates: pd.Series, at: pd.Series) -> pd.Series:
    """The age band at each date: Unborn, Under 1, 1 to 4, 5 to 9, 10 to 15, 16 to 17, Not known.

    An age outside childhood is not a band: it counts as not known.
    """
    ages = age_in_years(birth_dates, at)
    bands = pd.Series(NOT_KNOWN, index=birth_dates.index, dtype="str")
    bands[(ages >= 16) & (ages < 18)] = "16 to 17"
    for below, name in reversed(_AGE_BANDS):
        bands[ages < below] = name
    return bands


def categories(records: pd.DataFrame, breakdown: Breakdown, indicator: Indicator, period: Period):
    """The category of each record: a text Series on the records' index.

    Age bands are at the event, or on the period's last day where spells are open.
    Anything that is not one of the breakdown's categories is `Not known`.
    """
    if breakdown.column not in records.columns and "birth_date" in records.columns:
        found = age_band(records["birth_date"], _at(records, indicator, period.period_end))
    else:
        found = records[breakdown.column].astype("str")
    return found.where(found.isin(breakdown.categories), NOT_KNOWN)


def _at(records: pd.DataFrame, indicator: Indicator, last_day: date) -> pd.Series:
    if len(indicator.dated_by) == 2:
        return pd.Series(pd.Timestamp(last_day), index=records.index)
    return records[indicator.dated_by[0]]
