"""Horizontal bars with their figures at their ends; what is not printed has no bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lscb_analysis.catalogue import Indicator
from lscb_analysis.charts import house
from lscb_analysis.printed import is_percentage, is_shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Numbers = NDArray[np.float64]

_BAR_INCHES = 0.42
_LINE_INCHES = 0.22
_WRAP = 24


def bars(
    rows: pd.DataFrame,
    labels: Sequence[str],
    texts: Sequence[str],
    indicator: Indicator,
    emphasised: Sequence[bool],
) -> bytes:
    """One bar a row from zero, in order, as SVG.

    `texts` stand at the bars' ends. A band is a pale bar from its lower to its upper
    bound, in the colour of its row; a figure that is not printed has its symbol at the axis.
    """
    import seaborn

    names = [house.wrapped(label, _WRAP) for label in labels]
    lines = [max(1, name.count("\n") + 1) for name in names]
    height = 0.5 + sum(_BAR_INCHES + _LINE_INCHES * (count - 1) for count in lines)
    value = rows["value"].where(is_shown(rows)).to_numpy()
    upper = rows["band_upper"].where(~is_shown(rows)).to_numpy()
    lower = rows["band_lower"].where(~is_shown(rows)).to_numpy()
    drawn = pd.DataFrame({"place": range(len(names)), "value": value})
    chosen = [house.SERIES[0] if own else house.SERIES[1] for own in emphasised]
    with house.settings():
        figure, axes = house.new_axes(left=2.6, right=_right(texts), bottom=0.35, height=height)
        seaborn.barplot(
            data=drawn,
            x="value",
            y="place",
            hue="place",
            palette=chosen,
            orient="h",
            errorbar=None,
            saturation=1,
            width=0.66,
            legend=False,
            ax=axes,
        )
        axes.barh(
            range(len(names)),
            upper - lower,
            left=lower,
            height=0.66,
            facecolor=house.GROUND,
            edgecolor=chosen,
            hatch="///",
            linewidth=1.2,
        )
        highest = float(pd.Series([*value, *upper]).max())
        top, step = house.nice_ceiling(highest)
        if is_percentage(indicator) and highest > 50:
            top, step = 100.0, 25.0
        axes.set_xlim(0, top)
        sign = "%" if is_percentage(indicator) else ""
        ticks = [step * count for count in range(round(top / step) + 1)]
        decimals = 0 if float(step).is_integer() else 1
        axes.set_xticks(ticks, [f"{tick:,.{decimals}f}{sign}" for tick in ticks])
        axes.set_yticks([])
        for place, (name, own) in enumerate(zip(names, emphasised, strict=True)):
            weight = "bold" if own and not all(emphasised) else "normal"
            house.write(axes, name, (0.0, place), shift=(-6, 0), align="right", fontweight=weight)
        _write_ends(axes, value, upper, texts)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_xlabel("")
        axes.set_ylabel("")
        axes.tick_params(axis="x", length=0)
        axes.grid(axis="x", color=house.GRID, linewidth=0.8)
        axes.spines["bottom"].set_visible(False)
        return house.as_svg(figure)


def _right(texts: Sequence[str]) -> float:
    """The margin, in inches, in which the longest figure fits beyond the longest bar."""
    return 0.25 + 0.1 * max(len(text) for text in texts)


def _write_ends(axes: Axes, value: Numbers, upper: Numbers, texts: Sequence[str]) -> None:
    ends = pd.Series(value).fillna(pd.Series(upper))
    for place, text in enumerate(texts):
        is_blank = pd.isna(ends.iloc[place])
        at = 0.0 if is_blank else float(ends.iloc[place])
        colour = house.SECONDARY if is_blank else house.TEXT
        house.write(axes, text, (at, place), shift=(5, 0), color=colour)
