"""Which rows of the protected table a chart, a table or a sentence is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lscb_analysis.catalogue import Breakdown, Indicator
from lscb_analysis.periods import Quarter
from lscb_analysis.printed import SUBMISSIONS, is_shown
from lscb_analysis.values import TOTAL

Comparators = Iterable[Mapping[str, str]]
Mask = NDArray[np.bool_]

# the period a sentence is about where there are several: the shortest shown one first
PREFERENCE = ("date", "quarter", "rolling_year", "financial_year", "calendar_year", "pooled")
# a comparator's figures are published for a year or a date, never a quarter
COMPARED = ("date", "financial_year", "calendar_year", "rolling_year", "pooled")
BEGINS_ANEW = "limits begin anew: "  # before the reason of a rebase, at its first figure
_SAME_FIGURE = ["period_type", "period", "breakdown_topic", "breakdown"]


def indicator_id(indicator: Indicator | str) -> str:
    """The id of an indicator, or the id itself."""
    return indicator if isinstance(indicator, str) else indicator.id


def own_code(indicator: Indicator, area_code: str, panel_code: str = "") -> str:
    """The code whose rows answer for the area: the panel's, for what only the panel measures."""
    return panel_code if panel_code and indicator.geography == "panel" else area_code


def points(
    values: pd.DataFrame,
    indicator: Indicator | str,
    area_code: str,
    period_type: str,
    breakdown_topic: str = TOTAL,
    breakdown: str = TOTAL,
    *,
    until: date | None = None,
) -> pd.DataFrame:
    """One area's figures of one indicator over time, oldest first: one row is one period.

    Current releases only, up to and including `until`. Columns: those of the values table
    and `revised_from`, the number last published before this one where it was another.
    """
    asked = (indicator_id(indicator), area_code, period_type, breakdown_topic, breakdown, until)
    if not isinstance(values, Kept):
        return _points(values, *asked)
    if asked not in values.series:
        values.series[asked] = _points(values, *asked)
    return values.series[asked].copy(deep=False)


class Kept(pd.DataFrame):
    """A values table that nobody changes: each series that is looked up in it is kept."""

    # as pandas has it for what a table holds beside its columns
    _internal_names = [*pd.DataFrame._internal_names, "series"]  # type: ignore[attr-defined]  # noqa: RUF012
    _internal_names_set = set(_internal_names)  # noqa: RUF012

    def __init__(self, values: pd.DataFrame) -> None:
        super().__init__(values)  # type: ignore[call-arg]
        self.series: dict[tuple[object, ...], pd.DataFrame] = {}

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame


def _points(
    values: pd.DataFrame,
    indicator: str,
    area_code: str,
    period_type: str,
    breakdown_topic: str,
    breakdown: str,
    until: date | None,
) -> pd.DataFrame:
    is_wanted = values["indicator"].eq(indicator).to_numpy()
    for name, of in (
        ("area_code", area_code),
        ("period_type", period_type),
        ("breakdown_topic", breakdown_topic),
        ("breakdown", breakdown),
    ):
        is_wanted = is_wanted & values[name].eq(of).to_numpy()
    starts, ends = (values[name].to_numpy() for name in ("period_start", "period_end"))
    if until is not None:
        is_wanted = is_wanted & (ends <= np.datetime64(until))
    is_current = values["is_current"].to_numpy(dtype=bool)
    at = np.flatnonzero(is_wanted & is_current)
    current = values.iloc[at[np.lexsort((starts[at], ends[at]))]]
    return current.assign(revised_from=_revised(current, values, is_wanted & ~is_current))


def _revised(current: pd.DataFrame, values: pd.DataFrame, is_earlier: Mask) -> pd.Series:
    """The number last published before each current one, where it was another."""
    before = [float("nan")] * len(current)
    if is_earlier.any():
        rows = values[is_earlier]
        earlier = rows[is_shown(rows)].sort_values("as_of")
        before = [_revised_from(row, earlier) for _, row in current.iterrows()]
    return pd.Series(before, index=current.index, dtype="float64")


def latest_period_type(
    values: pd.DataFrame, indicator: Indicator | str, area_code: str, quarter: Quarter
) -> str:
    """The period type in which the area's newest figure at or before the quarter is printed.

    The shortest one comes first, and a quarter or rolling year only where it ends with this
    quarter: last year's is no answer for this one. Where this quarter's figure is not
    available and one of the last four is printed, quarters show the gap. Empty where
    nothing is printed.
    """
    for period_type in PREFERENCE:
        found = points(values, indicator, area_code, period_type, until=quarter.end)
        printed = found[is_shown(found) | found["band_lower"].notna()]
        if printed.empty:
            continue
        ends = printed["period_end"].iloc[-1].date()
        if period_type not in ("quarter", "rolling_year") or ends == quarter.end:
            return period_type
        is_gap = found["status"].iloc[-1] == "unavailable"
        if period_type == "quarter" and is_gap and ends > quarter.next(-4).end:
            return period_type
    return ""


def comparison_rows(
    values: pd.DataFrame,
    indicator: Indicator,
    area_code: str,
    comparators: Comparators,
    *,
    until: date | None = None,
) -> pd.DataFrame:
    """The area and its comparators in the newest period that both it and one of them print.

    One row is one area, the area itself first, then in the comparators' order; a comparator
    with no row is absent. Columns: those of the values table and `role` (own, neighbours,
    region, country, neighbour). Of one period type and period. Empty where there is no such
    period, and for counts, which say nothing beside another area's.
    """
    roles = {area_code: "own"} | {item["area_code"]: item["role"] for item in comparators}
    rows = values[
        (values["indicator"] == indicator.id)
        & values["area_code"].isin(list(roles))
        & values["is_current"]
        & (values["breakdown_topic"] == TOTAL)
        & values["period_type"].isin(COMPARED)
    ]
    if until is not None:
        rows = rows[rows["period_end"] <= pd.Timestamp(until)]
    if indicator.measure in ("count", "stock"):
        rows = rows.iloc[:0]
    rows = rows.assign(role=rows["area_code"].map(roles).astype("str"))
    printed = rows[is_shown(rows)]
    own = printed[printed["role"] == "own"]
    others = printed[printed["role"] != "own"]
    both = own.merge(others[["period_type", "period"]].drop_duplicates())
    if both.empty:
        return rows.iloc[:0]
    newest = both.sort_values("period_end", kind="stable").iloc[-1]
    chosen = rows[
        (rows["period_type"] == newest["period_type"]) & (rows["period"] == newest["period"])
    ]
    order = {code: position for position, code in enumerate(roles)}
    return chosen.sort_values("area_code", key=lambda codes: codes.map(order), kind="stable")


def breakdown_rows(
    values: pd.DataFrame,
    indicator: Indicator | str,
    area_code: str,
    breakdown: Breakdown,
    *,
    until: date | None = None,
) -> pd.DataFrame:
    """The newest period's rows of one breakdown, in the catalogue's order of categories.

    One row is one category; one that the catalogue does not list comes last. Where several
    period types end on the same day the shortest is taken. Empty where there are none.
    """
    rows = values[
        (values["indicator"] == indicator_id(indicator))
        & (values["area_code"] == area_code)
        & (values["breakdown_topic"] == breakdown.title)
        & (values["breakdown"] != TOTAL)
        & values["is_current"]
    ]
    if until is not None:
        rows = rows[rows["period_end"] <= pd.Timestamp(until)]
    if rows.empty:
        return rows
    newest = rows[rows["period_end"] == rows["period_end"].max()]
    start = newest["period_start"].max()
    newest = newest[newest["period_start"] == start]
    order = {name: position for position, name in enumerate(breakdown.categories)}
    return newest.sort_values(
        "breakdown", key=lambda names: names.map(order).fillna(len(order)), kind="stable"
    )


def year_before(period_points: pd.DataFrame) -> pd.Series | None:
    """The point to set beside the newest one, or None: the same period a year before.

    For years taken together it is the newest window that shares no year with the newest.
    """
    if len(period_points) < 2:
        return None
    latest, earlier = period_points.iloc[-1], period_points.iloc[:-1]
    if latest["period_type"] == "pooled":
        apart = earlier[earlier["period_end"] < latest["period_start"]]
        return None if apart.empty else apart.iloc[-1]
    # the last day of February differs in leap years, so the month decides and not the day
    month = latest["period_end"].to_period("M") - 12
    same = earlier[earlier["period_end"].dt.to_period("M") == month]
    return None if same.empty else same.iloc[-1]


def begins_anew(period_points: pd.DataFrame) -> pd.Series:
    """Whether limits begin anew with each point, by the reason that stands at it."""
    return period_points["reason"].astype("str").str.startswith(BEGINS_ANEW)


def since_anew(period_points: pd.DataFrame) -> pd.DataFrame:
    """The points from the last that limits begin anew with: what may be judged together."""
    found = begins_anew(period_points)
    return period_points.loc[found[found].index[-1] :] if found.any() else period_points


def _revised_from(row: pd.Series, earlier: pd.DataFrame) -> float:
    same = earlier[
        (earlier[_SAME_FIGURE] == row[_SAME_FIGURE]).all(axis=1)
        & ((earlier["source"] == SUBMISSIONS) == (row["source"] == SUBMISSIONS))
        & ~(earlier["as_of"] > row["as_of"])
    ]
    other = same[same["value"] != row["value"]]
    return float(other["value"].iloc[-1]) if len(other) else float("nan")
