"""What single days tell, for the panel alone: the full curve of spells, the days between events.

Each step of the curve is the end of one child's spell, and the days between deaths with one known
date give all of them: these are records, not figures, and are never among the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
import pandas as pd

from lscb_analysis.by_day import BETWEEN, COLUMNS, CURVE
from lscb_analysis.catalogue import Indicator
from lscb_analysis.measures.counting import rows_where
from lscb_analysis.measures.lasting import lasting_window, spells_in
from lscb_analysis.measures.windows import POOLED_YEARS, Stretches, is_covered, stretches_of
from lscb_analysis.periods import Quarter, day_label
from lscb_analysis.statistics.durations import lasting
from lscb_analysis.statistics.rare import g_chart, t_chart

FEWEST_EVENTS = 10
FEWEST_ENDED = 10


def by_day(
    records: Mapping[str, pd.DataFrame],
    coverage: pd.DataFrame,
    indicators: Iterable[Indicator],
    quarter: Quarter,
) -> pd.DataFrame:
    """The curves and the days between events that a quarter's records allow, one row a point.

    Columns as `lscb_analysis.by_day` has them. An indicator whose years are not
    covered, or with too few events, has no rows.
    """
    stretches, found = stretches_of(coverage), []
    for indicator in indicators:
        table = records.get(indicator.source)
        if table is None:
            continue
        chosen = rows_where(table, indicator.where)
        if indicator.measure == "still_open":
            found.append(_curve(indicator, chosen, stretches, quarter))
        elif indicator.is_rare_by_day:
            found.append(_between(indicator, chosen, stretches, quarter))
    empty = pd.DataFrame(columns=list(COLUMNS))
    made = [each for each in found if len(each)]
    return pd.concat(made, ignore_index=True)[list(COLUMNS)] if made else empty


def days_between(dates: pd.Series) -> pd.DataFrame:
    """The days between events, oldest first, with the limits of their chart.

    One row is one gap: at (the number of the event it ends with), value (days), middle, lower,
    upper. Days that are never 0 have a T chart (Nelson 1994), others a G chart (Benneyan 2001).
    Raises ValueError with fewer than ten dates.

    >>> dates = pd.Series(pd.date_range("2014-01-01", periods=12, freq="30D"))
    >>> days_between(dates)["value"].unique().tolist()
    [30.0]
    """
    known = pd.to_datetime(dates.dropna()).sort_values()
    if len(known) < FEWEST_EVENTS:
        raise ValueError(f"a chart of rare events needs {FEWEST_EVENTS} dates, not {len(known)}")
    days = known.diff().dt.days.to_numpy(dtype="float64")[1:]
    limits = t_chart(days) if (days > 0).all() else g_chart(days)
    return pd.DataFrame(
        {
            "at": np.arange(2, len(known) + 1, dtype="float64"),
            "value": days,
            "middle": limits.mean,
            "lower": limits.lower,
            "upper": limits.upper,
        }
    )


def _curve(
    indicator: Indicator, records: pd.DataFrame, stretches: Stretches, quarter: Quarter
) -> pd.DataFrame:
    period = lasting_window(indicator, quarter)
    if not _is_covered(indicator, stretches, period.period_start, period.period_end):
        return pd.DataFrame()
    spells = spells_in(records, indicator.dated_by, period)
    if spells.has_ended.sum() < FEWEST_ENDED:
        return pd.DataFrame()
    found = lasting(spells.days, spells.has_ended, entered=spells.entered)
    low, high = found.limits()
    return pd.DataFrame(
        {
            "indicator": indicator.id,
            "kind": CURVE,
            "period": period.period,
            "at": found.times,
            "value": found.share * 100,
            "lower": low * 100,
            "upper": high * 100,
            "middle": np.nan,
            "watched": found.at_risk,
        }
    )


def _between(
    indicator: Indicator, records: pd.DataFrame, stretches: Stretches, quarter: Quarter
) -> pd.DataFrame:
    """Of the three years that end with the quarter."""
    first, last = quarter.next(1 - 4 * POOLED_YEARS).start, quarter.end
    if not _is_covered(indicator, stretches, first, last):
        return pd.DataFrame()
    dates = records[indicator.dated_by[0]]
    seen = dates[dates.between(pd.Timestamp(first), pd.Timestamp(last))]
    if len(seen) < FEWEST_EVENTS:
        return pd.DataFrame()
    told = f"{day_label(first)} to {day_label(last)}"
    return days_between(seen).assign(
        indicator=indicator.id, kind=BETWEEN, period=told, watched=np.nan
    )


def _is_covered(indicator: Indicator, stretches: Stretches, first: date, last: date) -> bool:
    back = pd.Timestamp(first) - pd.DateOffset(months=indicator.needs_months)
    table = indicator.needs_table or indicator.source
    return is_covered(stretches, indicator.source, first, last) and is_covered(
        stretches, table, back.date(), last
    )
