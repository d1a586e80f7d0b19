"""How long spells last in words: the shares still open, and the time until half have ended."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.narrative.phrases import listed, when_row
from lscb_analysis.printed import decimals_in, is_shown, number_text

A_YEAR = "12 months"


def lasting_headline(rows: pd.DataFrame, indicator: Indicator) -> str:
    """The message of the shares still open: the one after a year, else the first printed."""
    shown = rows[is_shown(rows)]
    if shown.empty:
        return indicator.title
    a_year = shown[shown["breakdown"] == A_YEAR]
    row = (a_year if len(a_year) else shown).iloc[0]
    return (
        f"{indicator.title}: about {number_text(row, indicator)} for more than {row['breakdown']}"
    )


def lasting_sentence(rows: pd.DataFrame, half: pd.DataFrame, indicator: Indicator) -> str:
    """The estimated shares still open, and the months until half have ended with its interval.

    `rows` are the shares of one span of years, `half` the row of the time until half have
    ended, or none. What is withheld is left out, and an end of the interval that the years are
    too short to show is said to be. Empty where nothing is printed.
    """
    shown = rows[is_shown(rows)]
    noun = indicator.unit.removeprefix("% of ")
    told = []
    if len(shown):
        pairs = list(zip(number_text(shown, indicator), shown["breakdown"], strict=True))
        first = f"{pairs[0][0]} of {noun} stay open for more than {pairs[0][1]}"
        shares = listed([first, *(f"{text} for more than {name}" for text, name in pairs[1:])])
        told.append(
            f"About {shares}: an estimate from all {noun} open {_span(shown.iloc[0])}, those that "
            "have not ended included."
        )
    if len(half) and bool(is_shown(half).iloc[0]):
        told.append(_half(half.iloc[0], noun))
    return " ".join(told)


def _span(row: pd.Series) -> str:
    return when_row(row).replace(", taken together", "")


def _half(row: pd.Series, noun: str) -> str:
    decimals = decimals_in(pd.Series([row["value"], row["lower_ci"], row["upper_ci"]]))
    months = f"{row['value']:,.{decimals}f}"
    unit = "month" if months == "1" else "months"
    least, most = (
        f"{limit:,.{decimals}f}" if pd.notna(limit) else "a length not yet reached"
        for limit in (row["lower_ci"], row["upper_ci"])
    )
    return (
        f"Half have ended within about {months} {unit} (95% confidence interval {least} to "
        f"{most}), from about {row['denominator']:,.0f} {noun}."
    )
