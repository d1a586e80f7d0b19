"""The change of one figure in words: how large it is, and how much of it chance could make."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lscb_analysis.catalogue import Indicator, indicators
from lscb_analysis.narrative.counted import above, rounding
from lscb_analysis.narrative.phrases import gap_words, in_sentence, number_phrase, titled, when_row
from lscb_analysis.printed import (
    SUBMISSIONS,
    change_decimals,
    house_decimals,
    is_percentage,
    is_shown,
    number_text,
    why_missing,
)
from lscb_analysis.selecting import since_anew, year_before
from lscb_analysis.statistics.change import (
    SMALL,
    Change,
    dispersion,
    points_change,
    ratio_change,
    smallest_clear_change,
)
from lscb_analysis.statistics.intervals import poisson_count
from lscb_analysis.statistics.rounding import percentage, round_half_up
from lscb_analysis.statistics.spc import sigma_z

# under this base a percentage change says more than the numbers do
SMALLEST_BASE = 20
FEWEST_FOR_SCATTER = 8
LEVELS = ("date",)  # two such a year apart have children in common
LEVEL = "95% confidence interval"


def change_sentence(points: pd.DataFrame, indicator: Indicator, *, named: bool = True) -> str:
    """The newest figure beside the one a year before it, and whether the change is clear.

    `points` are one period type's, oldest first. A change is clear where no change at all
    lies outside its 95 % confidence interval (`interval_sentence` has it). A level at a date
    is described, with its change as a percentage where the earlier one is 20 or more. What
    is withheld is said to be; nothing is said of cause, of steadiness or of significance.
    With `named` it begins with the indicator's title. Empty where there is no point at all.
    """
    if points.empty:
        return ""
    latest = points.iloc[-1]
    now = f"{number_phrase(latest, indicator)} {when_row(latest)}"
    if not _is_shown(latest) and pd.isna(latest["band_lower"]):
        now = f"no figure {when_row(latest)} ({why_missing(latest)})"
    now = f"{titled(latest, indicator)}: {now}" if named else now[:1].upper() + now[1:]
    if not _is_shown(latest):
        return f"{now}{_band_note(latest)}."
    before = year_before(points)
    if before is None:
        return f"{now}; there is no earlier figure to set beside it."
    if not _is_shown(before):
        if pd.notna(before["band_lower"]):
            earlier = f"{number_phrase(before, indicator)} {when_row(before)}"
            return f"{now}; {earlier} is a band, so the change is not given."
        why = f"no figure {when_row(before)} ({why_missing(before)})"
        return f"{now}; the change is not given: {why}."
    is_apart = before.name not in since_anew(points).index
    apart = " (before limits began anew)" if is_apart else ""
    return f"{now}, {_change(latest, before, indicator)}{apart}{_verdict(points, indicator)}."


def change_words(latest: pd.Series, before: pd.Series, indicator: Indicator) -> str:
    """The change between two printed figures: `121 fewer`, `the same`; rounded ones `about`."""
    gap = float(latest["value"]) - float(before["value"])
    if gap == 0:
        return "the same"
    decimals = change_decimals(latest, before, indicator)
    is_coarse = decimals < house_decimals(indicator)
    about = "about " if is_coarse or "rounded" in (latest["status"], before["status"]) else ""
    return about + gap_words(gap, indicator, decimals)


def interval_sentence(points: pd.DataFrame, indicator: Indicator) -> str:
    """The change on a year before with its confidence interval, or what chance could make of it.

    Of a flow the ratio, of a percentage the percentage points (Newcombe), both allowing for
    the scatter of their series. Under 20 events no percentage: what the count could have been
    by chance. Where the printed figures give no interval it says why; empty for levels, and
    where either figure is not printed.
    """
    found = change_of(points, indicator)
    if found is None:
        return _no_interval(points, indicator)
    latest, before = points.iloc[-1], year_before(points)
    assert before is not None  # change_of has found one
    if not is_percentage(indicator) and min(latest["value"], before["value"]) < SMALL:
        low, high = (float(item[0]) for item in poisson_count([latest["value"]]))
        return (
            f"Too few for a percentage: a count of {number_text(latest, indicator)} could by "
            f"chance alone have been anything from {low:,.0f} to {high:,.0f} ({LEVEL}). "
            f"{_needed(float(before['value']), _scatter(points))}"
        )
    is_share = is_percentage(indicator)
    unit = " percentage points" if is_share else "%"
    ends = (found.lower, found.size, found.upper)
    low, size, high = ends if is_share else [(end - 1) * 100 for end in ends]
    if not found.is_clear(0 if is_share else 1):
        told = f"{_opening(size)} anything from {either_way(low, high, unit)} ({LEVEL})."
        needed = "" if is_share else _needed(float(before["value"]), _scatter(points))
        return f"{told} {needed}".strip()
    least, most = sorted((abs(low), abs(high)))
    side = "higher" if size > 0 else "lower"
    if not is_scatter_known(points):
        told = f"{_number(least)} to {_number(most)}{unit} {side}"
        return (
            f"With chance alone at work it would be {told} ({LEVEL}); there are too "
            "few points to know how much more they vary, so it is not called clear."
        )
    if is_share:
        return f"The difference is {_number(least)} to {_number(most)}{unit} {side} ({LEVEL})."
    return f"That is {_number(size)}% {side}, {LEVEL} {_number(least)}% to {_number(most)}%."


def _no_interval(points: pd.DataFrame, indicator: Indicator) -> str:
    """Why a difference has no interval, where a reader could take it for more than chance."""
    if not is_compared(points) or points["period_type"].iloc[-1] in LEVELS:
        return ""
    latest, before = points.iloc[-1], year_before(points)
    if before is None or latest["value"] == before["value"]:
        return ""
    if indicator.measure == "rate":
        count = indicators().get(indicator.of)
        told = "How much of the difference is chance is judged by the count behind the rate"
        return f"{told}: {in_sentence(count.title)}." if count else ""
    if is_percentage(indicator):
        why = "the counts behind these figures are not held"
    elif indicator.measure == "duration":
        why = "these are medians, whose intervals are not released"
    elif indicator.measure == "count" and before["value"] > 0:
        why = "there are too few points to know how much they vary"
    else:
        return ""
    return f"How much of the difference is chance cannot be said: {why}."


def is_compared(points: pd.DataFrame) -> bool:
    """Whether the newest figure and the one a year before it are printed, with no break between."""
    before = year_before(points) if len(points) else None
    return (
        before is not None
        and _is_shown(points.iloc[-1])
        and _is_shown(before)
        and before.name in since_anew(points).index
    )


def _opening(size: float) -> str:
    return "The difference could be" if size else "Chance alone leaves room for"


def either_way(low: float, high: float, unit: str) -> str:
    """From lower to higher; an end that is printed as nothing is `no difference`."""
    ends = [
        f"{_number(end)}{unit} {side}" if round_half_up(abs(end), 1) else "no difference"
        for end, side in ((low, "lower"), (high, "higher"))
    ]
    return " to ".join(ends)


def _needed(before: float, scatter: float) -> str:
    """How far a small count would have to move to be called a clear change."""
    rise, fall = smallest_clear_change(round(before), scatter=scatter)
    if fall is None:
        return (
            f"From {before:,.0f}, only a rise to {rise:,} or more would be a clear change, and no "
            "fall would be."
        )
    return (
        f"From {before:,.0f}, only a rise to {rise:,} or more, or a fall to {fall:,} or fewer, "
        "would be a clear change."
    )


def change_of(points: pd.DataFrame, indicator: Indicator) -> Change | None:
    """The change of the newest point on the one a year before, with its limits; or None.

    None where limits began anew between the two, and where they cannot be known from what is
    printed: for levels, rates, medians, figures without their counts, and counts of so short a
    series that its scatter is not known (years taken together, of deaths, apart: those are rare
    events). The scatter is that of the points before the newest, of years that overlap those a
    year apart. Percentages without their numerators have those that they and their bases give.
    """
    if not is_compared(points) or points["period_type"].iloc[-1] in LEVELS:
        return None
    points = _a_year_apart(points)
    latest, before = points.iloc[-1], year_before(points)
    assert before is not None  # is_compared has found one
    if is_percentage(indicator):
        counts = [
            float(count) for row in (latest, before) for count in (above(row), row["denominator"])
        ]
        known = all(pd.notna(count) for count in counts) and counts[1] > 0 and counts[3] > 0
        if not known:
            return None
        inexact = rounding(latest, indicator) + rounding(before, indicator)
        return points_change(*counts, scatter=_spread(points), rounding=inexact)
    if indicator.measure != "count" or float(before["value"]) == 0:
        return None
    if not is_scatter_known(points):
        return None
    sizes = float(latest["value"]), float(before["value"])
    return ratio_change(*sizes, scatter=_scatter(points))


def is_scatter_known(points: pd.DataFrame) -> bool:
    """Whether there are points enough to know how much they vary, or chance is all there is.

    Of years taken together, of deaths, chance is taken to be all.
    """
    is_rare = points["period_type"].iloc[-1] == "pooled"
    return is_rare or int(is_shown(_a_year_apart(points)).sum()) >= FEWEST_FOR_SCATTER


def _a_year_apart(points: pd.DataFrame) -> pd.DataFrame:
    """The points, but of rolling years only those a whole number of years before the newest."""
    if points["period_type"].iloc[-1] != "rolling_year":
        return points
    ends = points["period_end"].dt
    return points[ends.month == ends.month.iloc[-1]]


def _scatter(points: pd.DataFrame) -> float:
    """How much more the points before the newest vary than chance alone would make them."""
    if points["period_type"].iloc[-1] == "pooled":
        return 1.0
    return dispersion(points[is_shown(points)]["value"].iloc[:-1])


def _spread(points: pd.DataFrame) -> float:
    """How much wider than chance alone the percentages before the newest spread; at least 1."""
    earlier = points[is_shown(points) & points["denominator"].gt(0)].iloc[:-1]
    below = earlier["denominator"].to_numpy(float)
    counted = np.array([above(row) for _, row in earlier.iterrows()])
    if len(earlier) < FEWEST_FOR_SCATTER - 1 or not 0 < np.nansum(counted) < np.nansum(below):
        return 1.0
    mean = counted.sum() / below.sum()
    return max(1.0, sigma_z(counted / below, mean, np.sqrt(mean * (1 - mean) / below)))


def _verdict(points: pd.DataFrame, indicator: Indicator) -> str:
    found, latest, before = change_of(points, indicator), points.iloc[-1], year_before(points)
    if found is None or before is None or change_words(latest, before, indicator) == "the same":
        return ""
    if not found.is_clear(0 if is_percentage(indicator) else 1):
        return ": no clear difference"
    return ": a clear difference" if is_scatter_known(points) else ""


def _change(latest: pd.Series, before: pd.Series, indicator: Indicator) -> str:
    words = change_words(latest, before, indicator)
    earlier = f"{number_text(before, indicator)} {when_row(before)}"
    ours = [str(row["source"]) == SUBMISSIONS for row in (latest, before)]
    note = " (from another source)" if ours[0] != ours[1] else ""
    if words == "the same":
        return f"the same as {when_row(before)}{note}"
    share = ""
    if indicator.measure == "stock" and before["value"] >= SMALLEST_BASE:
        gap = float(latest["value"]) - float(before["value"])
        size = percentage(abs(gap), float(before["value"]), 1)
        share = f" ({'up' if gap > 0 else 'down'} {size:,.1f}%)"
    return f"{words}{share} than {earlier}{note}"


def _number(size: float) -> str:
    return f"{round_half_up(abs(size), 1):,.1f}"


def _is_shown(row: pd.Series) -> bool:
    return bool(is_shown(row.to_frame().T).iloc[0])


def _band_note(row: pd.Series) -> str:
    return "; it is a band, so the change is not given" if pd.notna(row["band_lower"]) else ""
