"""From withheld cells to a protected table: what is printed instead, and how."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb_analysis.catalogue import LASTING, Indicator, Policy, Profile
from lscb_analysis.disclosure.cells import Cell
from lscb_analysis.statistics.rounding import percentage, rate

NAN = float("nan")
WITHHELD = "withheld to protect children"
SMALL_BASE = "a percentage needs a larger base"
FEW_SPELLS = "too few have ended, or are still open, for this to be shown"
LEAST_SPELLS = 10
SPELLS_TO = 10


def rounded(count: float, profile: Profile) -> float:
    """The count as the profile prints it: to the nearest `round_to`, halves up."""
    if not profile.round_to or np.isnan(count):
        return count
    return float(profile.round_to * np.floor(count / profile.round_to + 0.5))


def publish_row(
    row: pd.Series,
    index: int,
    indicator: Indicator,
    profile: Profile,
    withheld: set[Cell],
    band: tuple[float, float] | None,
    policy: Policy,
) -> dict[str, object]:
    """What the row becomes: its numbers, band, status, symbol and reason."""
    if indicator.measure in LASTING:
        return _lasting(row, indicator, policy)
    hidden = {kind for position, kind in withheld if position == index}
    shown = "rounded" if profile.round_to else "published"
    if indicator.measure in ("count", "stock"):
        if hidden:
            return _blank(NAN)
        count = rounded(row["numerator"], profile)
        return {"numerator": count, "denominator": NAN, "value": count, "status": shown}
    if indicator.measure == "duration":
        if hidden or row["denominator"] < policy.percentage_base:
            return _blank(NAN)
        return {
            "numerator": NAN,
            "denominator": rounded(row["denominator"], profile),
            "value": row["value"],
            "status": "published",
        }
    return _proportion(row, hidden, band, indicator, profile, policy, shown)


def _proportion(
    row: pd.Series,
    hidden: set[str],
    band: tuple[float, float] | None,
    indicator: Indicator,
    profile: Profile,
    policy: Policy,
    shown: str,
) -> dict[str, object]:
    if "denominator" in hidden:
        return _blank(NAN)
    below = rounded(row["denominator"], profile)
    if hidden:
        if band is None:
            return _blank(below)
        banded = _blank(below) | {"band_lower": band[0], "band_upper": band[1], "status": shown}
        return banded | {"symbol": "", "reason": "shown as a band to protect children"}
    above = rounded(row["numerator"], profile)
    if row["denominator"] < policy.percentage_base or not below:
        return _blank(below) | {
            "numerator": above,
            "status": "low_reliability",
            "symbol": "u",
            "reason": SMALL_BASE,
        }
    value = percentage(above, below, indicator.decimals or 1)
    return {"numerator": above, "denominator": below, "value": min(value, 100.0), "status": shown}


def _lasting(row: pd.Series, indicator: Indicator, policy: Policy) -> dict[str, object]:
    """A share still open, or the time until half have ended: never of few spells.

    Made from all spells of two years at once and printed whole, each is no count and gives
    none back; of those that ended by then, and of those still watched, there are at least ten.
    How many spells there were is printed to the nearest ten.
    """
    ended, watched = row["numerator"], row["denominator"]
    is_median = indicator.measure == "time_to_end"
    fewest = policy.percentage_base if is_median else LEAST_SPELLS
    if ended < LEAST_SPELLS or watched < fewest:
        return _blank(NAN) | {"reason": FEW_SPELLS}
    about = float(SPELLS_TO * np.floor(watched / SPELLS_TO + 0.5)) if is_median else NAN
    return {
        "numerator": NAN,
        "denominator": about,
        "value": row["value"],
        "lower_ci": row["lower_ci"],
        "upper_ci": row["upper_ci"],
        "status": "published",
    }


def _blank(denominator: float) -> dict[str, object]:
    return {
        "numerator": NAN,
        "denominator": denominator,
        "value": NAN,
        "lower_ci": NAN,
        "upper_ci": NAN,
        "status": "suppressed",
        "symbol": "c",
        "reason": WITHHELD,
    }


def publish_rate(row: pd.Series, of: pd.Series | None, indicator: Indicator) -> dict[str, object]:
    """The rate made again from the protected count, or withheld with it."""
    if of is None or pd.isna(of["value"]):
        return _blank(NAN)
    value = rate(of["value"], row["denominator"], indicator.scale, indicator.decimals or 1)
    return {
        "numerator": of["value"],
        "denominator": row["denominator"],
        "value": value,
        "status": of["status"],
    }
