"""Drawing lines over time: gaps stay gaps, names stand at the lines' ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.charts import house
from lscb_analysis.printed import decimals_in, is_percentage, is_shown
from lscb_analysis.values import SYMBOLS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_BREAKS = 3
_MONTHS_APART = {"quarter": 3, "rolling_year": 3, "financial_year": 12, "calendar_year": 12}
_MOST_TICKS = 5
_HIGH_START = 50.0


def draw_lines(
    series: Mapping[str, pd.DataFrame],
    indicator: Indicator,
    usual: pd.DataFrame | None,
    ringed: int = 0,
) -> tuple[bytes, float]:
    """The lines as SVG, the first series the area's own, and where the axis starts.

    `usual` has the mean and limits of the own series' points by their index, or is None;
    round the newest points, as many as `ringed`, stands a ring.
    """
    own = next(iter(series.values()))
    with house.settings():
        names = [house.wrapped(name, 18) for name in series]
        figure, axes = house.new_axes(left=0.85, right=_right(names), bottom=0.72)
        drawn = pd.concat(
            [_plotted(rows, name) for name, rows in zip(names, series.values(), strict=True)]
        )
        highest = drawn[["value", "band_upper"]].max().max()
        if usual is not None:
            highest = max(highest, float(usual["upper"].max()))
        bottom = _set_y(axes, drawn, indicator, float(highest))
        if usual is not None:
            _draw_limits(axes, own, usual, indicator)
        if drawn["value"].notna().any():
            _draw_series(axes, drawn, names)
        _draw_rings(axes, _plotted(own, names[0]), ringed)
        _draw_bands(axes, drawn, names)
        _label_ends(axes, drawn, names)
        _draw_gaps(axes, _plotted(own, names[0]), bottom)
        _draw_breaks(axes, own)
        _set_x(axes, own)
        return house.as_svg(figure), bottom


def _draw_series(axes: Axes, drawn: pd.DataFrame, names: list[str]) -> None:
    import seaborn

    seaborn.lineplot(
        data=drawn[drawn["value"].notna()],
        x="month",
        y="value",
        hue="series",
        hue_order=names,
        style="series",
        style_order=names,
        units="stretch",
        estimator=None,
        errorbar=None,
        palette=list(house.SERIES[: len(names)]),
        markers=list(house.MARKERS[: len(names)]),
        dashes=list(house.DASHES[: len(names)]),
        markersize=7,
        linewidth=2.2,
        markeredgecolor=house.GROUND,
        markeredgewidth=0.6,
        legend=False,
        ax=axes,
    )


def _right(names: list[str]) -> float:
    """The margin, in inches, in which the longest line of the names at the ends fits."""
    return 0.4 + 0.105 * max(len(line) for name in names for line in name.split("\n"))


def _plotted(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The series as drawn: one row is one period, its place in months, its unbroken stretch."""
    shown = is_shown(rows)
    month = _month(rows)
    apart = _MONTHS_APART.get(str(rows["period_type"].iloc[0]), 0) if len(rows) else 0
    missing_period = (month.diff() > apart) if apart else pd.Series(False, index=rows.index)
    stretch = ((~shown) | missing_period).cumsum()
    return pd.DataFrame(
        {
            "series": name,
            "month": month,
            "value": rows["value"].where(shown),
            "band_lower": rows["band_lower"].where(~shown),
            "band_upper": rows["band_upper"].where(~shown),
            "status": rows["status"],
            "stretch": name + stretch.astype("str"),
        }
    )


def _month(rows: pd.DataFrame) -> pd.Series:
    return (rows["period_end"].dt.year * 12 + rows["period_end"].dt.month).astype("float64")


def _set_y(axes: Axes, drawn: pd.DataFrame, indicator: Indicator, highest: float) -> float:
    lowest = drawn[["value", "band_lower"]].min().min()
    bottom = _HIGH_START if is_percentage(indicator) and lowest >= _HIGH_START + 15 else 0.0
    top, step = house.nice_ceiling(highest)
    if is_percentage(indicator) and highest > 50:
        top, step = 100.0, 10.0 if bottom else 25.0
    axes.set_ylim(bottom, top + (top - bottom) * 0.04)
    ticks = np.arange(bottom, top + step / 2, step)
    decimals = decimals_in(pd.Series(ticks).round(6))
    sign = "%" if is_percentage(indicator) else ""
    axes.set_yticks(ticks, [f"{tick:,.{decimals}f}{sign}" for tick in ticks])
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", color=house.GRID, linewidth=0.8)
    axes.spines["left"].set_visible(False)
    return bottom


def _set_x(axes: Axes, own: pd.DataFrame) -> None:
    month = _month(own).to_numpy()
    every = -(-len(own) // _MOST_TICKS)
    picked = list(range(len(own) - 1, -1, -every))[::-1]
    labels = [_tick(own.iloc[position]) for position in picked]
    axes.set_xticks(month[picked], [""] * len(picked))
    for place, label in zip(month[picked], labels, strict=True):
        house.write(
            axes,
            label,
            (float(place), 0.0),
            shift=(0, -7),
            align="center",
            va="top",
            xycoords=("data", "axes fraction"),
        )
    edge = max((month[-1] - month[0]) * 0.03, 1.5)
    axes.set_xlim(month[0] - edge, month[-1] + edge)
    axes.set_xlabel("")
    axes.set_ylabel("")


def _tick(row: pd.Series) -> str:
    kind, period = str(row["period_type"]), str(row["period"])
    if kind == "date":
        day = row["period_end"]
        return f"{day.day} {day:%b}\n{day.year}"
    year, _, quarter = period.removeprefix("12 months to ").partition(" ")
    if kind == "quarter":
        return f"{quarter}\n{year}"
    if kind == "rolling_year":
        return f"to {quarter}\n{year}"
    return period.replace(" to ", "\nto ")


def _draw_limits(axes: Axes, own: pd.DataFrame, usual: pd.DataFrame, indicator: Indicator) -> None:
    month = _month(own.loc[usual.index])
    ceiling = 100.0 if is_percentage(indicator) else np.inf
    lower, upper = usual["lower"].clip(lower=0.0), usual["upper"].clip(upper=ceiling)
    axes.fill_between(month, lower, upper, color=house.RANGE, linewidth=0, zorder=0.5)
    edge: dict[str, Any] = {"color": house.SECONDARY, "linewidth": 1.1, "zorder": 1}
    axes.plot(month, lower, dashes=(5, 3), **edge)
    axes.plot(month, upper, dashes=(5, 3), **edge)
    axes.plot(month, usual["mean"], **edge)


def _draw_rings(axes: Axes, own: pd.DataFrame, ringed: int) -> None:
    newest = own[own["value"].notna()].tail(ringed) if ringed else own.iloc[:0]
    axes.scatter(
        newest["month"],
        newest["value"],
        s=190,
        facecolors="none",
        edgecolors=house.TEXT,
        linewidths=1.8,
        zorder=5,
    )


def _draw_bands(axes: Axes, drawn: pd.DataFrame, names: list[str]) -> None:
    for colour, name in zip(house.SERIES, names, strict=False):
        banded = drawn[(drawn["series"] == name) & drawn["band_lower"].notna()]
        axes.vlines(
            banded["month"], banded["band_lower"], banded["band_upper"], color=colour, linewidth=5
        )


def _label_ends(axes: Axes, drawn: pd.DataFrame, names: list[str]) -> None:
    """Each series' name at its right-hand end, moved apart where names would touch."""
    low, high = axes.get_ylim()
    ends = []
    for name in names:
        rows = drawn[drawn["series"] == name]
        level = rows["value"].fillna(rows["band_lower"]).dropna()
        end = float(level.iloc[-1]) if len(level) else low
        ends.append((end - low) / (high - low))
    axis_points = axes.get_window_extent().height * 72 / axes.figure.dpi
    heights = [(name.count("\n") + 1.3) * house.LEADING / axis_points for name in names]
    for position, place in enumerate(_spread(ends, heights)):
        at = low + place * (high - low)
        axes.plot(
            1.03,
            at,
            marker=house.MARKERS[position],
            markersize=7,
            color=house.SERIES[position],
            transform=axes.get_yaxis_transform(),
            clip_on=False,
        )
        weight = "bold" if position == 0 else "normal"
        house.write(
            axes,
            names[position],
            (1.03, at),
            shift=(9, 0),
            fontweight=weight,
            xycoords=("axes fraction", "data"),
        )


def _spread(wanted: list[float], heights: list[float]) -> list[float]:
    """Places near the wanted ones at which labels of these heights do not touch.

    All as parts of the axis; pushed up from below, then down again from the top.
    """
    order = sorted(range(len(wanted)), key=lambda item: wanted[item])
    places = list(wanted)
    below = -1.0
    for item in order:
        places[item] = max(wanted[item], below + heights[item] / 2)
        below = places[item] + heights[item] / 2
    above = 1.0
    for item in reversed(order):
        places[item] = min(places[item], above - heights[item] / 2)
        above = places[item] - heights[item] / 2
    return places


def _draw_gaps(axes: Axes, own: pd.DataFrame, bottom: float) -> None:
    blank = own["value"].isna() & own["band_lower"].isna()
    symbols = own["status"].map(SYMBOLS).fillna(SYMBOLS["unavailable"]).where(blank, "")
    runs = (symbols != symbols.shift()).cumsum()
    for _, run in own.groupby(runs):
        symbol = str(symbols.loc[run.index[0]])
        if symbol:
            house.write(
                axes,
                symbol,
                (float(run["month"].mean()), bottom),
                shift=(0, 9),
                align="center",
                color=house.SECONDARY,
            )


def breaks(own: pd.DataFrame) -> list[float]:
    """The places, in months, between two printed points of different releases."""
    shown = own[is_shown(own)]
    changed = (shown["release"] != shown["release"].shift()).to_numpy()
    month = _month(shown).to_numpy()
    return [
        float(month[position] + month[position - 1]) / 2
        for position in range(1, len(shown))
        if changed[position]
    ]


def _draw_breaks(axes: Axes, own: pd.DataFrame) -> None:
    found = breaks(own)
    for month in found if len(found) <= MOST_BREAKS else []:
        axes.axvline(month, color=house.SECONDARY, linewidth=1.2, dashes=(1, 2))
