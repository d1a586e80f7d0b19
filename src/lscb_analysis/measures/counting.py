"""Counting records: rows in a period, spells open at a date, and what lies above the line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lscb_analysis.catalogue import Indicator, breakdowns
from lscb_analysis.periods import Period
from lscb_analysis.statistics.rounding import percentage, round_half_up

NAN = float("nan")


@dataclass(frozen=True)
class Counted:
    """One cell of a table: what was counted, out of what, and the measure made from them.

    `lower` and `upper` are its confidence limits, where it has any.
    """

    numerator: float
    denominator: float
    value: float
    lower: float = NAN
    upper: float = NAN


def rows_where(records: pd.DataFrame, where: Mapping[str, Any]) -> pd.DataFrame:
    """The records whose columns equal the values asked for, or are in the lists asked for.

    A missing value equals nothing.
    """
    chosen = np.ones(len(records), dtype=bool)
    for column, wanted in where.items():
        accepted = wanted if isinstance(wanted, list | tuple) else [wanted]
        chosen &= records[column].isin(accepted).fillna(False).to_numpy(dtype=bool)
    return records[chosen]


def columns_used(indicator: Indicator, table: pd.DataFrame) -> list[str]:
    """The columns of its records that an indicator and its breakdowns look at, in their order."""
    used = {*indicator.dated_by, *indicator.where, "birth_date"}
    used |= {indicator.value_column, indicator.sum_of, indicator.counted_by}
    used |= {
        breakdowns()[name].column for name in (*indicator.breakdowns, indicator.share_by) if name
    }
    if indicator.numerator is not None:
        numerator = indicator.numerator
        used |= {*numerator.dated_by, *numerator.where, numerator.sum_of}
    return [name for name in table.columns if name in used]


def rows_dated(records: pd.DataFrame, dated_by: tuple[str, ...], period: Period) -> pd.DataFrame:
    """The records that belong to a period.

    One date column: it falls within the period. Two: the spell that starts with the
    first and ends with the second is open on the period's last day; a spell that ends
    on a day is not open on that day.
    """
    first, last = np.datetime64(period.period_start), np.datetime64(period.period_end)
    if len(dated_by) == 2:
        started, ended = (records[column].to_numpy() for column in dated_by)
        return records[(started <= last) & (np.isnat(ended) | (ended > last))]
    dates = records[dated_by[0]].to_numpy()
    return records[(dates >= first) & (dates <= last)]


def counted(indicator: Indicator, records: pd.DataFrame, period: Period) -> Counted:
    """The indicator for the records given in one period (not for rates and shares).

    A return that lacks a number makes the sum missing, never smaller.
    """
    return counted_among(indicator, rows_where(records, indicator.where), period)


def counted_among(indicator: Indicator, records: pd.DataFrame, period: Period) -> Counted:
    """What `counted` gives, of records that are chosen already as the indicator's `where` asks."""
    rows = rows_dated(records, indicator.dated_by, period)
    if indicator.measure == "duration":
        days = rows[indicator.value_column].dropna()
        median = round_half_up(float(days.median()), indicator.decimals) if len(days) else NAN
        return Counted(NAN, float(len(days)), median)
    if indicator.measure == "proportion":
        above, below = _proportion(indicator, records, rows, period)
        return Counted(above, below, percentage(above, below) if below else NAN)
    total = _size(rows, indicator.sum_of, indicator.counted_by)
    return Counted(total, NAN, total)


def _proportion(
    indicator: Indicator, records: pd.DataFrame, rows: pd.DataFrame, period: Period
) -> tuple[float, float]:
    assert indicator.numerator is not None
    numerator = indicator.numerator
    if numerator.dated_by:
        above = rows_where(rows_dated(records, numerator.dated_by, period), numerator.where)
    else:
        above = rows_where(rows, numerator.where)
    if indicator.sum_of:
        return (
            _size(above, numerator.sum_of or indicator.sum_of, ""),
            _size(rows, indicator.sum_of, ""),
        )
    if indicator.counted_by and indicator.rule == "all":
        units = rows[indicator.counted_by]
        missed = units[~rows.index.isin(above.index)]
        return float(units.nunique() - missed.nunique()), float(units.nunique())
    return _size(above, "", indicator.counted_by), _size(rows, "", indicator.counted_by)


def _size(rows: pd.DataFrame, sum_of: str, counted_by: str) -> float:
    if sum_of:
        return float(rows[sum_of].sum(skipna=False))
    if counted_by:
        return float(rows[counted_by].nunique())
    return float(len(rows))
