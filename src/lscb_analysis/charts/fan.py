"""Where will the year end? The quarters printed, and the range of those to come."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.ahead import YearEnd
from lscb_analysis.catalogue import Indicator
from lscb_analysis.charts import house
from lscb_analysis.charts.chart import Chart
from lscb_analysis.periods import day_label
from lscb_analysis.printed import is_shown, number_text, unit_words

QUESTION = "Where will the year end?"
_MOST_TICKS = 5


def where_will_the_year_end(
    points: pd.DataFrame, found: YearEnd, indicator: Indicator, *, headline: str, alt: str
) -> Chart:
    """Where will the year end?

    `points` are the quarters printed, oldest first, `found` the ranges of those to come as
    `ahead.year_end` gives them: a band from the last point on, and no line in it, since no
    single number is forecast.
    """
    shown = points[is_shown(points)]
    first = shown["period"].iloc[0]
    return Chart(
        id=f"{indicator.id}-fan",
        question=QUESTION,
        headline=headline,
        subtitle=f"{unit_words(indicator)}, {first} to {_names(found, indicator)[-1]}. "
        "Shaded: 80% range, if recent patterns continue.",
        alt=alt,
        svg=_drawn(shown, found),
        data=_table(shown, found, indicator),
    )


def _drawn(shown: pd.DataFrame, found: YearEnd) -> bytes:
    months, coming = _months(shown["period_end"]), _months(found.coming["period_end"])
    last = float(shown["value"].iloc[-1])
    with house.settings():
        figure, axes = house.new_axes(left=0.85, right=1.5, bottom=0.72)
        axes.fill_between(
            [months[-1], *coming],
            [last, *found.coming["lower"]],
            [last, *found.coming["upper"]],
            color=house.SERIES[1],
            alpha=0.35,
            linewidth=0,
        )
        axes.plot(months, shown["value"].to_list(), "o-", color=house.SERIES[0], lw=2.2, ms=6)
        top, step = house.nice_ceiling(
            max(float(shown["value"].max()), float(found.coming["upper"].max()))
        )
        ticks = [step * count for count in range(round(top / step) + 1)]
        axes.set_ylim(0, top * 1.04)
        axes.set_yticks(ticks, [f"{tick:,.10g}" for tick in ticks])
        axes.grid(axis="y", color=house.GRID, linewidth=0.8)
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        _set_x(axes, [*months, *coming], [*shown["period_end"], *found.coming["period_end"]])
        end = found.coming.iloc[-1]
        middle = (float(end["lower"]) + float(end["upper"])) / 2
        house.write(axes, "80% range", (coming[-1], middle), shift=(8, 0))
        return house.as_svg(figure)


def _set_x(axes: object, months: list[float], days: list[pd.Timestamp]) -> None:
    every = -(-len(months) // _MOST_TICKS)
    picked = list(range(len(months) - 1, -1, -every))[::-1]
    labels = [f"{days[at].day} {days[at]:%b}\n{days[at].year}" for at in picked]
    axes.set_xticks([months[at] for at in picked], labels)  # type: ignore[attr-defined]


def _months(days: pd.Series) -> list[float]:
    return [float(day.year * 12 + day.month) for day in days]


def _names(found: YearEnd, indicator: Indicator) -> list[str]:
    if indicator.measure == "stock":
        return [day_label(day) for day in found.coming["period_end"]]
    return list(found.coming["period"])


def _table(shown: pd.DataFrame, found: YearEnd, indicator: Indicator) -> pd.DataFrame:
    ranges = [
        f"{low:,.0f} to {high:,.0f} (80% range)"
        for low, high in zip(found.coming["lower"], found.coming["upper"], strict=True)
    ]
    periods = [*shown["period"], *_names(found, indicator)]
    figures = [*number_text(shown, indicator), *ranges]
    if found.is_total:
        periods.append(f"{found.year}, the whole year")
        figures.append(f"{found.lower:,.0f} to {found.upper:,.0f} (80% range)")
    return pd.DataFrame({"Period": periods, unit_words(indicator): figures})
