"""What is out of the ordinary: whether the newest figure lies outside its usual range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from lscb_analysis.catalogue import Indicator, policy
from lscb_analysis.printed import is_percentage, is_shown
from lscb_analysis.selecting import own_code, points, since_anew
from lscb_analysis.statistics.process import MOST_ZEROS, SMALLEST_MEAN
from lscb_analysis.statistics.rules import rules_met
from lscb_analysis.statistics.spc import Limits, p_prime, u_prime, xmr

__all__ = [
    "MOST_EXCEPTIONS",
    "STATES",
    "Signal",
    "exceptions",
    "judged",
    "latest_signal",
    "limits",
    "points",
]

STATES = (
    *("no_data", "too_few", "stock", "trial_inside", "trial_outside"),
    *("inside", "pattern", "outside"),
)
MOST_EXCEPTIONS = 5
NEWS_DAYS = 400  # a year, and a month for a year that ends a little earlier
NAN = float("nan")
SIDES = {1: "up", -1: "down", 0: ""}


@dataclass(frozen=True)
class Signal:
    """What can be said of the newest point of one series; never of an older one.

    `state`: no_data (the newest figure is not printed), too_few (points, or events), stock
    (a level at a date, or years that overlap: described, never tested), trial_inside and
    trial_outside (8 to 12 points), inside, pattern (inside, but at the end of one that chance
    seldom makes: `rule` is trend, shift or two in three) and outside. `lower` and `upper` are
    the newest point's limits, kept within what the number can be. `count` is how many points
    are printed, `direction` up or down where it stands out, `sigmas` how far from the mean,
    `running` how many points up to the newest are outside on its side.
    """

    indicator: str
    period: str
    state: str
    value: float = NAN
    mean: float = NAN
    lower: float = NAN
    upper: float = NAN
    count: int = 0
    direction: str = ""
    sigmas: float = 0.0
    method: str = ""
    period_type: str = ""
    rule: str = ""
    running: int = 0

    @property
    def stands_out(self) -> bool:
        """Whether the newest point is outside its limits or ends a pattern."""
        return self.is_outside or self.state == "pattern"

    @property
    def is_outside(self) -> bool:
        """Whether the newest point is outside its limits, trial limits included."""
        return self.state in ("outside", "trial_outside")

    @property
    def has_limits(self) -> bool:
        """Whether limits were worked out."""
        return self.state in ("trial_inside", "trial_outside", "inside", "pattern", "outside")


def latest_signal(period_points: pd.DataFrame, indicator: Indicator) -> Signal:
    """What the newest point is, seen against all points up to and including it.

    Where limits begin anew, against the points since then alone. Percentages have p' limits
    where every printed point has its numerator and base, rates u' limits; else limits are
    from the figures themselves (XmR), as those of counts are.
    """
    if period_points.empty:
        return Signal(indicator.id, "", "no_data")
    period_points = since_anew(period_points)
    latest = period_points.iloc[-1]
    shown = period_points[is_shown(period_points)]
    found = Signal(
        indicator.id,
        str(latest["period"]),
        "no_data",
        count=len(shown),
        period_type=str(latest["period_type"]),
    )
    if shown.empty or shown.index[-1] != period_points.index[-1]:
        return found
    found = replace(found, value=float(latest["value"]))
    if _is_level(indicator, found.period_type):
        return replace(found, state="stock")
    if _has_too_few(period_points, shown, indicator):
        return replace(found, state="too_few")
    return _tested(found, limits(period_points, indicator), is_percentage(indicator))


def limits(period_points: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """The mean and limits at each printed point: one row is one of them, by its index.

    Columns: exact (the number tested), mean, lower, upper, method (`p'`, `u'` or `XmR`). Empty
    where `latest_signal` would work out none.
    """
    period_points = since_anew(period_points)
    shown = period_points[is_shown(period_points)]
    columns = ["exact", "mean", "lower", "upper", "method"]
    if (
        shown.empty
        or _is_level(indicator, str(shown["period_type"].iloc[0]))
        or _has_too_few(period_points, shown, indicator)
    ):
        return pd.DataFrame(columns=columns)
    counted = shown["numerator"].notna() & (shown["denominator"] > 0)
    if is_percentage(indicator) and counted.all():
        found = p_prime(shown["numerator"], shown["denominator"], screened=True)
        exact, scale, method = shown["numerator"] / shown["denominator"] * 100, 100.0, "p'"
    elif indicator.measure == "rate" and counted.all():
        found, scale = u_prime(shown["numerator"], shown["denominator"]), float(indicator.scale)
        exact, method = shown["numerator"] / shown["denominator"] * scale, "u'"
    else:
        found = xmr(shown["value"], screened=True)
        exact, scale, method = shown["value"], 1.0, "XmR"
    return _limits_frame(exact, found, scale).assign(method=method)[columns]


def judged(
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    area_code: str,
    period_types: Sequence[str],
    *,
    panel_code: str = "",
    until: date | None = None,
) -> list[Signal]:
    """One signal for each indicator that has limits: those that stand out first, furthest first.

    An indicator is told once: in the first of the period types in which it stands out, else
    in the first in which it has limits; a count and the rate made of it once where both
    stand out to the same side. What only the child death panel measures is looked
    up under `panel_code`. A figure that ended more than a year before `until` is no news.
    """
    found = []
    for indicator in indicators.values():
        code = own_code(indicator, area_code, panel_code)
        series = [
            points(values, indicator, code, period_type, until=until)
            for period_type in period_types
        ]
        signals = [latest_signal(each, indicator) for each in series if is_news(each, until)]
        limited = [signal for signal in signals if signal.has_limits]
        found += sorted(limited, key=lambda signal: not signal.stands_out)[:1]
    ordered = sorted(
        found, key=lambda signal: (not signal.is_outside, not signal.stands_out, -signal.sigmas)
    )
    return _told_once(ordered, indicators)


def exceptions(
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    area_code: str,
    period_types: Sequence[str],
    *,
    panel_code: str = "",
    until: date | None = None,
) -> list[Signal]:
    """At most five signals that stand out: outside their limits first, the furthest first."""
    found = judged(values, indicators, area_code, period_types, panel_code=panel_code, until=until)
    return [signal for signal in found if signal.stands_out][:MOST_EXCEPTIONS]


def is_news(period_points: pd.DataFrame, until: date | None) -> bool:
    """Whether the newest printed figure of a series ended within a year of a day, or near it."""
    printed = period_points[is_shown(period_points) | period_points["band_lower"].notna()]
    if until is None or printed.empty:
        return True
    return (pd.Timestamp(until) - printed["period_end"].iloc[-1]).days <= NEWS_DAYS


def _told_once(ordered: list[Signal], indicators: Mapping[str, Indicator]) -> list[Signal]:
    """The signals without a rate whose count stands out likewise, or a count whose rate does."""
    told: dict[tuple[str, str, str], str] = {}
    kept = []
    for signal in ordered:
        of = indicators[signal.indicator].of or signal.indicator
        first = told.setdefault((of, signal.rule, signal.direction), signal.indicator)
        if first == signal.indicator or not signal.stands_out:
            kept.append(signal)
    return kept


def _is_level(indicator: Indicator, period_type: str) -> bool:
    return indicator.measure == "stock" or period_type in ("date", "rolling_year", "pooled")


def _has_too_few(period_points: pd.DataFrame, shown: pd.DataFrame, indicator: Indicator) -> bool:
    """Whether the points, or the events of which they are made, are too few for limits.

    Rare events need another chart, as `statistics.process.chart_for` has it: quarterly limits on
    a mean below five, or with a quarter of the points zero or withheld, raise false alarms.
    """
    if len(shown) < policy().trial_limits_points:
        return True
    first = period_points.index.get_loc(shown.index[0])
    since = period_points.iloc[first:]
    small = since["status"].eq("suppressed") | since["band_lower"].notna()
    events = shown["value"] if indicator.measure == "count" else shown["numerator"]
    if not is_percentage(indicator) and events.notna().all():
        if events.mean() < SMALLEST_MEAN:
            return True
        small |= since["value"].eq(0)
    return bool(small.mean() > MOST_ZEROS)


def _limits_frame(exact: pd.Series, found: Limits, scale: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "exact": exact,
            "mean": found.mean * scale,
            "lower": found.lower * scale,
            "upper": found.upper * scale,
        },
        index=exact.index,
    )


def _tested(signal: Signal, found: pd.DataFrame, is_share: bool) -> Signal:
    newest = found.iloc[-1]
    value, mean = float(newest["exact"]), float(newest["mean"])
    lower, upper = float(newest["lower"]), float(newest["upper"])
    is_trial = signal.count < policy().all_rules_points
    outside = value < lower or value > upper
    spread = (upper - mean) / 3
    rule, side = ("", 0) if is_trial or outside else _pattern(found)
    return replace(
        signal,
        state=("trial_" if is_trial else "")
        + ("outside" if outside else "pattern" if rule else "inside"),
        rule="outside" if outside else rule,
        mean=mean,
        lower=max(lower, 0.0),
        upper=min(upper, 100.0 if is_share else np.inf),
        direction=("up" if value > upper else "down") if outside else SIDES[side],
        sigmas=abs(value - mean) / spread if spread > 0 else 0.0,
        method=str(newest["method"]),
        running=_running(found) if outside else 0,
    )


def _running(found: pd.DataFrame) -> int:
    """How many points on end, the newest last, lie outside their limits to the same side."""
    exact = found["exact"].to_numpy()
    sides = np.where(exact > found["upper"], 1, np.where(exact < found["lower"], -1, 0))
    is_other = sides[::-1] != sides[-1]
    return int(is_other.argmax()) if is_other.any() else len(sides)


def _pattern(found: pd.DataFrame) -> tuple[str, int]:
    """The rule that the newest point meets within its limits, and to which side."""
    exact, mean = found["exact"].to_numpy(), float(found["mean"].iloc[-1])
    within = Limits(mean, found["lower"].to_numpy(), found["upper"].to_numpy())
    names, sides = rules_met(exact, within)
    return names[-1], int(sides[-1])
