"""Who, and how long? One indicator divided by age, sex, ethnicity or another breakdown, or time."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.catalogue import Breakdown, Indicator
from lscb_analysis.charts.bars import bars
from lscb_analysis.charts.chart import Chart, ChartError
from lscb_analysis.printed import number_text, unit_words


def who(
    rows: pd.DataFrame, indicator: Indicator, breakdown: Breakdown, *, headline: str, alt: str
) -> Chart:
    """Who is it about?

    One row is one category, all of one period, drawn in the catalogue's order; one that the
    catalogue does not list comes last. A withheld category has no bar and its symbol.
    Raises ChartError where there are several periods, or none.
    """
    by = breakdown.title.lower()
    return _grouped(rows, indicator, breakdown, "Who is it about?", f", by {by}.", headline, alt)


def how_long(
    rows: pd.DataFrame, indicator: Indicator, breakdown: Breakdown, *, headline: str, alt: str
) -> Chart:
    """How long does it last?

    One row is the share still open after some months, all of one span of years. A withheld
    share has no bar and its symbol. Raises ChartError where there are several spans, or none.
    """
    told = ", all that were open then, ended or not."
    return _grouped(rows, indicator, breakdown, "How long does it last?", told, headline, alt)


def _grouped(
    rows: pd.DataFrame,
    indicator: Indicator,
    breakdown: Breakdown,
    question: str,
    told: str,
    headline: str,
    alt: str,
) -> Chart:
    periods = rows["period"].unique()
    if len(periods) != 1:
        raise ChartError(
            f"the breakdown of '{indicator.id}' has {len(periods)} periods: one is needed"
        )
    order = {name: position for position, name in enumerate(breakdown.categories)}
    ordered = rows.sort_values(
        "breakdown", key=lambda names: names.map(order).fillna(len(order)), kind="stable"
    )
    names, texts = list(ordered["breakdown"]), list(number_text(ordered, indicator))
    heading = f"{unit_words(indicator)}, {periods[0]}"
    return Chart(
        id=f"{indicator.id}-{breakdown.id}",
        question=question,
        headline=headline,
        subtitle=f"{heading}{told}",
        alt=alt,
        svg=bars(ordered, names, texts, indicator, [True] * len(ordered)),
        data=pd.DataFrame(
            {breakdown.title: names, f"{unit_words(indicator)}, {periods[0]}": texts}
        ),
    )
