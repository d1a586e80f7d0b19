"""The scorecard's trends: a small line for each indicator, with its words."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator

import pandas as pd

from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.once import kept
from lscb_analysis.briefing.part import safe
from lscb_analysis.catalogue import Indicator
from lscb_analysis.charts.sparkline import sparkline
from lscb_analysis.narrative import trend_alt
from lscb_analysis.selecting import latest_period_type, own_code
from lscb_analysis.signals import points


def trends(briefing: Briefing, row_titles: Iterable[str]) -> list[str]:
    """The picture of each row of the scorecard as HTML, blank where its points are few."""
    by_title = {item.title: item for item in briefing.indicators.values()}
    found = []
    for row_title in row_titles:
        named = [title for title in by_title if row_title.startswith(f"{title} (")]
        item = by_title[max(named, key=len)] if named else None
        found.append(_picture(*trend(briefing, item)) if item else "")
    return found


def every_trend(briefing: Briefing) -> Iterator[tuple[str, bytes, str]]:
    """Each indicator's title, small line and words, where it has a line."""
    for item in briefing.indicators.values():
        svg, alt = trend(briefing, item)
        if svg:
            yield item.title, svg, alt


def trend(briefing: Briefing, indicator: Indicator) -> tuple[bytes, str]:
    """One indicator's small line over its newest kind of period, and what it shows in words."""
    found: tuple[bytes, str] = kept(
        briefing, ("trend", indicator.id), lambda: _drawn(briefing, indicator)
    )
    return found


def _drawn(briefing: Briefing, indicator: Indicator) -> tuple[bytes, str]:
    found = _points(briefing, indicator)
    svg = sparkline(found) if len(found) else b""
    return (svg, trend_alt(found, indicator)) if svg else (b"", "")


def _points(briefing: Briefing, indicator: Indicator) -> pd.DataFrame:
    code = own_code(indicator, briefing.area.area_code, briefing.panel_code)
    period_type = latest_period_type(briefing.values, indicator, code, briefing.quarter)
    if not period_type:
        return pd.DataFrame()
    return points(briefing.values, indicator, code, period_type, until=briefing.quarter.end)


def _picture(svg: bytes, alt: str) -> str:
    if not svg:
        return ""
    coded = base64.b64encode(svg).decode("ascii")
    return f'<img src="data:image/svg+xml;base64,{coded}" alt="{safe(alt)}">'
