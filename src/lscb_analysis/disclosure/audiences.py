"""What each audience may see: the panel its headlines, the public rounded figures only."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lscb_analysis.catalogue import LASTING, Indicator, Policy, Profile
from lscb_analysis.disclosure.small import is_small
from lscb_analysis.statistics.rounding import percentage, rate
from lscb_analysis.values import TOTAL

PANEL, PARTNERSHIP, PUBLIC = "panel", "partnership", "public"
PUBLIC_ROUNDS_TO = 5
UNDER_SMALL_TOTAL = "not broken down: the figure as a whole is small"


def too_small_to_break_down(rows: pd.DataFrame, profiles: Mapping[int, Profile]) -> list[int]:
    """The rows of breakdowns whose whole is small, by index: the panel sees the whole alone.

    With a whole of 1 to 5 printed, no part of it could be protected to the legend.
    """
    key = ["indicator", "area_code", "period_type", "period"]
    is_total = rows["breakdown_topic"].eq(TOTAL)
    small = {
        tuple(row[key])
        for index, row in rows[is_total].iterrows()
        if any(is_small(count, profiles[int(str(index))]) for count in _counts(row))
    }
    parts = rows[~is_total]
    return [int(str(index)) for index, row in parts.iterrows() if tuple(row[key]) in small]


def for_public(
    protected: pd.DataFrame, indicators: Mapping[str, Indicator], policy: Policy
) -> pd.DataFrame:
    """The protected table for the public: every count of ours to the nearest 5.

    Made from what the partnership sees and from nothing else, so who holds both learns
    nothing more. Percentages and rates are made again from the rounded counts, and what a
    duration is out of is rounded too; how long spells last, what is withheld, a band or an
    official statistic stays as it is.
    """
    made = protected.copy()
    own = made["source"].eq("submissions") & made["status"].isin(["published", "low_reliability"])
    shown = made.loc[own]
    for index, row in shown.iterrows():
        indicator = indicators[row["indicator"]]
        if policy.profiles[indicator.profile].protects:
            for column, item in _rounded_row(row, indicator).items():
                made.at[index, column] = item  # type: ignore[index, assignment]
    return made


def _rounded_row(row: pd.Series, indicator: Indicator) -> dict[str, object]:
    if indicator.measure in LASTING:
        return {}
    above, below = to_nearest(row["numerator"]), row["denominator"]
    if indicator.measure == "duration":
        return {"denominator": to_nearest(below)}
    if indicator.measure in ("count", "stock"):
        return {"numerator": above, "value": above, "status": "rounded"}
    if indicator.measure == "rate":
        value = rate(above, below, indicator.scale, indicator.decimals or 1)
        return {"numerator": above, "value": value, "status": "rounded"}
    below = to_nearest(below)
    if row["status"] == "low_reliability" or not below or np.isnan(above):
        return {"numerator": above, "denominator": below}
    value = min(percentage(above, below, indicator.decimals or 1), 100.0)
    return {"numerator": above, "denominator": below, "value": value, "status": "rounded"}


def to_nearest(count: float) -> float:
    """The count to the nearest 5, halves up.

    >>> [to_nearest(count) for count in (6, 7, 8, 12.0)]
    [5.0, 5.0, 10.0, 10.0]
    """
    return float(PUBLIC_ROUNDS_TO * np.floor(count / PUBLIC_ROUNDS_TO + 0.5))


def _counts(row: pd.Series) -> list[int]:
    above, below = row["numerator"], row["denominator"]
    counts = [above] if pd.isna(below) else [above, below, below - above]
    return [round(count) for count in counts if pd.notna(count)]
