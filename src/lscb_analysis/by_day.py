"""The table of what single days tell: its columns, and what is read from its rows.

One row is one point. `kind` is `share still open` (`at` days since the start, `value` the share
open just after, its 95 % limits, `watched` how many were watched just before) or `days between`
(`at` the number of the event, `value` the days since the one before, with its chart's limits and
`middle`). It is for the panel's page and never lies with the values.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb_analysis.statistics.durations import DAYS_A_MONTH

CURVE, BETWEEN = "share still open", "days between"
COLUMNS = ("indicator", "kind", "period", "at", "value", "lower", "upper", "middle", "watched")
FEWEST_WATCHED = 10
MARKS = (1, 2, 3, 6, 9, 12, 18, 24, 30, 36)  # months


def share_at(curve: pd.DataFrame, months: float) -> pd.Series | None:
    """The row of the curve in force after so many months; None before its first or past its end.

    >>> curve = pd.DataFrame({"at": [20.0, 200.0], "value": [80.0, 30.0]})
    >>> share_at(curve, 3)["value"], share_at(curve, 0.5), share_at(curve, 12)
    (np.float64(80.0), None, None)
    """
    days = months * DAYS_A_MONTH
    if curve.empty or not curve["at"].iloc[0] <= days <= curve["at"].iloc[-1]:
        return None
    return curve[curve["at"] <= days].iloc[-1]


def is_beyond(gaps: pd.DataFrame) -> bool:
    """Whether the newest gap lies outside the limits of its chart."""
    newest = gaps.iloc[-1]
    return bool(newest["value"] > newest["upper"] or newest["value"] < newest["lower"])


def usual_text(row: pd.Series) -> str:
    """The limits of one gap in the whole days that lie within them.

    >>> usual_text(pd.Series({"lower": 0.2, "upper": 54.9}))
    'up to 54'
    >>> usual_text(pd.Series({"lower": 2.2, "upper": 54.9}))
    '3 to 54'
    """
    low, high = int(np.ceil(row["lower"])), int(np.floor(row["upper"]))
    return f"up to {high:,}" if low <= 1 else f"{low:,} to {high:,}"
