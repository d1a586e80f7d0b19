"""Several years' returns in one folder: which financial year each file of episodes is of."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lscb_analysis.periods import financial_year_period
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.parsed import Parsed

LAST_DAY = "return_date"


def with_return_date(episodes: Parsed, context: Context) -> Parsed:
    """The episodes with `return_date`, the last day of the return that each row's file is of.

    It is that of the submission's financial year, but for a file that is an earlier
    year's: the last date in it (DECOM or DEC) lies in an earlier year, and it has a child
    whom a later file has too. A file's name says nothing.
    """
    rows, files = episodes.rows, episodes.places["table"]
    ending = financial_year_period(context.quarter.year).period_end.year
    years = _last_dates(rows).groupby(files).max().pipe(_ending_years).fillna(ending)
    earlier = {
        file: int(year)
        for file, year in years[years.lt(years.max())].items()
        if _shares_a_child(rows, files.isin([file]), files.isin(years[years.gt(year)].index))
    }
    ends = files.map(earlier).fillna(ending).astype("int64")
    days = pd.to_datetime(ends.astype("str") + "-03-31").astype("datetime64[ns]")
    return replace(episodes, rows=rows.assign(**{LAST_DAY: days.set_axis(rows.index)}))


def latest_first(episodes: Parsed) -> Parsed:
    """The episodes of the latest return first, and in it the open, then the last to end.

    Of rows for one episode, the first is then the one that counts.
    """
    order = ["return_date", "ended"]
    ended = episodes.rows["ceased_date"].fillna(pd.Timestamp.max)
    ranked = episodes.rows[[LAST_DAY]].assign(ended=ended)
    ordered = ranked.sort_values(order, ascending=False, kind="stable").index
    return replace(episodes, rows=episodes.rows.loc[ordered])


def last_file_first(table: Parsed) -> Parsed:
    """The rows of the last file first, for a table that says by no date of which year it is.

    Files are in order of their names, which most often begin with their year or have it at
    the same place, so that of a child in several years' files the latest year's row counts.
    """
    order = table.places["table"].sort_values(ascending=False, kind="stable").index
    return replace(table, rows=table.rows.loc[order])


def _last_dates(rows: pd.DataFrame) -> pd.Series:
    return rows[["started_date", "ceased_date"]].max(axis=1)


def _ending_years(days: pd.Series) -> pd.Series:
    """The calendar year in which the financial year of each day ends."""
    return days.dt.year + days.dt.month.gt(3).astype("int64")


def _shares_a_child(rows: pd.DataFrame, here: pd.Series, later: pd.Series) -> bool:
    children = rows["child_id"]
    is_here = here.reindex(rows.index) & children.notna()
    return bool(children[is_here].isin(children[later.reindex(rows.index)]).any())
