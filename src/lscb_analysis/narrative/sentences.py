"""Whole sentences on one indicator: its change, its signal, and what to ask about it."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.narrative.phrases import (
    gap_words,
    in_sentence,
    number_phrase,
    when,
    when_row,
)
from lscb_analysis.printed import SUBMISSIONS, is_shown, limits_text, number_text
from lscb_analysis.selecting import year_before
from lscb_analysis.signals import Signal
from lscb_analysis.statistics.rounding import percentage

# under this base a percentage change says more than the numbers do
SMALLEST_BASE = 20
_STEPS = {
    "quarter": ("quarter", "quarter-to-quarter"),
    "month": ("month", "month-to-month"),
    "financial_year": ("year", "year-to-year"),
    "calendar_year": ("year", "year-to-year"),
}


def change_sentence(points: pd.DataFrame, indicator: Indicator) -> str:
    """The newest figure beside the one a year before it, with the change in plain numbers.

    `points` are one period type's, oldest first. Counts also have the change as a percentage
    where the earlier one is 20 or more; percentages change in percentage points. What is
    withheld is said to be; nothing is said of cause, of steadiness or of significance.
    Empty where there is no point at all.
    """
    if points.empty:
        return ""
    latest = points.iloc[-1]
    now = f"{indicator.title}: {number_phrase(latest, indicator)} {when_row(latest)}"
    if not _is_shown(latest):
        return f"{now}{_band_note(latest)}."
    before = year_before(points)
    if before is None:
        return f"{now}; there is no earlier figure to set beside it."
    if not _is_shown(before):
        earlier = f"{number_phrase(before, indicator)} {when_row(before)}"
        return f"{now}; beside it stands {earlier}, so the change is not given."
    return f"{now}, {_change(latest, before, indicator)}."


def change_words(latest: pd.Series, before: pd.Series, indicator: Indicator) -> str:
    """The change between two printed figures: `121 fewer`, `the same`; rounded ones `about`."""
    gap = float(latest["value"]) - float(before["value"])
    if gap == 0:
        return "the same"
    about = "about " if "rounded" in (latest["status"], before["status"]) else ""
    return about + gap_words(gap, indicator)


def signal_sentence(signal: Signal, indicator: Indicator) -> str:
    """What may be said of the newest figure against its usual range, and no more."""
    title, step = indicator.title, _STEPS.get(signal.period_type, ("period", "usual"))
    at = when(signal.period_type, signal.period) if signal.period else "in this release"
    if signal.state == "no_data":
        return f"{title}: no figure is printed {at}, so it cannot be set against its usual range."
    if signal.state == "stock":
        why = (
            "the years overlap"
            if signal.period_type in ("rolling_year", "pooled")
            else "a level at one date depends on the level before it"
        )
        return f"{title}: described and not tested {at}, because {why}."
    if signal.state == "too_few":
        return (
            f"{title}: too few {step[0]}s or events to judge what is usual "
            f"({_points(signal.count)} printed)."
        )
    usual = limits_text(signal.lower, signal.upper, indicator)
    if signal.state == "trial_inside":
        return f"{title}: too few {step[0]}s to judge ({signal.count})."
    if signal.state == "trial_outside":
        return (
            f"{title}: outside its trial limits {at} ({usual}), which rest on too few "
            f"{step[0]}s to judge by alone ({signal.count})."
        )
    kind = f"its usual {step[1]} range ({usual})"
    if signal.state == "inside":
        return f"{title}: within {kind} {at}."
    return f"{title}: {_side(signal)} than {kind} {at}{_wanted(signal, indicator)}."


def challenge_question(signal: Signal, indicator: Indicator) -> str:
    """One question for the board to ask about a figure outside its usual range."""
    move = "rise" if signal.direction == "up" else "fall"
    what = f"the {move} in {_quoted(indicator)} {when(signal.period_type, signal.period)}"
    if signal.state == "trial_outside":
        return f"Is {what} more than the unevenness of a short series, and who is looking into it?"
    if indicator.polarity == "none":
        return (
            f"What lies behind {what}: a change in need, in how it is recognised or in how it "
            "is recorded, and how do partners know?"
        )
    if _is_wanted(signal, indicator):
        return f"What lies behind {what}, and what will keep it there?"
    return f"What lies behind {what}, what is being done about it, and by when will it show?"


def nothing_line(indicator: Indicator, reason: str = "") -> str:
    """One line for an indicator with no figure: why, from the catalogue or as given."""
    why = (reason or indicator.reason).strip().rstrip(".")
    told = f": {why}" if why else ""
    return f"No figures for {in_sentence(indicator.title)} in this release{told}."


def _change(latest: pd.Series, before: pd.Series, indicator: Indicator) -> str:
    words = change_words(latest, before, indicator)
    earlier = f"{number_text(before, indicator)} {when_row(before)}"
    ours = [str(row["source"]) == SUBMISSIONS for row in (latest, before)]
    note = " (from another source)" if ours[0] != ours[1] else ""
    if words == "the same":
        return f"the same as {when_row(before)}{note}"
    share = ""
    if indicator.measure in ("count", "stock") and before["value"] >= SMALLEST_BASE:
        gap = float(latest["value"]) - float(before["value"])
        size = percentage(abs(gap), float(before["value"]), 1)
        share = f" ({'up' if gap > 0 else 'down'} {size:,.1f}%)"
    return f"{words}{share} than {earlier}{note}"


def _is_shown(row: pd.Series) -> bool:
    return bool(is_shown(row.to_frame().T).iloc[0])


def _band_note(row: pd.Series) -> str:
    return "; it is a band, so the change is not given" if pd.notna(row["band_lower"]) else ""


def _points(count: int) -> str:
    return "1 point" if count == 1 else f"{count} points"


def _side(signal: Signal) -> str:
    return "higher" if signal.direction == "up" else "lower"


def _is_wanted(signal: Signal, indicator: Indicator) -> bool:
    wanted = "up" if indicator.polarity == "higher_is_better" else "down"
    return signal.direction == wanted


def _wanted(signal: Signal, indicator: Indicator) -> str:
    if indicator.polarity == "none":
        return ""
    is_wanted = _is_wanted(signal, indicator)
    return ", in the direction wanted" if is_wanted else ", against the direction wanted"


def _quoted(indicator: Indicator) -> str:
    return in_sentence(indicator.title)
