"""A pathway as one table: the steps from one record to the next, each with its own base."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.once import once
from lscb_analysis.briefing.part import Part
from lscb_analysis.briefing.showing import no_figures
from lscb_analysis.catalogue.toml_file import one_of
from lscb_analysis.printed import number_text, unit_label
from lscb_analysis.selecting import latest_period_type, own_code, points
from lscb_analysis.tables import html_table


@once
def pathway(briefing: Briefing, caption: str, steps: Sequence[str]) -> Part:
    """The newest figure of each step, in the order given, with its period and unit.

    Steps are indicators of the theme; those without a figure are left out. The steps
    count different things (incidents, children, cases), so they are a table, not a funnel.
    """
    rows = [row for step in steps if (row := _step(briefing, step))]
    if not rows:
        return no_figures(caption)
    return Part(
        html_table(
            pd.DataFrame(rows), caption=caption, row_header="Step", numeric=["Figure"], wide=True
        )
    )


def _step(briefing: Briefing, name: str) -> dict[str, str]:
    one_of(briefing.theme.id, "indicator", name, briefing.indicators)
    indicator = briefing.indicators[name]
    code = own_code(indicator, briefing.area.area_code, briefing.panel_code)
    period_type = latest_period_type(briefing.values, indicator, code, briefing.quarter)
    if not period_type:
        return {}
    found = points(briefing.values, indicator, code, period_type, until=briefing.quarter.end)
    latest = found.iloc[-1]
    return {
        "Step": indicator.title,
        "Figure": number_text(latest, indicator),
        "Unit": unit_label(indicator),
        "Period": str(latest["period"]),
        "Area": str(latest["area"]),
    }
