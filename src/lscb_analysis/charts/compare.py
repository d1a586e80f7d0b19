"""How do we compare? The area beside its neighbours, region and country in one period."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.charts.bars import bars
from lscb_analysis.charts.chart import Chart, ChartError
from lscb_analysis.printed import covered_text, number_text, unit_words


def how_do_we_compare(
    rows: pd.DataFrame, indicator: Indicator, *, headline: str, alt: str
) -> Chart:
    """How do we compare?

    One row is one area, all of one period, in the order drawn, as
    `selecting.comparison_rows` gives them: the area itself has the `role` own (the first row
    where there is no such column) and is emphasised. An area whose figure is not printed has
    no bar and its symbol. Raises ChartError where there are several periods, or none.
    """
    periods = rows["period"].unique()
    if len(periods) != 1:
        raise ChartError(
            f"the comparison of '{indicator.id}' has {len(periods)} periods: one is needed"
        )
    roles = list(rows["role"]) if "role" in rows else ["own"] + [""] * (len(rows) - 1)
    names, texts = list(rows["area"]), list(number_text(rows, indicator))
    told = list(covered_text(rows, indicator))
    table = pd.DataFrame({"Area": names, f"{unit_words(indicator)}, {periods[0]}": told})
    return Chart(
        id=f"{indicator.id}-compare",
        question="How do we compare?",
        headline=headline,
        subtitle=f"{unit_words(indicator)}, {periods[0]}.",
        alt=alt,
        svg=bars(rows, names, texts, indicator, [role == "own" for role in roles]),
        data=table,
    )
