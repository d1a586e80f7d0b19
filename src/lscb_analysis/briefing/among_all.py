"""An area among all areas, and beside each neighbour, by the counts that are published of all."""

from __future__ import annotations

import pandas as pd

from lscb_analysis import charts
from lscb_analysis.briefing.briefing import Briefing
from lscb_analysis.briefing.once import once
from lscb_analysis.briefing.part import Part
from lscb_analysis.briefing.showing import asked, figure
from lscb_analysis.catalogue import Indicator
from lscb_analysis.funnels import beside_neighbours, standing
from lscb_analysis.narrative import (
    neighbours_alt,
    neighbours_headline,
    neighbours_sentence,
    standing_alt,
    standing_headline,
    standing_sentence,
)
from lscb_analysis.printed import is_shown, number_text, plain_number
from lscb_analysis.values import TOTAL


@once
def where_do_we_stand(briefing: Briefing, indicator_id: str) -> Part:
    """Where do we stand among all areas? A funnel of every authority's published figure.

    Nothing for an area that is not among them, as a fictional one never is.
    """
    indicator, code = asked(briefing, indicator_id)
    found = standing(briefing.all_areas, indicator, code, until=briefing.quarter.end)
    if found is None:
        return Part("")
    chart = charts.where_do_we_stand(
        found,
        indicator,
        _base_words(indicator),
        headline=standing_headline(found, indicator),
        alt=standing_alt(found, indicator),
    )
    told = f"{standing_sentence(found, indicator)}{_of_release(briefing, found.own, indicator)}"
    return Part(figure(chart, told, is_open=False))


@once
def beside_each_neighbour(briefing: Briefing, indicator_id: str) -> Part:
    """How do we compare with each neighbour? Published figures, each with its interval.

    Nothing for an area that is not among them, as a fictional one never is.
    """
    indicator, code = asked(briefing, indicator_id)
    codes = [str(item.get("neighbour_code", "")) for item in briefing.provenance["neighbours"]]
    rows = beside_neighbours(briefing.all_areas, indicator, code, codes, until=briefing.quarter.end)
    if rows.empty:
        return Part("")
    chart = charts.beside_each_neighbour(
        rows,
        indicator,
        headline=neighbours_headline(rows, indicator),
        alt=neighbours_alt(rows, indicator),
    )
    own = rows[rows["is_own"]].iloc[0]
    told = neighbours_sentence(rows, indicator, len(codes))
    return Part(figure(chart, f"{told}{_of_release(briefing, own, indicator)}", is_open=False))


def _of_release(briefing: Briefing, own: pd.Series, indicator: Indicator) -> str:
    """Of which release a figure among all areas is, and what a later one says of it instead."""
    values = briefing.values
    same = values[
        values["indicator"].eq(indicator.id)
        & values["area_code"].eq(own["area_code"])
        & values["period_end"].eq(own["period_end"])
        & values["breakdown_topic"].eq(TOTAL)
        & values["is_current"]
        & values["release"].ne(own["release"])
    ]
    told = f" These figures are of {own['release']}."
    here = plain_number(float(own["share"]), indicator)
    for _, row in same[is_shown(same)].iterrows():
        later = number_text(row, indicator)
        if later.removesuffix("%") != here:
            told += f" {row['release']}, which the scorecard shows, has {later}."
    return told


def _base_words(indicator: Indicator) -> str:
    if indicator.funnel_per.startswith("population"):
        return "number of children who live there"
    return f"number of {indicator.unit.removeprefix('% of ')}"
