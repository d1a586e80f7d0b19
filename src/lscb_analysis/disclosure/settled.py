"""Settled figures: what is out stands as it was printed, until it changes by more than a few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lscb_analysis.catalogue import Indicator, Policy, Profile
from lscb_analysis.disclosure.register import KEY, Figure
from lscb_analysis.statistics.rounding import percentage

_COUNTED = ("count", "stock", "proportion", "share")


def settled(
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    policy: Policy,
    printed: Mapping[Figure, Sequence[Mapping[str, float]]],
) -> pd.DataFrame:
    """The unchecked values, with those of the last release where they moved by too few to show.

    A change of 1 to 5 children (the profile's threshold) from one release to the next is a
    small count itself: printing it would say that a few children's records were corrected,
    and withholding the new figure would lose the headline. So the released one stands, and
    the change is told once it has grown. Counts that are printed rounded need no such rule.
    """
    made = values.copy()
    for label, row in values[values["status"].eq("unchecked")].iterrows():
        versions = printed.get(tuple(str(row[name]) for name in KEY), ())
        indicator = indicators[row["indicator"]]
        profile = policy.profiles[indicator.profile]
        if versions and indicator.measure in _COUNTED and not profile.round_to:
            for column, item in _kept(row, indicator, profile, versions[-1]).items():
                made.at[label, column] = item
    return made


def _kept(
    row: pd.Series, indicator: Indicator, profile: Profile, then: Mapping[str, float]
) -> dict[str, float]:
    """The figures of the row that stay as they were printed; none where it moved by more."""
    if indicator.measure in ("count", "stock"):
        before = then.get("value")
        if before is None or not _is_few([before - row["numerator"]], profile):
            return {}
        return {"numerator": before, "value": before}
    if "denominator" not in then:
        return {}
    below = then["denominator"]
    if "numerator" not in then:  # what it was out of is out, the count itself was a band
        is_kept = _is_few([below - row["denominator"]], profile) and below >= row["numerator"]
        return {"denominator": below} if is_kept else {}
    above = then["numerator"]
    moved = [
        above - row["numerator"],
        below - row["denominator"],
        (below - above) - (row["denominator"] - row["numerator"]),
    ]
    if not _is_few(moved, profile):
        return {}
    decimals = indicator.decimals or 1
    value = percentage(above, below, decimals) if below else row["value"]
    return {"numerator": above, "denominator": below, "value": value}


def _is_few(moved: Sequence[float], profile: Profile) -> bool:
    """Whether something moved, and nothing by more than the profile withholds."""
    sizes = [abs(round(each)) for each in moved]
    return any(sizes) and max(sizes) <= profile.threshold
