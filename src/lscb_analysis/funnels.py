"""Where an area lies among all areas of a release: its funnel, from published counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.printed import is_percentage
from lscb_analysis.statistics.funnel import DIFFERENT, WARNING, Funnel, funnel
from lscb_analysis.statistics.intervals import poisson_rate, wilson

FEWEST = 50
FEWEST_BESIDE = 3
PLACES = ("inside", "near", "above", "below")


@dataclass(frozen=True)
class Standing:
    """One area among all: its figure, the rate of all together, the limits at its own base.

    `areas` has every area's `share` (of one, or per unit of base) with its limits; the four
    limits are those of the area itself, allowing for the usual variation between areas, on
    the scale that is printed. `place` is inside, near (outside the 95 % limits alone), above or
    below (outside the 99.8 % limits).
    """

    areas: pd.DataFrame
    found: Funnel
    period: str
    own: pd.Series
    value: float
    rate: float
    lower: float
    upper: float
    place: str
    scale: float


def standing(
    all_areas: pd.DataFrame, indicator: Indicator, area_code: str, *, until: date | None = None
) -> Standing | None:
    """The area's place in the funnel of the newest year at or before `until`; or None.

    None where no year has fifty areas, or the area is not among them. Different means outside
    limits of 99.8 % that allow for how much areas usually differ.
    """
    if all_areas.empty:
        return None
    rows = all_areas[all_areas["indicator"] == indicator.id]
    rows = rows if until is None else rows[rows["period_end"] <= pd.Timestamp(until)]
    rows = rows[rows["period_end"] == rows["period_end"].max()].reset_index(drop=True)
    own = rows[rows["area_code"] == area_code]
    if len(rows) < FEWEST or own.empty:
        return None
    found = funnel(rows["numerator"], rows["denominator"], is_proportion=is_percentage(indicator))
    scale = _scale(indicator)
    low95, high95 = found.limits(rows["denominator"], WARNING)
    low998, high998 = found.limits(rows["denominator"], DIFFERENT)
    shares = rows["numerator"] / rows["denominator"]
    areas = rows.assign(
        share=shares * scale,
        low95=low95 * scale,
        high95=high95 * scale,
        low998=low998 * scale,
        high998=high998 * scale,
    )
    mine = areas.loc[own.index[0]]
    return Standing(
        areas=areas,
        found=found,
        period=str(mine["period"]),
        own=mine,
        value=float(mine["share"]),
        rate=found.rate * scale,
        lower=float(mine["low998"]),
        upper=float(mine["high998"]),
        place=_place(mine),
        scale=scale,
    )


def beside_neighbours(
    all_areas: pd.DataFrame,
    indicator: Indicator,
    area_code: str,
    neighbours: Iterable[str],
    *,
    until: date | None = None,
) -> pd.DataFrame:
    """The area and each neighbour with its 95 % interval, highest first; empty where one lacks.

    Of the newest year at or before `until`. Columns: those of `all_areas`, `share` on the
    scale that is printed, `lower`, `upper` (Wilson of a percentage, exact Poisson of a rate, as
    if children were independent) and `is_own`. Empty without the area or two of its neighbours.
    """
    if all_areas.empty:
        return all_areas
    rows = all_areas[
        all_areas["indicator"].eq(indicator.id)
        & all_areas["area_code"].isin([area_code, *neighbours])
    ]
    rows = rows if until is None else rows[rows["period_end"] <= pd.Timestamp(until)]
    rows = rows[rows["period_end"] == rows["period_end"].max()]
    is_own = rows["area_code"].eq(area_code)
    if not is_own.any() or len(rows) < FEWEST_BESIDE:
        return rows.iloc[:0]
    counts, bases = rows["numerator"], rows["denominator"]
    scale = _scale(indicator)
    if is_percentage(indicator):
        lower, upper = (limit * scale for limit in wilson(counts, bases))
    else:
        lower, upper = poisson_rate(counts, bases, scale)
    found = rows.assign(share=counts / bases * scale, lower=lower, upper=upper, is_own=is_own)
    return found.sort_values(["share", "area"], ascending=[False, True]).reset_index(drop=True)


def _scale(indicator: Indicator) -> float:
    return 100.0 if is_percentage(indicator) else float(indicator.scale or 10_000)


def _place(own: pd.Series) -> str:
    if own["share"] > own["high998"]:
        return "above"
    if own["share"] < own["low998"]:
        return "below"
    return "inside" if own["low95"] <= own["share"] <= own["high95"] else "near"
