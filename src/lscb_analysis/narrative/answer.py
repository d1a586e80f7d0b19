"""The plain answer at the top of a briefing: the main figures, and what stands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lscb_analysis.catalogue import LASTING, Indicator
from lscb_analysis.narrative.changing import change_sentence
from lscb_analysis.narrative.phrases import in_sentence, listed
from lscb_analysis.periods import Quarter
from lscb_analysis.selecting import latest_period_type, own_code, points
from lscb_analysis.signals import MOST_EXCEPTIONS, Signal, judged

TESTED = ("quarter", "financial_year", "calendar_year")


def answer(
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    area_code: str,
    quarter: Quarter,
    *,
    panel_code: str = "",
    most: int = 3,
    period_types: Sequence[str] = TESTED,
) -> list[str]:
    """The answer's sentences: at most three main figures, then what is out of the ordinary.

    The main figures are the first of the theme's indicators, in the catalogue's order, that
    have a printed one; shares and rates of a count already told are passed over. The last
    sentence always says how many figures were judged and how many stand out.
    """
    told: list[str] = []
    seen: set[str] = set()
    for indicator in indicators.values():
        code = own_code(indicator, area_code, panel_code)
        if indicator.measure in ("share", *LASTING) or indicator.of in seen or len(told) == most:
            continue
        period_type = latest_period_type(values, indicator, code, quarter)
        if period_type:
            found = points(values, indicator, code, period_type, until=quarter.end)
            told.append(change_sentence(found, indicator))
            seen.add(indicator.id)
    if not told:
        told.append("No figure can be printed for this theme in this release.")
    signals = judged(
        values, indicators, area_code, period_types, panel_code=panel_code, until=quarter.end
    )
    return [*told, _stands_out(signals, indicators)]


def _stands_out(signals: Sequence[Signal], indicators: Mapping[str, Indicator]) -> str:
    outside = [signal for signal in signals if signal.stands_out]
    if not signals:
        return "No indicator has enough points yet to say what is usual for it."
    if not outside and all(signal.state.startswith("trial_") for signal in signals):
        which = (
            "the one indicator" if len(signals) == 1 else f"none of the {len(signals)} indicators"
        )
        is_not = "is not" if len(signals) == 1 else "is"
        return (
            f"Nothing stands out: {which} with limits {is_not} outside them, and they are trial "
            "limits, which rest on few points."
        )
    if not outside:
        if len(signals) == 1:
            return (
                "Nothing stands out: the one indicator with enough points to judge is within "
                "its usual range."
            )
        return (
            f"Nothing stands out: all {len(signals)} indicators with enough points to judge are "
            "within their usual range."
        )
    names = [_name(signal, indicators[signal.indicator]) for signal in outside[:MOST_EXCEPTIONS]]
    count = (
        "The one indicator"
        if len(signals) == 1
        else f"{len(outside)} of the {len(signals)} indicators"
    )
    verb, whose = ("is", "its") if len(outside) == 1 else ("are", "their")
    is_trial = all(signal.state == "trial_outside" for signal in outside)
    kind = "trial limits, which rest on few points" if is_trial else "usual range"
    if any(signal.state == "pattern" for signal in outside):
        stand = "stands" if len(outside) == 1 else "stand"
        return f"{count} with limits {stand} out: {listed(names)}."
    furthest = "; the furthest are " if len(outside) > MOST_EXCEPTIONS else ": "
    return f"{count} with limits {verb} outside {whose} {kind}{furthest}{listed(names)}."


def _name(signal: Signal, indicator: Indicator) -> str:
    return f"{in_sentence(indicator.title)} ({_SIDES[signal.rule or 'outside', signal.direction]})"


_SIDES = {
    ("outside", "up"): "higher",
    ("outside", "down"): "lower",
    ("trend", "up"): "rising",
    ("trend", "down"): "falling",
    ("shift", "up"): "a run above its mean",
    ("shift", "down"): "a run below its mean",
    ("two in three", "up"): "near the upper end of its range",
    ("two in three", "down"): "near the lower end of its range",
}
