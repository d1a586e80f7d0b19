"""Where the year will end in words: a range, never one number, and how such ranges have held."""

from __future__ import annotations

from lscb_analysis.ahead import YearEnd
from lscb_analysis.catalogue import Indicator
from lscb_analysis.narrative.phrases import in_sentence
from lscb_analysis.periods import day_label

RANGE = "80% range"


def coming_headline(found: YearEnd, indicator: Indicator) -> str:
    """The message of a forecast: its range, and for when."""
    return f"{indicator.title}: {_range(found)} {_when(found)}, if recent patterns continue"


def coming_sentence(found: YearEnd, indicator: Indicator) -> str:
    """The range with its condition, and how many earlier forecasts of this kind held."""
    return (
        f"If recent patterns continue, there will be {_range(found)} {indicator.unit} "
        f"{_when(found)} ({RANGE}). Of the last {found.trials} forecasts made in this way, one "
        f"quarter ahead, {found.hits} held. It knows nothing of changes that are planned."
    )


def coming_alt(found: YearEnd, indicator: Indicator) -> str:
    """What the fan shows, without a figure that is not in its table."""
    return (
        f"Line of {in_sentence(indicator.title)} by quarter, then a widening band for the quarters "
        f"to {found.coming['period'].iloc[-1]}: {_range(found)} {_when(found)}."
    )


def _range(found: YearEnd) -> str:
    return f"{found.lower:,.0f} to {found.upper:,.0f}"


def _when(found: YearEnd) -> str:
    if found.is_total:
        return f"in the year {found.year}"
    return f"on {day_label(found.coming['period_end'].iloc[-1])}"
