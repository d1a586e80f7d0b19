"""An area among all areas in words: different only outside the limits of the funnel."""

from __future__ import annotations

from lscb_analysis.catalogue import Indicator
from lscb_analysis.funnels import Standing
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


def _text(value: float, indicator: Indicator) -> str:
    return f"{plain_number(value, indicator)}{'%' if is_percentage(indicator) else ''}"
