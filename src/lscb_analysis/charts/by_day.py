"""For the panel alone: the full curve of how long spells last, and the days between events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lscb_analysis.by_day import FEWEST_WATCHED, MARKS, is_beyond, share_at, usual_text
from lscb_analysis.catalogue import Indicator
from lscb_analysis.charts import house
from lscb_analysis.charts.chart import Chart
from lscb_analysis.printed import unit_words
from lscb_analysis.statistics.durations import DAYS_A_MONTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HALF_A_YEAR = 6


def how_long_in_full(
    curve: pd.DataFrame, indicator: Indicator, *, headline: str, alt: str
) -> Chart:
    """How long does it last, day by day?

    `curve` is one indicator's share still open after each day on which a spell ended, with its
    limits, as far as it is to be drawn.
    """
    period = curve["period"].iloc[0]
    told = [(mark, share_at(curve, mark)) for mark in MARKS]
    rows = [
        (_months(mark), f"{row['value']:.0f}%", f"{row['lower']:.0f}% to {row['upper']:.0f}%")
        for mark, row in told
        if row is not None
    ]
    return Chart(
        id=f"{indicator.id}-curve",
        question="How long does it last, day by day?",
        headline=headline,
        subtitle=f"{unit_words(indicator)} still open, {period}, all that were open then, ended or "
        f"not. Shaded: 95% confidence interval. Drawn while {FEWEST_WATCHED} or more were watched.",
        alt=alt,
        svg=_curve(curve),
        data=pd.DataFrame(rows, columns=["Time since the start", "Still open", "95% interval"]),
    )


def how_often(gaps: pd.DataFrame, indicator: Indicator, *, headline: str, alt: str) -> Chart:
    """How often does it happen?

    `gaps` are the days between one event and the next, oldest first, with the limits of their
    chart. The newest is ringed where it is beyond them.
    """
    days = [f"{value:,.0f}" for value in gaps["value"]]
    return Chart(
        id=f"{indicator.id}-between",
        question="How often does it happen?",
        headline=headline,
        subtitle=f"Days between one and the next, {gaps['period'].iloc[0]}, in the order of their "
        "dates. Usual range (dashed)." + (" Ringed: what stands out." if is_beyond(gaps) else ""),
        alt=alt,
        svg=_gaps(gaps, indicator),
        data=pd.DataFrame(
            {
                "Number": [f"{at:.0f}" for at in gaps["at"]],
                "Days since the one before": days,
                "Usual range": [usual_text(row) for _, row in gaps.iterrows()],
            }
        ),
    )


def _curve(drawn: pd.DataFrame) -> bytes:
    months = np.concatenate([[0.0], drawn["at"].to_numpy() / DAYS_A_MONTH])
    share = np.concatenate([[100.0], drawn["value"].to_numpy()])
    low = np.concatenate([[100.0], drawn["lower"].fillna(drawn["value"]).to_numpy()])
    high = np.concatenate([[100.0], drawn["upper"].fillna(drawn["value"]).to_numpy()])
    last = int(np.ceil(months[-1] / _HALF_A_YEAR)) * _HALF_A_YEAR
    with house.settings():
        figure, axes = house.new_axes(left=0.85, right=0.3, bottom=0.72)
        axes.fill_between(
            months, low, high, step="post", color=house.SERIES[1], alpha=0.35, linewidth=0
        )
        axes.step(months, share, where="post", color=house.SERIES[0], lw=2.2)
        axes.set_xlim(0, last)
        every = _HALF_A_YEAR * max(1, -(-last // (5 * _HALF_A_YEAR)))
        ticks = list(range(0, last + 1, every))
        axes.set_xticks(ticks, [str(tick) for tick in ticks])
        axes.set_xlabel("Months since the start", fontsize=house.SMALL)
        axes.set_ylim(0, 104)
        axes.set_yticks([0, 25, 50, 75, 100], ["0%", "25%", "50%", "75%", "100%"])
        _plain(axes)
        return house.as_svg(figure)


def _gaps(gaps: pd.DataFrame, indicator: Indicator) -> bytes:
    at, days = gaps["at"].to_numpy(), gaps["value"].to_numpy()
    with house.settings():
        figure, axes = house.new_axes(left=0.85, right=0.3, bottom=0.72)
        for limit in ("lower", "upper"):
            axes.plot(at, gaps[limit], color=house.SECONDARY, lw=1.2, dashes=(4, 3))
        axes.plot(at, gaps["middle"], color=house.SECONDARY, lw=1.0)
        axes.plot(at, days, "o-", color=house.SERIES[0], lw=1.4, ms=5 if len(at) < 60 else 3.5)
        if is_beyond(gaps):
            axes.plot(at[-1:], days[-1:], "o", ms=14, mfc="none", mec=house.TEXT, mew=1.6)
        top, step = house.nice_ceiling(max(float(days.max()), float(gaps["upper"].max())))
        ticks = [step * count for count in range(round(top / step) + 1)]
        axes.set_ylim(0, top * 1.04)
        axes.set_yticks(ticks, [f"{tick:,.10g}" for tick in ticks])
        every = -(-len(at) // 5)
        picked = at[::-1][::every][::-1]
        axes.set_xticks(picked, [f"{number:.0f}" for number in picked])
        axes.set_xlabel(f"{indicator.unit[:1].upper()}{indicator.unit[1:]}", fontsize=house.SMALL)
        _plain(axes)
        return house.as_svg(figure)


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"


def _plain(axes: Axes) -> None:
    axes.grid(axis="y", color=house.GRID, linewidth=0.8)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
