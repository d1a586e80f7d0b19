"""What single days tell, on the panel's page and no other."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.once import once
from lscb_analysis.briefing.part import Part
from lscb_analysis.briefing.showing import asked, figure, no_figures
from lscb_analysis.by_day import BETWEEN, CURVE, FEWEST_WATCHED
from lscb_analysis.catalogue import Indicator
from lscb_analysis.charts.by_day import how_long_in_full
from lscb_analysis.charts.by_day import how_often as gaps_chart
from lscb_analysis.narrative.by_day import (
    curve_alt,
    curve_headline,
    gaps_alt,
    gaps_headline,
    gaps_sentence,
)
from lscb_analysis.releases import PANEL


@once
def how_often(briefing: Briefing, indicator_id: str) -> Part:
    """How often does it happen? The days between one event and the next, for the panel alone.

    Nothing for other readers, whose page has the years taken together.
    """
    indicator, _ = asked(briefing, indicator_id)
    if briefing.audience != PANEL:
        return Part("")
    gaps = _rows(briefing, indicator, BETWEEN)
    if gaps.empty:
        return no_figures(f"Days between {indicator.unit}")
    chart = gaps_chart(
        gaps,
        indicator,
        headline=gaps_headline(gaps, indicator),
        alt=gaps_alt(gaps, indicator),
    )
    return Part(figure(chart, gaps_sentence(gaps, indicator), is_open=False))


def curve_in_full(briefing: Briefing, indicator: Indicator) -> str:
    """The full curve of how long spells last, for the panel alone; else nothing."""
    curve = _rows(briefing, indicator, CURVE)
    drawn = curve[curve["watched"] >= FEWEST_WATCHED] if len(curve) else curve
    if drawn.empty:
        return ""
    chart = how_long_in_full(
        drawn,
        indicator,
        headline=curve_headline(drawn, indicator),
        alt=curve_alt(drawn, indicator),
    )
    return figure(chart)


def _rows(briefing: Briefing, indicator: Indicator, kind: str) -> pd.DataFrame:
    found = briefing.by_day
    if briefing.audience != PANEL or found.empty:
        return pd.DataFrame()
    rows = found[found["indicator"].eq(indicator.id) & found["kind"].eq(kind)]
    return rows.sort_values("at", kind="stable").reset_index(drop=True)
