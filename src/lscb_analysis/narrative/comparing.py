"""The area's figure beside its comparators': numbers first, a difference only with its interval."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.narrative.counted import above, rounding
from lscb_analysis.narrative.phrases import listed, when
from lscb_analysis.printed import covered_text, is_percentage, is_shown, unit_label
from lscb_analysis.selecting import Comparators, comparison_rows
from lscb_analysis.statistics.intervals import Numbers, difference, rate_ratio
from lscb_analysis.statistics.rounding import round_half_up

# the wider the comparator, the less one area's own figure is in it
_WIDEST_FIRST = ("country", "region", "neighbours", "neighbour")


def comparison_sentence(
    values: pd.DataFrame,
    indicator: Indicator,
    area_code: str,
    comparators: Comparators,
    *,
    until: date | None = None,
) -> str:
    """The area's and its comparators' figures of the newest period they share, with its name.

    Where numerators and bases are there too, a second sentence sets the area against the
    widest comparator that has them: the difference in percentage points, or the ratio of
    rates, with its 95% interval, or that there is no clear difference. The intervals take
    children as independent of each other. Empty where nothing can be set beside it.
    """
    rows = comparison_rows(values, indicator, area_code, comparators, until=until)
    shown = rows[is_shown(rows)]
    if len(shown) < 2:
        return ""
    texts = list(covered_text(shown, indicator))
    parts = [f"{name} {text}" for name, text in zip(shown["area"], texts, strict=True)]
    told = when(str(shown["period_type"].iloc[0]), str(shown["period"].iloc[0]))
    ending = "" if is_percentage(indicator) else f" {unit_label(indicator)}"
    sentence = f"{told[0].upper()}{told[1:]}: {listed(parts)}{ending}."
    return f"{sentence} {_difference(shown, indicator)}".strip()


def _difference(shown: pd.DataFrame, indicator: Indicator) -> str:
    is_share = is_percentage(indicator)
    counts = [above(row) if is_share else row["numerator"] for _, row in shown.iterrows()]
    known = shown.assign(above=counts)
    counted = known[known["above"].notna() & (known["denominator"] > 0)]
    if counted.empty or counted["role"].iloc[0] != "own":
        return ""
    own = counted.iloc[0]
    for role in _WIDEST_FIRST:
        others = counted[counted["role"] == role]
        if len(others):
            other = others.iloc[0]
            if is_share:
                inexact = (rounding(own, indicator) + rounding(other, indicator)) / 100
                gap, lower, upper = _interval(difference, own, other)
                return _points_apart(own, other, gap, lower - inexact, upper + inexact)
            if indicator.measure == "rate":
                return _ratio(own, other, *_interval(rate_ratio, own, other))
    return ""


def _interval(
    method: Callable[..., tuple[Numbers, Numbers, Numbers]], own: pd.Series, other: pd.Series
) -> tuple[float, float, float]:
    found, lower, upper = method(
        own["above"], own["denominator"], other["above"], other["denominator"]
    )
    return float(found[0]), float(lower[0]), float(upper[0])


def _points_apart(own: pd.Series, other: pd.Series, gap: float, lower: float, upper: float) -> str:
    if lower <= 0 <= upper:
        return (
            f"There is no clear difference between {own['area']} and {other['area']}: it could "
            f"be anything from {_points(lower)} to {_points(upper)}."
        )
    nearer, further = sorted((abs(lower), abs(upper)))
    side = "higher" if gap > 0 else "lower"
    return (
        f"{own['area']} is {_one(abs(gap))} percentage points {side} than {other['area']} "
        f"(95% confidence interval {_one(nearer)} to {_one(further)})."
    )


def _ratio(own: pd.Series, other: pd.Series, ratio: float, lower: float, upper: float) -> str:
    if not np.isfinite([ratio, lower, upper]).all():
        return ""
    if lower <= 1 <= upper:
        return (
            f"There is no clear difference between {own['area']} and {other['area']}: it could "
            f"be anything from {_percent(lower)} to {_percent(upper)}."
        )
    nearer, further = sorted((abs(lower - 1), abs(upper - 1)))
    side = "higher" if ratio > 1 else "lower"
    return (
        f"The rate of {own['area']} is {_one(abs(ratio - 1))}% {side} than that of "
        f"{other['area']} (95% confidence interval {_one(nearer)}% to {_one(further)}%)."
    )


def _one(part: float) -> str:
    return f"{float(round_half_up(part * 100, 1)):,.1f}"


def _points(gap: float) -> str:
    return f"{_one(abs(gap))} percentage points {'lower' if gap < 0 else 'higher'}"


def _percent(ratio: float) -> str:
    return f"{_one(abs(ratio - 1))}% {'lower' if ratio < 1 else 'higher'}"
