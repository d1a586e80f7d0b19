"""How has it changed? One line over time, with gaps where a figure is not printed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.charts import house
from lscb_analysis.charts.chart import Chart, ChartError
from lscb_analysis.charts.lines import MOST_BREAKS, breaks, draw_lines
from lscb_analysis.printed import covered_text, is_shown, limits_text, unit_words
from lscb_analysis.selecting import BEGINS_ANEW, begins_anew
from lscb_analysis.signals import Signal, limits
from lscb_analysis.statistics.rules import RuleSettings
from lscb_analysis.values import SYMBOLS

RINGED = "Ringed: what stands out."
PERIODS = {
    "date": "at single days",
    "month": "by month",
    "quarter": "by quarter",
    "financial_year": "by financial year",
    "rolling_year": "for 12 months at a time",
    "pooled": "for years taken together",
    "calendar_year": "by calendar year",
}


def how_has_it_changed(
    points: pd.DataFrame,
    indicator: Indicator,
    *,
    headline: str,
    alt: str,
    signal: Signal | None = None,
    comparators: Mapping[str, pd.DataFrame] | None = None,
) -> Chart:
    """How has it changed?

    `points` and each comparator's are one period type's, oldest first, as
    `signals.points` gives them; at most four series in all. Limits are drawn where the
    signal has them. Where a figure is not printed the line is broken and the symbol
    stands on the axis; a band is an upright bar over what it spans. A dotted line marks a
    change of release. Raises ChartError where nothing is printed or series are too many.
    """
    series = {_area(points): _since_first(points)} | {
        name: _since_first(rows) for name, rows in (comparators or {}).items()
    }
    if len(series) > house.MOST_SERIES:
        raise ChartError(
            f"the chart of '{indicator.id}' has {len(series)} series: four are the most"
        )
    own = next(iter(series.values()))
    if not len(own):
        raise ChartError(f"the chart of '{indicator.id}' has no printed figure")
    usual = limits(own, indicator) if signal is not None and signal.has_limits else None
    svg, starts_at = draw_lines(series, indicator, usual, ringed(signal))
    return Chart(
        id=f"{indicator.id}-change",
        question="How has it changed?",
        headline=headline,
        subtitle=_subtitle(own, indicator, signal, starts_at),
        alt=alt,
        svg=svg,
        data=_table(series, indicator, usual, _kind(signal) if signal else ""),
    )


def ringed(signal: Signal | None) -> int:
    """How many of the newest points the signal is made by: none where nothing stands out."""
    if signal is None or not signal.stands_out:
        return 0
    return signal.running or (RuleSettings().run if signal.rule in ("trend", "shift") else 1)


def _area(points: pd.DataFrame) -> str:
    return str(points["area"].iloc[0]) if len(points) else ""


def _since_first(points: pd.DataFrame) -> pd.DataFrame:
    """The points from the first that says anything: history never held is no gap."""
    said = is_shown(points) | points["band_lower"].notna()
    if not said.any():
        return points.iloc[:0]
    return points.iloc[int(np.argmax(said.to_numpy())) :]


def _subtitle(
    own: pd.DataFrame, indicator: Indicator, signal: Signal | None, starts_at: float
) -> str:
    first, last = own["period"].iloc[0], own["period"].iloc[-1]
    kind = PERIODS[str(own["period_type"].iloc[0])]
    parts = [f"{unit_words(indicator)}, {kind}, {first} to {last}."]
    if signal is not None and signal.has_limits:
        parts.append(f"{_kind(signal)} (dashed) from {signal.count} points.")
        parts += [RINGED] if ringed(signal) else []
    parts += _anew(own)
    if own["band_lower"].notna().any():
        parts.append("Upright bars are bands, such as 95% or more.")
    if starts_at:
        parts.append(f"The axis starts at {starts_at:g}%.")
    found = breaks(own)
    if found:
        marked = " (dotted)" if len(found) <= MOST_BREAKS else ""
        parts.append(f"The figures come from more than one release{marked}.")
    return " ".join(parts)


def _kind(signal: Signal) -> str:
    return "Trial limits" if signal.state.startswith("trial") else "Usual range"


def _anew(own: pd.DataFrame) -> list[str]:
    """Where limits begin anew, and why."""
    return [
        f"Limits begin anew with {row['period']}: {str(row['reason']).removeprefix(BEGINS_ANEW)}."
        for _, row in own[begins_anew(own)].iterrows()
    ]


def _table(
    series: Mapping[str, pd.DataFrame],
    indicator: Indicator,
    usual: pd.DataFrame | None,
    kind: str,
) -> pd.DataFrame:
    own = next(iter(series.values()))
    periods = pd.concat(
        [rows[["period", "period_end"]] for rows in series.values()]
    ).drop_duplicates("period")
    table = periods.sort_values("period_end", kind="stable")[["period"]]
    table = table.rename(columns={"period": "Period"}).reset_index(drop=True)
    for name, rows in series.items():
        texts = dict(zip(rows["period"], covered_text(rows, indicator), strict=True))
        table[name] = [texts.get(period, SYMBOLS["unavailable"]) for period in table["Period"]]
    if usual is not None:
        ranges = zip(own.loc[usual.index, "period"], usual["lower"], usual["upper"], strict=True)
        told = {period: limits_text(low, high, indicator) for period, low, high in ranges}
        blank = SYMBOLS["not_applicable"]
        table[kind] = [told.get(period, blank) for period in table["Period"]]
    return table
