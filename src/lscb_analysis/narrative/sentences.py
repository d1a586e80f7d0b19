"""Whole sentences on one indicator: its signal, and what to ask about it."""

from __future__ import annotations

from lscb_analysis.catalogue import Indicator
from lscb_analysis.narrative.phrases import in_sentence, when
from lscb_analysis.printed import limits_text
from lscb_analysis.signals import Signal
from lscb_analysis.statistics.rules import RuleSettings

_STEPS = {
    "quarter": ("quarter", "quarter-to-quarter"),
    "month": ("month", "month-to-month"),
    "financial_year": ("year", "year-to-year"),
    "calendar_year": ("year", "year-to-year"),
}


RUN = RuleSettings().run
_PATTERNS = {
    ("trend", "up"): f"the last {RUN} figures rise one after the other",
    ("trend", "down"): f"the last {RUN} figures fall one after the other",
    ("shift", "up"): f"the last {RUN} figures are all above their mean",
    ("shift", "down"): f"the last {RUN} figures are all below their mean",
    ("two in three", "up"): "two of the last three figures are in the upper end of the range",
    ("two in three", "down"): "two of the last three figures are in the lower end of the range",
}


def signal_sentence(signal: Signal, indicator: Indicator, *, named: bool = True) -> str:
    """What may be said of the newest figure against its usual range, and no more.

    With `named` it begins with the indicator's title.
    """
    told = _signal(signal, indicator)
    return f"{indicator.title}: {told}" if named else told[:1].upper() + told[1:]


def _signal(signal: Signal, indicator: Indicator) -> str:
    step = _STEPS.get(signal.period_type, ("period", "usual"))
    at = when(signal.period_type, signal.period) if signal.period else "in this release"
    if signal.state == "no_data":
        return f"no figure is printed {at}, so it cannot be set against its usual range."
    if signal.state == "stock":
        why = (
            "the years overlap"
            if signal.period_type in ("rolling_year", "pooled")
            else "a level at one date depends on the level before it"
        )
        return f"described and not tested {at}, because {why}."
    if signal.state == "too_few":
        return (
            f"too few {step[0]}s or events to judge what is usual "
            f"({_points(signal.count)} printed)."
        )
    usual = limits_text(signal.lower, signal.upper, indicator)
    if signal.state == "trial_inside":
        return f"too few {step[0]}s to judge ({signal.count})."
    if signal.state == "trial_outside":
        return (
            f"outside its trial limits {at} ({usual}), which rest on too few "
            f"{step[0]}s to judge by alone ({signal.count})."
        )
    kind = f"its usual {step[1]} range ({usual})"
    if signal.state == "pattern":
        pattern = _PATTERNS[signal.rule, signal.direction]
        return f"{pattern}, within {kind} {at}{_wanted(signal, indicator)}."
    if signal.state == "inside":
        return f"within {kind} {at}."
    return f"{_side(signal)} than {kind} {at}{_wanted(signal, indicator)}."


def challenge_question(signal: Signal, indicator: Indicator) -> str:
    """One question for the board to ask about a figure outside its usual range."""
    what = f"{_move(signal)} {_quoted(indicator)} {when(signal.period_type, signal.period)}"
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


def _move(signal: Signal) -> str:
    """What a question is about: a rise or fall, or the pattern that the newest figures make.

    A run on one side of the mean is no fall: its newest figure can be above the one before.
    """
    is_up = signal.direction == "up"
    if signal.rule == "shift":
        return f"the run of figures {'above' if is_up else 'below'} their mean for"
    if signal.rule == "two in three":
        return f"the figures near the {'upper' if is_up else 'lower'} end of the range for"
    return f"the {'rise' if is_up else 'fall'} in"


def nothing_line(indicator: Indicator, reason: str = "") -> str:
    """One line for an indicator with no figure: why, from the catalogue or as given."""
    why = (reason or indicator.reason).strip().rstrip(".")
    told = f": {why}" if why else ""
    return f"No figures for {in_sentence(indicator.title)} in this release{told}."


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
