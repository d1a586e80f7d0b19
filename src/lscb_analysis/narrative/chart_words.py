"""Headlines and alt texts of charts: what a chart shows, in figures that its table has."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb_analysis.catalogue import Breakdown, Indicator
from lscb_analysis.narrative.changing import LEVELS, change_of, change_words, is_scatter_known
from lscb_analysis.narrative.phrases import in_sentence, listed, number_phrase, when, when_row
from lscb_analysis.narrative.sentences import pattern_words
from lscb_analysis.printed import is_percentage, is_shown, limits_text, number_text
from lscb_analysis.selecting import year_before
from lscb_analysis.signals import Signal


def chart_headline(points: pd.DataFrame, indicator: Indicator, signal: Signal | None = None) -> str:
    """The message of a line over time, above it: out of the ordinary, else how it has changed.

    A change that is not clear is not the message: then it says so, or that it is usual.
    """
    title = indicator.title
    if points.empty:
        return f"{title}: no figures"
    if signal is not None and signal.is_outside:
        side = "higher" if signal.direction == "up" else "lower"
        trial = " (trial limits)" if signal.state == "trial_outside" else ""
        return f"{title}: {side} than usual {when(signal.period_type, signal.period)}{trial}"
    if signal is not None and signal.state == "pattern":
        return f"{title}: {pattern_words(signal)}"
    latest, before = points.iloc[-1], year_before(points)
    if before is None or not (_is_shown(latest) and _is_shown(before)):
        return f"{title}: {number_phrase(latest, indicator)} {when_row(latest)}"
    words = change_words(latest, before, indicator)
    linked = "the same as" if words == "the same" else f"{words} than"
    earlier = "the years before" if latest["period_type"] == "pooled" else "a year before"
    found = change_of(points, indicator)
    is_apart = found is not None and found.is_clear(0 if is_percentage(indicator) else 1)
    is_clear = is_apart and is_scatter_known(points)
    if not is_clear and latest["period_type"] not in LEVELS and words != "the same":
        if signal is not None and signal.state == "inside":
            return f"{title}: within its usual range {when(signal.period_type, signal.period)}"
        if found is not None and not is_apart:
            return f"{title}: no clear difference from {earlier}"
        return f"{title}: {number_phrase(latest, indicator)} {when_row(latest)}"
    return f"{title}: {linked} {earlier}"


def chart_alt(points: pd.DataFrame, indicator: Indicator, signal: Signal | None = None) -> str:
    """What a line over time shows: its span, smallest, largest and newest figure, its gaps."""
    said = is_shown(points) | points["band_lower"].notna()
    if not said.any():
        return f"No figure of {in_sentence(indicator.title)} is printed."
    span = points.iloc[int(said.to_numpy().argmax()) :]
    texts, shown = number_text(span, indicator), span[is_shown(span)]
    first, last = span["period"].iloc[0], span["period"].iloc[-1]
    parts = [f"Line chart of {in_sentence(indicator.title)}, {first} to {last}."]
    if len(shown):
        told = [
            f"{texts.iloc[at]} ({span['period'].iloc[at]})" for at in _smallest_and_largest(span)
        ]
        parts.append(f"Smallest {told[0]}, largest {told[1]}, newest {texts.iloc[-1]}.")
    gaps = int(span["value"].isna().sum() - span["band_lower"].notna().sum())
    if gaps:
        parts.append("One period is not printed." if gaps == 1 else "Some periods are not printed.")
    if signal is not None and signal.has_limits:
        usual = limits_text(signal.lower, signal.upper, indicator)
        place = f"{'above' if signal.direction == 'up' else 'below'}"
        where = place if signal.is_outside else "within"
        kind = "trial limits" if signal.state.startswith("trial") else "usual range"
        parts.append(f"The newest is {where} the {kind} ({usual}).")
        if signal.stands_out:
            parts.append("What stands out is ringed.")
    return " ".join(parts)


def trend_alt(points: pd.DataFrame, indicator: Indicator) -> str:
    """What a line the size of a word shows, without a figure: the row beside it has those."""
    shown = points[is_shown(points)]["value"]
    first, last = float(shown.iloc[0]), float(shown.iloc[-1])
    moved = "level with" if last == first else "higher than" if last > first else "lower than"
    lowest, highest = shown.min(), shown.max()
    place = "between its lowest and its highest"
    if lowest == highest:
        place = "never having moved"
    elif last == highest:
        place = "at its highest"
    elif last == lowest:
        place = "at its lowest"
    since = points.iloc[int(is_shown(points).to_numpy().argmax()) :]
    gaps = ", with gaps" if len(shown) < len(since) else ""
    return (
        f"Line of {in_sentence(indicator.title)} over time{gaps}: it ends {moved} where it began, "
        f"{place}."
    )


def comparison_headline(rows: pd.DataFrame, indicator: Indicator) -> str:
    """The message of areas side by side: the area's own figure and period, and no rank."""
    own = rows.iloc[0]
    return f"{indicator.title}: {number_phrase(own, indicator)} in {own['area']} {when_row(own)}"


def comparison_alt(rows: pd.DataFrame, indicator: Indicator) -> str:
    """What areas side by side show: each area's figure, in the chart's order."""
    texts = number_text(rows, indicator)
    parts = [f"{area} {text}" for area, text in zip(rows["area"], texts, strict=True)]
    period = rows["period"].iloc[0]
    return f"Bar chart of {in_sentence(indicator.title)}, {period}: {listed(parts)}."


def breakdown_headline(rows: pd.DataFrame, indicator: Indicator, breakdown: Breakdown) -> str:
    """The message of a breakdown: its largest printed category, where one is largest."""
    grouped = "" if indicator.measure == "share" else f" by {in_sentence(breakdown.title)}"
    by = f"{indicator.title}{grouped}"
    shown = rows[is_shown(rows)]
    largest = shown[shown["value"] == shown["value"].max()]
    if len(largest) != 1 or not largest["value"].iloc[0] > 0 or rows["band_lower"].notna().any():
        return by
    text = number_text(rows, indicator).loc[largest.index].iloc[0]
    # a group withheld to protect another may be larger than any that is printed
    kind = "the largest group" if len(shown) == len(rows) else "the largest group printed"
    return f"{by}: {kind} is {largest['breakdown'].iloc[0]} ({text})"


def breakdown_alt(rows: pd.DataFrame, indicator: Indicator, breakdown: Breakdown) -> str:
    """What a breakdown shows: each category's figure, in the chart's order."""
    texts = number_text(rows, indicator)
    parts = [f"{name} {text}" for name, text in zip(rows["breakdown"], texts, strict=True)]
    grouped = "" if indicator.measure == "share" else f" by {in_sentence(breakdown.title)}"
    by = f"{in_sentence(indicator.title)}{grouped}"
    return f"Bar chart of {by}, {rows['period'].iloc[0]}: {listed(parts)}."


def _is_shown(row: pd.Series) -> bool:
    return bool(is_shown(row.to_frame().T).iloc[0])


def _smallest_and_largest(span: pd.DataFrame) -> list[int]:
    value = span["value"].where(is_shown(span)).to_numpy()
    return [int(np.nanargmin(value)), int(np.nanargmax(value))]
