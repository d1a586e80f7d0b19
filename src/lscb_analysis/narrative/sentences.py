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
SECOND = 2
ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}
_PATTERNS = {
    ("trend", "up"): f"the last {RUN} figures rise one after the other",
    ("trend", "down"): f"the last {RUN} figures fall one after the other",
    ("shift", "up"): f"the last {RUN} figures are all above the average of the series",
    ("shift", "down"): f"the last {RUN} figures are all below the average of the series",
    ("two in three", "up"): "two of the last three figures are near the upper end",
    ("two in three", "down"): "two of the last three figures are near the lower end",
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
        side = "above" if signal.direction == "up" else "below"
        return (
            f"{side} its trial limits ({usual}) {at}{_again(signal, step[0])}"
            f"{_wanted(signal, indicator)}; the limits rest on {signal.count} {step[0]}s, "
            "too few to judge by alone."
        )
    kind = f"its usual {step[1]} range ({usual})"
    if signal.state == "pattern":
        pattern = _PATTERNS[signal.rule, signal.direction]
        return f"{pattern}{_wanted(signal, indicator)}; the newest is within {kind} {at}."
    if signal.state == "inside":
        return f"within {kind} {at}."
    return f"{_side(signal)} than {kind} {at}{_again(signal, step[0])}{_wanted(signal, indicator)}."


def _again(signal: Signal, step: str) -> str:
    """That figures before the newest lie outside to the same side, where they do."""
    if signal.running < SECOND:
        return ""
    ordinal = ORDINALS.get(signal.running, f"{signal.running}th")
    return f", for the {ordinal} {step} running"


def pattern_words(signal: Signal) -> str:
    """The pattern that the newest figures make: `the last 7 figures rise one after the other`."""
    return _PATTERNS[signal.rule, signal.direction]


def challenge_question(signal: Signal, indicator: Indicator) -> str:
    """One question for the board to ask about a figure outside its usual range."""
    what = _asked_about(signal, indicator)
    if signal.state == "trial_outside":
        return (
            f"What lies behind {what}, or is it no more than chance in a short series, and who "
            "is looking into it?"
        )
    if indicator.polarity == "none":
        return (
            f"What lies behind {what}: a change in need, in how it is recognised or in how it "
            "is recorded, and how do partners know?"
        )
    if _is_wanted(signal, indicator):
        return f"What lies behind {what}, and what will keep it there?"
    return f"What lies behind {what}, what is being done about it, and by when will it show?"


def _asked_about(signal: Signal, indicator: Indicator) -> str:
    """What a question is about: that a figure is high or low, or the pattern of the newest ones.

    A figure outside its range is no rise or fall in its own period: the one before may be too.
    """
    is_up, about = signal.direction == "up", in_sentence(indicator.title)
    at = when(signal.period_type, signal.period)
    step = _STEPS.get(signal.period_type, ("period", "usual"))[0]
    if signal.rule == "trend":
        move = "rise" if is_up else "fall"
        return f"the {move} in {about} over the {RUN} {step}s to {signal.period}"
    if signal.rule == "shift":
        side = "above" if is_up else "below"
        return f"the {RUN} {step}s to {signal.period} with {about} {side} the average"
    if signal.rule == "two in three":
        end = "upper" if is_up else "lower"
        return (
            f"{about} being near the {end} end of the usual range in the {step}s to {signal.period}"
        )
    return f"{about} being {'higher' if is_up else 'lower'} than usual {at}{_again(signal, step)}"


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
