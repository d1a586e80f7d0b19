"""For the panel alone, in words: the full curve of spells, and the days between events."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.by_day import MARKS, is_beyond, share_at, usual_text
from lscb_analysis.catalogue import Indicator
from lscb_analysis.narrative.phrases import in_sentence

A_YEAR = 12


def curve_headline(curve: pd.DataFrame, indicator: Indicator) -> str:
    """The message of a curve: the share open after a year, else after the last month it shows."""
    marks = [mark for mark in MARKS if share_at(curve, mark) is not None]
    mark = A_YEAR if A_YEAR in marks else max(marks, default=0)
    row = share_at(curve, mark) if mark else None
    if row is None:
        return f"{indicator.title}, day by day"
    unit = "month" if mark == 1 else "months"
    return f"{indicator.title}, day by day: about {row['value']:.0f}% for more than {mark} {unit}"


def curve_alt(curve: pd.DataFrame, indicator: Indicator) -> str:
    """What a curve shows: its shares at the months of its table."""
    told = [
        f"{row['value']:.0f}% after {mark} months"
        for mark in MARKS[2:]
        if (row := share_at(curve, mark)) is not None
    ]
    return (
        f"Curve of {in_sentence(indicator.title)}, {curve['period'].iloc[0]}, falling from 100%"
        + (f": {', '.join(told)}." if told else ".")
    )


def gaps_headline(gaps: pd.DataFrame, indicator: Indicator) -> str:
    """The message of the days between events: that of the newest gap alone."""
    newest = gaps.iloc[-1]
    if not is_beyond(gaps):
        return f"{indicator.title}: the newest gap is within its usual range"
    side = "longer" if newest["value"] > newest["upper"] else "shorter"
    return f"{indicator.title}: the newest gap is {side} than usual"


def gaps_sentence(gaps: pd.DataFrame, indicator: Indicator) -> str:
    """The newest gap against its limits, and what such a chart cannot show."""
    newest = gaps.iloc[-1]
    days, two = _days(newest["value"]), f"two {indicator.unit}"
    usual = f"the usual range ({usual_text(newest)} days, from {len(gaps)} gaps)"
    if not is_beyond(gaps):
        told = f"The newest gap between {two} is {days}, within {usual}."
    elif newest["value"] > newest["upper"]:
        told = (
            f"The newest gap between {two} is {days}, longer than {usual}: a sign of fewer "
            f"{indicator.unit}."
        )
    else:
        told = f"The newest gap between {two} is {days}, shorter than {usual}."
    return (
        f"{told} A chart of gaps shows when {indicator.unit} become rarer; that there are more of "
        "them shows in the counts of years, and hardly here."
    )


def gaps_alt(gaps: pd.DataFrame, indicator: Indicator) -> str:
    """What the days between events show: the shortest, the longest and the newest."""
    newest = _days(gaps["value"].iloc[-1])
    place = "outside" if is_beyond(gaps) else "within"
    return (
        f"Line chart of the days between {indicator.unit}, {gaps['period'].iloc[0]}: from "
        f"{gaps['value'].min():,.0f} to {_days(gaps['value'].max())}. The newest is {newest}, "
        f"{place} the usual range."
    )


def _days(count: float) -> str:
    return "1 day" if count == 1 else f"{count:,.0f} days"
