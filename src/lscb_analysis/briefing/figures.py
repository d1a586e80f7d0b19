"""Charts on a page: each with its headline, its words, its picture and its table."""

from __future__ import annotations

import pandas as pd

from lscb_analysis import charts
from lscb_analysis.ahead import year_end
from lscb_analysis.briefing.among_all import beside_each_neighbour
from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.by_day import curve_in_full
from lscb_analysis.briefing.held import held_notes
from lscb_analysis.briefing.once import once
from lscb_analysis.briefing.part import Part
from lscb_analysis.briefing.showing import asked, figure, no_figures
from lscb_analysis.briefing.texts import texts_about
from lscb_analysis.catalogue import Indicator, breakdowns
from lscb_analysis.catalogue.toml_file import one_of
from lscb_analysis.disclosure.joint import flow_of
from lscb_analysis.narrative import (
    breakdown_alt,
    breakdown_headline,
    change_sentence,
    chart_alt,
    chart_headline,
    coming_alt,
    coming_headline,
    coming_sentence,
    comparison_alt,
    comparison_headline,
    comparison_sentence,
    interval_sentence,
    lasting_headline,
    lasting_sentence,
    net_change_sentence,
    signal_sentence,
    trend_sentence,
)
from lscb_analysis.printed import is_shown
from lscb_analysis.selecting import breakdown_rows, comparison_rows, latest_period_type
from lscb_analysis.signals import latest_signal, points


@once
def how_has_it_changed(briefing: Briefing, indicator_id: str) -> Part:
    """How has it changed? A line over time, its usual range where it has one, its table."""
    indicator, code = asked(briefing, indicator_id)
    until = briefing.quarter.end
    period_type = latest_period_type(briefing.values, indicator, code, briefing.quarter)
    found = points(briefing.values, indicator, code, period_type, until=until)
    if not period_type or is_shown(found).sum() < 2:
        return Part(no_figures(indicator.title).html + held_notes(briefing, indicator.id))
    signal = latest_signal(found, indicator)
    beside = _beside(briefing, indicator, period_type)
    chart = charts.how_has_it_changed(
        found,
        indicator,
        headline=chart_headline(found, indicator, signal),
        alt=chart_alt(found, indicator, signal),
        signal=signal,
        comparators=beside,
    )
    judged = "" if signal.state == "stock" else signal_sentence(signal, indicator, named=False)
    told = [
        judged,
        change_sentence(found, indicator, named=False),
        interval_sentence(found, indicator),
        trend_sentence(found, indicator),
        _through_flows(briefing, indicator, code),
    ]
    return Part(
        figure(chart, " ".join(filter(None, told)))
        + held_notes(briefing, indicator.id)
        + texts_about(briefing, indicator.id)
    )


def _through_flows(briefing: Briefing, stock: Indicator, code: str) -> str:
    """What is said of a level through its starts and ends; nothing where they are not counted."""
    counted = [flow_of(stock, dated_by, briefing.indicators) for dated_by in stock.dated_by]
    flows = stock.flows or counted
    if stock.measure != "stock" or len(flows) != 2 or None in flows:
        return ""
    starts, ends = (
        points(briefing.values, str(flow), code, "quarter", until=briefing.quarter.end)
        for flow in flows
    )
    return net_change_sentence(starts, ends)


@once
def how_do_we_compare(briefing: Briefing, indicator_id: str) -> Part:
    """How do we compare? The area beside its neighbours, region and country, same year.

    Then beside each neighbour, where every authority's counts are published.
    """
    indicator, code = asked(briefing, indicator_id)
    until = briefing.quarter.end
    rows = comparison_rows(briefing.values, indicator, code, briefing.comparators, until=until)
    if len(rows) < 2:
        return no_figures(f"{indicator.title} beside other areas")
    chart = charts.how_do_we_compare(
        rows,
        indicator,
        headline=comparison_headline(rows, indicator),
        alt=comparison_alt(rows, indicator),
    )
    told = comparison_sentence(briefing.values, indicator, code, briefing.comparators, until=until)
    return Part(figure(chart, told) + beside_each_neighbour(briefing, indicator_id).html)


@once
def where_will_the_year_end(briefing: Briefing, indicator_id: str) -> Part:
    """Where will the year end? The range of the quarters to come; nothing where none is safe."""
    indicator, code = asked(briefing, indicator_id)
    until = briefing.quarter.end
    period_type = latest_period_type(briefing.values, indicator, code, briefing.quarter)
    found = points(briefing.values, indicator, code, period_type, until=until)
    ahead = year_end(found, indicator)
    if ahead is None:
        return Part("")
    chart = charts.where_will_the_year_end(
        found,
        ahead,
        indicator,
        headline=coming_headline(ahead, indicator),
        alt=coming_alt(ahead, indicator),
    )
    return Part(figure(chart, coming_sentence(ahead, indicator), is_open=False))


@once
def who(briefing: Briefing, indicator_id: str, by: str) -> Part:
    """Who? One breakdown of the newest period, in the order of its categories."""
    indicator, code = asked(briefing, indicator_id)
    one_of("who", "by", by, breakdowns())
    breakdown = breakdowns()[by]
    rows = breakdown_rows(briefing.values, indicator, code, breakdown, until=briefing.quarter.end)
    if rows.empty or not (is_shown(rows) | rows["band_lower"].notna()).any():
        grouped = "" if indicator.measure == "share" else f" by {breakdown.title.lower()}"
        missing = no_figures(f"{indicator.title}{grouped}")
        return Part(missing.html + held_notes(briefing, indicator.id, breakdown.title))
    chart = charts.who(
        rows,
        indicator,
        breakdown,
        headline=breakdown_headline(rows, indicator, breakdown),
        alt=breakdown_alt(rows, indicator, breakdown),
    )
    held = held_notes(briefing, indicator.id, breakdown.title)
    return Part(figure(chart, _of_an_earlier_year(briefing, rows)) + held)


@once
def how_long(briefing: Briefing, indicator_id: str) -> Part:
    """How long does it last? The share still open after some months, those not ended included.

    With it the time until half have ended, where the catalogue has that indicator, and for the
    panel the full curve.
    """
    indicator, code = asked(briefing, indicator_id)
    breakdown = breakdowns()[indicator.share_by]
    until = briefing.quarter.end
    rows = breakdown_rows(briefing.values, indicator, code, breakdown, until=until)
    in_full = curve_in_full(briefing, indicator)
    if rows.empty or not is_shown(rows).any():
        return Part(in_full) if in_full else no_figures(indicator.title)
    told = lasting_sentence(rows, _half(briefing, indicator, rows), indicator)
    chart = charts.how_long(
        rows,
        indicator,
        breakdown,
        headline=lasting_headline(rows, indicator),
        alt=breakdown_alt(rows, indicator, breakdown),
    )
    return Part(figure(chart, told) + in_full)


def _half(briefing: Briefing, indicator: Indicator, rows: pd.DataFrame) -> pd.DataFrame:
    """The row of the time until half have ended, of the same years; none where it has none."""
    values = briefing.values
    named = [
        item.id
        for item in briefing.indicators.values()
        if item.measure == "time_to_end" and item.of == indicator.id
    ]
    return values[
        values["indicator"].isin(named)
        & values["area_code"].isin(rows["area_code"])
        & values["period"].isin(rows["period"])
        & values["is_current"]
    ]


def _of_an_earlier_year(briefing: Briefing, rows: pd.DataFrame) -> str:
    """What is said where official statistics have no groups for the page's own year yet."""
    newest = rows["period_end"].max()
    if not briefing.is_published_only or newest >= pd.Timestamp(briefing.quarter.end):
        return ""
    return f"These are of {rows['period'].iloc[-1]}: no later figures of these groups are held."


def _beside(briefing: Briefing, indicator: Indicator, period_type: str) -> dict[str, pd.DataFrame]:
    """The comparators' lines, for rates and percentages of the same period type."""
    if indicator.measure in ("count", "stock"):
        return {}
    until = briefing.quarter.end
    lines = {
        item["area"]: points(
            briefing.values, indicator, item["area_code"], period_type, until=until
        )
        for item in briefing.comparators
    }
    return {name: rows for name, rows in lines.items() if is_shown(rows).sum() > 1}
