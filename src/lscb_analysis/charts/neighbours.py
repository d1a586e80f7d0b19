"""How do we compare with each neighbour? Areas in order of their figures, with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.charts import house
from lscb_analysis.charts.chart import Chart
from lscb_analysis.printed import is_percentage, plain_number, unit_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

QUESTION = "How do we compare with each neighbour?"
_ROW_INCHES = 0.36
_WRAP = 28


def beside_each_neighbour(
    rows: pd.DataFrame, indicator: Indicator, *, headline: str, alt: str
) -> Chart:
    """How do we compare with each neighbour?

    One row is one area with its `share` and the `lower` and `upper` end of its interval, in the
    order drawn, as `funnels.beside_neighbours` gives them. The area itself is emphasised.
    """
    return Chart(
        id=f"{indicator.id}-neighbours",
        question=QUESTION,
        headline=headline,
        subtitle=f"{unit_words(indicator)}, {rows['period'].iloc[0]}. Lines: 95% confidence "
        "intervals.",
        alt=alt,
        svg=_drawn(rows, indicator),
        data=_table(rows, indicator),
    )


def _drawn(rows: pd.DataFrame, indicator: Indicator) -> bytes:
    with house.settings():
        figure, axes = house.new_axes(
            left=2.6, right=0.4, bottom=0.4, height=0.6 + _ROW_INCHES * len(rows)
        )
        for place, (_, row) in enumerate(rows.iterrows()):
            is_own = bool(row["is_own"])
            colour = house.SERIES[0] if is_own else house.SERIES[1]
            ends = [float(row["lower"]), float(row["upper"])]
            axes.plot(ends, [place, place], color=colour, lw=2)
            axes.plot([float(row["share"])], [place], "o", ms=9 if is_own else 7, color=colour)
            weight = "bold" if is_own else "normal"
            name = house.wrapped(str(row["area"]), _WRAP)
            house.write(axes, name, (0.0, place), shift=(-8, 0), align="right", fontweight=weight)
        _set_axes(axes, rows, indicator)
        return house.as_svg(figure)


def _set_axes(axes: Axes, rows: pd.DataFrame, indicator: Indicator) -> None:
    sign = "%" if is_percentage(indicator) else ""
    top, step = house.nice_ceiling(float(rows["upper"].max()))
    top = min(top, 100.0) if sign else top
    ticks = [step * count for count in range(round(top / step) + 1)]
    axes.set_xlim(0, top)
    axes.set_xticks(ticks, [f"{tick:,.10g}{sign}" for tick in ticks])
    axes.set_yticks([])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(axis="x", color=house.GRID, linewidth=0.8)
    axes.spines["bottom"].set_visible(False)


def _table(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    sign = "%" if is_percentage(indicator) else ""

    def text(number: float) -> str:
        return f"{plain_number(number, indicator)}{sign}"

    return pd.DataFrame(
        {
            "Area": list(rows["area"]),
            f"{unit_words(indicator)}, {rows['period'].iloc[0]}": [text(n) for n in rows["share"]],
            "95% confidence interval": [
                f"{text(low)} to {text(high)}"
                for low, high in zip(rows["lower"], rows["upper"], strict=True)
            ],
        }
    )
