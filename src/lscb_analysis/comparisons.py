"""Published values beside each other: neighbours' means, areas side by side, revisions."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from decimal import Decimal

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.catalogue import indicators as catalogue_indicators
from lscb_analysis.statistics.rounding import round_half_up
from lscb_analysis.values import TOTAL, as_values, empty_values

AVERAGED = ("rate", "proportion", "share", "duration")
SHOWN = ("published", "rounded")
COMPUTED = "computed"
CLOSENESS = ("Extremely close", "Very close", "Close", "Somewhat close", "Not close")
_PERIOD = ["period_type", "period", "period_start", "period_end"]
_FIGURE = ["indicator", *_PERIOD, "breakdown_topic", "breakdown"]
_MEAN_OF = re.compile(r"(\d+) of (\d+) neighbours")
_REVISION_COLUMNS = (
    "indicator",
    "area_code",
    "area",
    "period_type",
    "period",
    "breakdown_topic",
    "breakdown",
    "old_value",
    "old_release",
    "new_value",
    "new_release",
)


def neighbours_code(area_code: str, model: str) -> str:
    """The code under which the mean of an area's neighbours in a model stands: X7 and a hash.

    >>> neighbours_code("E06000016", "May 2025")
    'X78074764'
    """
    return f"X7{zlib.crc32(f'{area_code} {model}'.encode()) % 10**7:07d}"


def neighbour_mean(
    values: pd.DataFrame,
    neighbours: pd.DataFrame,
    area_code: str,
    model: str,
    indicators: Mapping[str, Indicator] | None = None,
) -> pd.DataFrame:
    """The mean of an area's statistical neighbours, as an indicator-values table.

    `values` are published ones, with the single neighbours among them; `neighbours` has
    the columns model, area_code, neighbour_code. The simple mean of the neighbours that
    have a figure, each in its current release, rounded half up to one decimal: of rates,
    percentages and durations, never of counts; `reason` says of how many. `release` is the
    latest of theirs. `indicators` is the catalogue unless given.

    Source of the method: the Local Authority Interactive Tool, which drops missing
    neighbours and does not weight by population.
    """
    known = catalogue_indicators() if indicators is None else indicators
    names = [name for name, item in known.items() if item.measure in AVERAGED]
    codes = _model_of(neighbours, area_code, model)["neighbour_code"]
    rows = values[
        values["indicator"].isin(names)
        & values["area_code"].isin(codes)
        & values["is_current"]
        & values["status"].isin(SHOWN)
        & values["value"].notna()
    ]
    if rows.empty:
        return empty_values()
    figures = rows.sort_values("as_of", kind="stable").groupby(_FIGURE, as_index=False)
    means = figures.agg(
        value=("value", _mean),
        members=("value", "size"),
        release=("release", "last"),
        as_of=("as_of", "last"),
    )
    of = len(codes)
    return as_values(
        means.assign(
            area_code=neighbours_code(area_code, model),
            area=f"Statistical neighbours ({model} model)",
            reason=[f"{count} of {of} neighbours" for count in means["members"]],
            status="published",
            source=COMPUTED,
        )
    )


def fewer_neighbours(reason: str) -> str:
    """Of how many neighbours a mean is, where it is of fewer than all; else nothing.

    >>> fewer_neighbours("6 of 10 neighbours"), fewer_neighbours("10 of 10 neighbours")
    ('6 of 10', '')
    """
    found = _MEAN_OF.fullmatch(reason)
    return f"{found[1]} of {found[2]}" if found and found[1] != found[2] else ""


def closeness(neighbours: pd.DataFrame, area_code: str, model: str) -> pd.DataFrame:
    """How like the area its neighbours are: one row is one degree of closeness.

    Closest first. Columns closeness, count, of (how many neighbours there are) and names,
    ready for a sentence: "Sandwell, Bradford and Brent". No rows where the model does not
    have the area.
    """
    mine = _model_of(neighbours, area_code, model)
    found = mine["closeness"].unique()
    degrees = [degree for degree in CLOSENESS if degree in found]
    degrees += sorted(set(found) - set(CLOSENESS))
    groups = [mine.loc[mine["closeness"] == degree, "neighbour"] for degree in degrees]
    return pd.DataFrame(
        {
            "closeness": pd.Series(degrees, dtype="str"),
            "count": pd.Series([len(group) for group in groups], dtype="int64"),
            "of": pd.Series([len(mine)] * len(groups), dtype="int64"),
            "names": pd.Series([_listed(list(group)) for group in groups], dtype="str"),
        }
    )


def beside(
    values: pd.DataFrame,
    area_code: str,
    comparator_codes: Iterable[str],
    indicator: str,
    period_type: str | None = None,
    breakdown_topic: str = TOTAL,
    breakdown: str = TOTAL,
) -> pd.DataFrame:
    """One indicator of several areas side by side: one row is one period, oldest first.

    Columns period_type, period, period_start, period_end, then one for each area code, the
    area itself first, with its value; a code without figures has a column of missing ones.
    Current releases only, and one period type only: the one given, else that which the
    most of the areas have (of several, the one with the newest figure). A missing value
    was not published, or not shown; it is never zero.
    """
    codes = list(dict.fromkeys([area_code, *comparator_codes]))
    rows = values[
        (values["indicator"] == indicator)
        & values["area_code"].isin(codes)
        & values["is_current"]
        & (values["breakdown_topic"] == breakdown_topic)
        & (values["breakdown"] == breakdown)
    ]
    chosen = _common_period_type(rows) if period_type is None else period_type
    rows = rows[rows["period_type"] == chosen]
    shown = rows["value"].where(rows["status"].isin([*SHOWN, "low_reliability"]))
    wide = rows.assign(value=shown).pivot(index=_PERIOD, columns="area_code", values="value")
    wide = wide.reindex(columns=codes).rename_axis(columns=None).reset_index()
    return wide.sort_values(["period_end", "period_start"], ignore_index=True)


def latest_two(
    values: pd.DataFrame, area_code: str, indicator: str, period_type: str
) -> pd.DataFrame:
    """The newest figure of one area and the one before it, both shown: older first.

    Rows of the values table; fewer than two where there are fewer. The headline of current
    releases only.
    """
    rows = values[
        (values["indicator"] == indicator)
        & (values["area_code"] == area_code)
        & (values["period_type"] == period_type)
        & (values["breakdown_topic"] == TOTAL)
        & (values["breakdown"] == TOTAL)
        & values["is_current"]
        & values["value"].notna()
        & values["status"].isin(SHOWN)
    ]
    return rows.sort_values(["period_end", "period_start"]).tail(2).reset_index(drop=True)


def revisions(values: pd.DataFrame) -> pd.DataFrame:
    """The figures that a later release changed: one row is one change, to the next release.

    Columns indicator, area_code, area, period_type, period, breakdown_topic, breakdown,
    old_value, old_release, new_value, new_release. Numbers of one source (publisher) in the
    order of their dates; a blank one is no change. A mean that we compute is made of
    current figures only, so it has none.
    """
    rows = values[values["value"].notna()]
    key = ["source", *_REVISION_COLUMNS[:2], *_REVISION_COLUMNS[3:7]]
    rows = rows.sort_values([*key, "as_of", "is_current"], kind="stable")
    before = rows.groupby(key, sort=False)[["value", "release"]].shift()
    changed = before["value"].notna() & (before["value"] != rows["value"])
    listed = rows.assign(old_value=before["value"], old_release=before["release"])
    listed = listed.rename(columns={"value": "new_value", "release": "new_release"})
    return listed.loc[changed, list(_REVISION_COLUMNS)].reset_index(drop=True)


def _model_of(neighbours: pd.DataFrame, area_code: str, model: str) -> pd.DataFrame:
    mine = (neighbours["area_code"] == area_code) & (neighbours["model"] == model)
    return neighbours[mine].sort_values("rank", kind="stable")


def _mean(numbers: pd.Series) -> float:
    total = sum((Decimal(str(number)) for number in numbers), Decimal(0))
    return round_half_up(total / len(numbers), 1)


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _common_period_type(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    kinds = rows.groupby("period_type").agg(
        areas=("area_code", "nunique"), newest=("period_end", "max")
    )
    return str(kinds.sort_values(["areas", "newest"]).index[-1])
