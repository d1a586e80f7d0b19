"""Where do we stand among all areas? Each area's figure against the size of its base."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.charts import house
from lscb_analysis.charts.chart import Chart
from lscb_analysis.funnels import Standing
from lscb_analysis.printed import is_percentage, plain_number, unit_words
from lscb_analysis.statistics.funnel import DIFFERENT, WARNING
from lscb_analysis.statistics.intervals import Numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

QUESTION = "Where do we stand among all areas?"
CURVE = 120
SMALLEST, FAR = 0.02, 4.0
SHOWN = ("area", "share", "low998", "high998")


def where_do_we_stand(
    found: Standing, indicator: Indicator, base_words: str, *, headline: str, alt: str
) -> Chart:
    """Where do we stand among all areas?

    Every area is a point: its figure up, the size of its base across. The line is the rate of
    all together; the dashed curves are limits of 95 % and of 99.8 %, which allow for how much
    areas usually differ. The table has every area by its name, since a place in an order says
    more than the figures do.
    """
    return Chart(
        id=f"{indicator.id}-funnel",
        question=QUESTION,
        headline=headline,
        subtitle=f"{unit_words(indicator)}, {found.period}, {len(found.areas)} authorities, by "
        f"{base_words}. Dashed: limits of 95% and 99.8%.{_left_out(found)}",
        alt=alt,
        svg=_drawn(found, indicator, base_words),
        data=_table(found, indicator),
    )


def _drawn(found: Standing, indicator: Indicator, base_words: str) -> bytes:
    areas, sign = drawn_areas(found), "%" if is_percentage(indicator) else ""
    least, most = areas["denominator"].min(), areas["denominator"].max()
    sizes = np.geomspace(least * 0.9, most * 1.1, CURVE)
    with house.settings():
        figure, axes = house.new_axes(left=0.75, right=0.25, bottom=0.75, height=4.2)
        axes.set_xscale("log")
        top, step = house.nice_ceiling(float(areas["share"].max()) * 1.08)
        for level, dash, name in ((WARNING, (2, 2), "95%"), (DIFFERENT, (5, 2), "99.8%")):
            for curve in found.found.limits(sizes, level):
                axes.plot(sizes, curve * found.scale, color=house.SECONDARY, lw=1.1, dashes=dash)
            _name_line(axes, sizes, curve * found.scale, name, top)
        axes.axhline(found.rate, color=house.SECONDARY, lw=1.2)
        others = areas[areas["area_code"] != found.own["area_code"]]
        axes.scatter(
            others["denominator"], others["share"], s=16, color=house.SERIES[1], linewidths=0
        )
        axes.scatter(
            [found.own["denominator"]], [found.value], s=70, color=house.SERIES[0], zorder=4
        )
        axes.set_ylim(0, top)
        ticks = [step * count for count in range(round(top / step) + 1)]
        axes.set_yticks(ticks, [f"{tick:,.10g}{sign}" for tick in ticks])
        across = _ticks(least * 0.9, most * 1.1)
        axes.set_xticks(across, [f"{tick:,}" for tick in across])
        axes.minorticks_off()
        axes.set_xlabel(base_words[0].upper() + base_words[1:], fontsize=house.SMALL)
        house.write(
            axes,
            str(found.own["area"]),
            (float(found.own["denominator"]), found.value),
            shift=(8, 8),
            color=house.SERIES[0],
            fontweight="bold",
            bbox={"facecolor": house.GROUND, "edgecolor": "none", "alpha": 0.8, "pad": 1},
            zorder=6,
        )
        return house.as_svg(figure)


def drawn_areas(found: Standing) -> pd.DataFrame:
    """The areas that are drawn: those far smaller than nearly all others would stretch the axis."""
    bases = found.areas["denominator"]
    is_drawn = bases.ge(bases.quantile(SMALLEST) / FAR) | found.areas["area_code"].eq(
        found.own["area_code"]
    )
    return found.areas[is_drawn]


def _left_out(found: Standing) -> str:
    names = sorted(set(found.areas["area"]) - set(drawn_areas(found)["area"]))
    return f" Not drawn, as far smaller: {', '.join(names)}." if names else ""


def _name_line(axes: Axes, sizes: Numbers, upper: Numbers, name: str, top: float) -> None:
    """The level's name where its upper line enters the picture from the left."""
    inside = np.flatnonzero(upper * 1.0 <= top * 0.96)
    at = int(inside[0]) if len(inside) else len(sizes) - 1
    house.write(
        axes, name, (float(sizes[at]), float(upper[at])), shift=(4, 6), color=house.SECONDARY
    )


def _ticks(least: float, most: float) -> list[int]:
    """Round numbers within the range: powers of ten, with halves where those are too few."""
    for firsts in ((1,), (1, 5), (1, 2, 5)):
        ticks = [first * 10**power for power in range(8) for first in firsts]
        found = [tick for tick in ticks if least <= tick <= most]
        if len(found) > 1:
            return found
    return found


def _table(found: Standing, indicator: Indicator) -> pd.DataFrame:
    ordered = found.areas.sort_values("area", kind="stable")
    sign = "%" if is_percentage(indicator) else ""
    texts = {
        name: [f"{plain_number(value, indicator)}{sign}" for value in ordered[name]]
        for name in SHOWN[1:]
    }
    return pd.DataFrame(
        {
            "Area": list(ordered["area"]),
            f"{unit_words(indicator)}, {found.period}": texts["share"],
            "99.8% limits": [
                f"{low} to {high}"
                for low, high in zip(texts["low998"], texts["high998"], strict=True)
            ],
        }
    )
