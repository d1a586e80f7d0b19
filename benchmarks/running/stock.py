"""Stock charts, as a user draws them with seaborn's defaults and a statsmodels fit: for comparison.

Each function takes the place of the house's of the same name in a copy of a theme's notebook.
"""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import seaborn
import statsmodels.api as sm


def _rows(briefing, indicator_id: str) -> pd.DataFrame:
    values = briefing.values
    rows = values[values["indicator"].eq(indicator_id) & values["is_current"]]
    return rows[rows["value"].notna()]


def _figure(draw, rows: pd.DataFrame):
    figure, axes = plt.subplots(figsize=(6.8, 3.6), constrained_layout=True)
    if len(rows):
        draw(axes)
    plt.close(figure)
    return figure


def how_has_it_changed(briefing, indicator_id: str):
    """A line over time with seaborn's own intervals, and a Poisson fit beside it."""
    rows = _rows(briefing, indicator_id)
    if len(rows) > 3:
        time = (rows["period_end"] - rows["period_end"].min()).dt.days / 365.25
        sm.GLM(rows["value"], sm.add_constant(time), family=sm.families.Poisson()).fit()
    return _figure(
        lambda axes: seaborn.lineplot(data=rows, x="period_end", y="value", ax=axes), rows
    )


def how_do_we_compare(briefing, indicator_id: str):
    """A bar for each area, with seaborn's own intervals."""
    rows = _rows(briefing, indicator_id)
    return _figure(lambda axes: seaborn.barplot(data=rows, x="value", y="area", ax=axes), rows)


def who(briefing, indicator_id: str, by: str):
    """A bar for each group, with seaborn's own intervals."""
    rows = _rows(briefing, indicator_id)
    return _figure(lambda axes: seaborn.barplot(data=rows, x="value", y="breakdown", ax=axes), rows)


where_will_the_year_end = how_has_it_changed
where_do_we_stand = beside_each_neighbour = how_long = how_do_we_compare
