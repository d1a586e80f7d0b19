"""An area among all areas in words: different only outside the limits of the funnel."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.funnels import Standing
from lscb_analysis.narrative.phrases import in_sentence, listed, when
from lscb_analysis.periods import day_label
from lscb_analysis.printed import is_percentage, plain_number, unit_label


def standing_headline(found: Standing, indicator: Indicator) -> str:
    """The message of the funnel: `Referral rate: within what is usual between areas`."""
    told = {
        "inside": "within what is usual between areas",
        "near": "within what is usual between areas, near its edge",
        "above": "higher than is usual between areas",
        "below": "lower than is usual between areas",
    }
    return f"{indicator.title}: {told[found.place]}"


def standing_sentence(found: Standing, indicator: Indicator) -> str:
    """The area's figure, that of all areas together, and whether it differs from them.

    Different means outside the 99.8 % limits, which allow for chance and for how much areas
    usually differ. Never better or worse, and no rank.
    """
    area, unit = found.own["area"], unit_label(indicator)
    ending = "" if is_percentage(indicator) else f" {unit}"
    figures = (
        f"{area} {_text(found.value, indicator)}, all {len(found.areas)} authorities with figures "
        f"together {_text(found.rate, indicator)}{ending} ({found.period}; counts of the release "
        f"{found.own['release']}, which later ones may have revised)."
    )
    usual = f"{_text(found.lower, indicator)} to {_text(found.upper, indicator)}"
    if found.place in ("above", "below"):
        return (
            f"{figures} It differs from other areas by more than chance and the usual variation "
            f"between areas (99.8% limits {usual})."
        )
    return (
        f"{figures} It does not differ from other areas by more than chance and the usual "
        f"variation between areas (99.8% limits {usual})."
    )


def standing_alt(found: Standing, indicator: Indicator) -> str:
    """What the funnel shows, without a figure that is not in its table."""
    where = {
        "inside": "between the limits",
        "near": "between the outer limits, outside the inner ones",
        "above": "above the limits",
        "below": "below the limits",
    }
    return (
        f"Scatter chart of every authority's figure for {indicator.title} by the size of its base, "
        f"with limits that narrow as the base grows. {found.own['area']} is {where[found.place]}."
    )


def neighbours_headline(rows: pd.DataFrame, indicator: Indicator) -> str:
    """The message of each neighbour: the area's figure, and the span of theirs; no rank."""
    own, others = _own_and_others(rows)
    least, most = (_text(end, indicator) for end in (others["share"].min(), others["share"].max()))
    return (
        f"{indicator.title}: {_text(own['share'], indicator)} in {own['area']}, {least} to {most} "
        f"in {len(others)} neighbours, {own['period']}"
    )


def neighbours_sentence(rows: pd.DataFrame, indicator: Indicator, of: int) -> str:
    """What the intervals mean, and of how many neighbours; nothing is said of a place in order.

    `of` is how many neighbours the model has.
    """
    own, others = _own_and_others(rows)
    few = f" ({len(others)} of its {of} neighbours have a figure)" if len(others) < of else ""
    span = f"{_text(own['lower'], indicator)} to {_text(own['upper'], indicator)}"
    return (
        f"{own['area']} {_text(own['share'], indicator)}, 95% confidence interval {span}, "
        f"{_when(own)}{few}. The intervals take children as independent of each other, so they "
        "are a little too narrow; where two lie over each other the order says nothing."
    )


def neighbours_alt(rows: pd.DataFrame, indicator: Indicator) -> str:
    """What the chart of neighbours shows, without a figure that is not in its table."""
    own, others = _own_and_others(rows)
    return (
        f"Chart of {in_sentence(indicator.title)} with intervals for {own['area']} and "
        f"{len(others)} neighbours, highest first: {listed(list(rows['area']))}."
    )


def _when(row: pd.Series) -> str:
    is_day = str(row["period"]) == day_label(row["period_end"])
    return when("date" if is_day else "financial_year", str(row["period"]))


def _own_and_others(rows: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    return rows[rows["is_own"]].iloc[0], rows[~rows["is_own"]]


def _text(value: float, indicator: Indicator) -> str:
    return f"{plain_number(value, indicator)}{'%' if is_percentage(indicator) else ''}"
