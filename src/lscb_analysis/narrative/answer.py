"""The plain answer at the top of a briefing: the main figures, and what stands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lscb_analysis.catalogue import LASTING, Indicator
from lscb_analysis.narrative.changing import change_sentence
from lscb_analysis.narrative.phrases import in_sentence, listed
from lscb_analysis.periods import Quarter
from lscb_analysis.printed import is_shown
from lscb_analysis.selecting import latest_period_type, own_code, points
from lscb_analysis.signals import MOST_EXCEPTIONS, Signal, is_news, judged

TESTED = ("quarter", "financial_year", "calendar_year")
NOTHING = "No figure can be printed for this theme in this release."
NOTHING_NEW = (
    "There is no new figure for this theme: the newest that are printed stand below with "
    "their dates."
)
CLEAR = ": a clear difference"
WITHIN = (
    "A clear difference from the same period a year before can still lie within the range "
    "that figures usually move in."
)


def answer(
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    area_code: str,
    quarter: Quarter,
    *,
    panel_code: str = "",
    most: int = 3,
    period_types: Sequence[str] = TESTED,
    signals: Sequence[Signal] | None = None,
) -> list[str]:
    """The answer's sentences: at most three main figures, then what is out of the ordinary.

    The main figures are the first of the theme's indicators, in the catalogue's order, that
    have a printed one for this quarter, or a year's of the last year; shares and rates of a
    count already told are passed over. Then how many figures were judged and how many stand
    out; and where a clear difference from a year before is told and nothing stands out, how
    both can be so. `signals` are those of `judged`, where they have been worked out already.
    """
    told: list[str] = []
    seen: set[str] = set()
    passed_over = 0
    for indicator in indicators.values():
        code = own_code(indicator, area_code, panel_code)
        if indicator.measure in ("share", *LASTING) or indicator.of in seen or len(told) == most:
            continue
        period_type = latest_period_type(values, indicator, code, quarter)
        if period_type:
            found = points(values, indicator, code, period_type, until=quarter.end)
            if is_news(found, quarter.end) and _is_given(found):
                told.append(change_sentence(found, indicator))
                seen.add(indicator.id)
            else:
                passed_over += 1
    if not told:
        told.append(NOTHING_NEW if passed_over else NOTHING)
    if signals is None:
        signals = judged(
            values, indicators, area_code, period_types, panel_code=panel_code, until=quarter.end
        )
    at_odds = CLEAR in " ".join(told) and not any(signal.stands_out for signal in signals)
    return [*told, stands_out(signals, indicators), *([WITHIN] if at_odds and signals else [])]


def _is_given(found: pd.DataFrame) -> bool:
    """Whether the newest figure is printed, as a number or a band."""
    newest = found.iloc[-1]
    return bool(is_shown(found).iloc[-1]) or bool(pd.notna(newest["band_lower"]))


def stands_out(signals: Sequence[Signal], indicators: Mapping[str, Indicator]) -> str:
    """The sentence on how many figures were judged, and which stand out."""
    outside = [signal for signal in signals if signal.stands_out]
    if not signals:
        return "No indicator has enough points yet to say what is usual for it."
    if not outside:
        return f"Nothing stands out: {_all_within(signals)}."
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


def _all_within(signals: Sequence[Signal]) -> str:
    """How many are within their usual range, and how many within limits that are a first trial."""
    trials = sum(signal.state.startswith("trial_") for signal in signals)
    firm = len(signals) - trials
    few = "trial limits, which rest on few points"
    if not firm:
        if trials == 1:
            return f"the one indicator with limits is not outside them, and they are {few}"
        return f"none of the {trials} indicators with limits is outside them, and they are {few}"
    told = (
        "the one indicator with enough points to judge is within its usual range"
        if firm == 1
        else f"{_all(firm)} indicators with enough points to judge are within their usual range"
    )
    if not trials:
        return told
    more = "one more is" if trials == 1 else f"{trials} more are"
    return f"{told}; {more} within {few}"


def _all(count: int) -> str:
    return "both" if count == 2 else f"all {count}"


def _name(signal: Signal, indicator: Indicator) -> str:
    return f"{in_sentence(indicator.title)} ({_SIDES[signal.rule or 'outside', signal.direction]})"


_SIDES = {
    ("outside", "up"): "higher",
    ("outside", "down"): "lower",
    ("trend", "up"): "rising",
    ("trend", "down"): "falling",
    ("shift", "up"): "above its average for long",
    ("shift", "down"): "below its average for long",
    ("two in three", "up"): "near the upper end of its range",
    ("two in three", "down"): "near the lower end of its range",
}
