"""Columns of official statistics: time, geography, filters and indicators, told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from lscb_analysis.sources.columns import normalise

_PERIOD = ("timeperiod",)
_IDENTIFIER = ("timeidentifier", "timeperiodtype")
_LEVEL = ("geographiclevel", "geographylevel", "geographictype")
_VALUE = ("value", "values", "figure", "statisticvalue", "indicatorvalue", "measurevalue")
_NAME_OF_VALUE = ("indicator", "indicatorname", "measure", "metric", "statistic", "variable")
_UNIT = ("unit", "units", "indicatorunit", "unitofmeasure")
_ALWAYS_FILTERS = (
    *("age", "agegroup", "ageband", "year", "month", "week", "quarter", "sex", "gender"),
    *("yeargroup", "ncyear", "keystage", "urn", "ukprn", "upin", "laestab", "category"),
)
_MOSTLY = 0.5


@dataclass(frozen=True)
class Level:
    """A geographic level: what it is called here and in the files, and its columns there.

    `code`, `name` and `old_code` are the accepted names of its columns, normalised.
    """

    area_type: str
    called: tuple[str, ...]
    code: tuple[str, ...]
    name: tuple[str, ...]
    old_code: tuple[str, ...] = ()


def _level(area_type: str, abbreviation: str, stem: str, *also: str) -> Level:
    called = (normalise(area_type), abbreviation, *also)
    return Level(area_type, called, (f"{stem}code", f"{stem}id"), (f"{stem}name",))


# Coarse to fine: where a file names no level, a row is of the finest that it has a code of.
LEVELS = (
    Level("country", ("national", "nat", "country"), ("countrycode",), ("countryname",)),
    Level("region", ("regional", "reg", "region"), ("regioncode",), ("regionname",)),
    Level("RSC region", ("rscregion", "rsc"), (), ("rscregionleadname",)),
    _level("police force area", "pfa", "pfa"),
    _level("opportunity area", "oa", "opportunityarea"),
    _level("English devolved area", "eda", "englishdevolvedarea"),
    _level("local enterprise partnership", "lep", "localenterprisepartnership"),
    _level("local skills improvement plan area", "lsip", "lsip"),
    Level(
        "local authority",
        ("localauthority", "la", "utla"),
        ("newlacode", "lacode", "localauthoritycode"),
        ("laname", "localauthorityname"),
        ("oldlacode",),
    ),
    _level("parliamentary constituency", "pcon", "pcon"),
    Level(
        "local authority district", ("localauthoritydistrict", "lad"), ("ladcode",), ("ladname",)
    ),
    _level("planning area", "pa", "planningarea"),
    _level("ward", "war", "ward"),
    _level("trust", "mat", "trust", "multiacademytrust"),
    _level("sponsor", "spon", "sponsor"),
    Level("provider", ("provider", "prov"), ("providerukprn",), ("providername",)),
    _level("institution", "inst", "institution"),
    Level("school", ("school", "sch"), ("schoolurn",), ("schoolname",), ("schoollaestab",)),
)
# A table made with the service's own table tool has one code and one name for every level.
_ANY_CODE, _ANY_NAME = ("locationcode",), ("location", "locationname")


@dataclass(frozen=True)
class Layout:
    """Where a file has what: positions of its columns, counted from 0; -1 for none.

    `geography` gives for each level the positions of its code, name and old code.
    `others` are the columns that are filters or indicators.
    """

    header: tuple[str, ...]
    time_period: int
    time_identifier: int
    level: int
    geography: Mapping[str, tuple[int, int, int]]
    others: tuple[int, ...]


@dataclass(frozen=True)
class Roles:
    """Which of the other columns are filters and which are indicators.

    In a long file `value_name` is the column that names the indicator of its only value,
    and `unit` the one that gives its unit; -1 for none.
    """

    filters: tuple[int, ...]
    indicators: tuple[int, ...]
    value_name: int = -1
    unit: int = -1


def recognise(header: Sequence[str]) -> Layout | None:
    """The layout of a file with this header, or None where it is not official statistics.

    It is one if it has a `time_period` and a `geographic_level` or the code or name of an
    area; names count without case, spaces or punctuation.

    >>> layout = recognise(["Time Period", "geographic_level", "new_la_code", "CPP_start"])
    >>> layout.geography["local authority"], layout.others
    ((2, -1, -1), (3,))
    """
    names = [normalise(text) for text in header]
    any_code, any_name = _first(names, _ANY_CODE), _first(names, _ANY_NAME)
    geography = {}
    for level in LEVELS:
        code, name = _first(names, level.code), _first(names, level.name)
        old = _first(names, level.old_code)
        found = (code if code >= 0 else any_code, name if name >= 0 else any_name, old)
        if max(found) >= 0:
            geography[level.area_type] = found
    period, identifier = _first(names, _PERIOD), _first(names, _IDENTIFIER)
    level_column = _first(names, _LEVEL)
    if period < 0 or (level_column < 0 and not geography):
        return None
    used = {period, identifier, level_column, *(p for found in geography.values() for p in found)}
    others = tuple(p for p, name in enumerate(names) if name and p not in used)
    return Layout(tuple(header), period, identifier, level_column, geography, others)


def level_called(text: str) -> Level | None:
    """The level with this wording or code, `Local authority` or `LA`; None for another."""
    name = normalise(text)
    return next((level for level in LEVELS if name in level.called), None)


def told_apart(
    layout: Layout, counts: pd.DataFrame, meta: pd.DataFrame, first: pd.DataFrame
) -> Roles:
    """Which columns are filters and which indicators, from the metadata or else the cells.

    `counts` has a row for each position with how many cells are `number`, `symbol`, `other`
    and `blank`; `meta` is the file's own metadata (`col_name`, `col_type`), empty where it
    has none; `first` are some rows as text, its columns being positions. Without metadata
    a column of numbers and symbols is an indicator and any other is a filter, except that
    one is a filter too if it holds an age, a code or the like, or if the rows could not be
    told apart without it: at least half of them would stand for the same thing as another.
    """
    types = {
        normalise(n): normalise(t) for n, t in zip(meta["col_name"], meta["col_type"], strict=True)
    }
    groups = {normalise(name) for name in meta["filter_grouping_column"]} - {""}
    filters: list[int] = []
    indicators: list[int] = []
    unsure: list[int] = []
    for position in layout.others:
        name, cells = normalise(layout.header[position]), counts.loc[position]
        readable = cells["number"] + cells["symbol"]
        kind = types.get(name, "")
        is_filter = kind == "filter" or name in groups
        if not kind and not is_filter:
            is_filter = name in _ALWAYS_FILTERS or name.endswith("code")
            is_filter = is_filter or bool(cells["other"] > _MOSTLY * (cells["other"] + readable))
            if not is_filter and cells["number"]:
                unsure.append(position)
        (filters if is_filter else indicators).append(position)
    needed = _needed(layout, filters, unsure, first)
    filters = sorted([*filters, *needed])
    return _long(layout, filters, [p for p in indicators if p not in needed])


def _long(layout: Layout, filters: list[int], indicators: list[int]) -> Roles:
    names = {position: normalise(layout.header[position]) for position in layout.others}
    value_name = next((p for p in filters if names[p] in _NAME_OF_VALUE), -1)
    unit = next((p for p in filters if names[p] in _UNIT), -1)
    if len(indicators) != 1 or names[indicators[0]] not in _VALUE:
        value_name = -1
    left = tuple(p for p in filters if p not in (value_name, unit))
    return Roles(left, tuple(indicators), value_name, unit)


def _needed(
    layout: Layout, filters: list[int], unsure: list[int], first: pd.DataFrame
) -> list[int]:
    """The columns of numbers, first in the file first, without which rows are not told apart."""
    key = [position for position in first.columns if position not in layout.others] + filters
    if not unsure or first.empty or first.duplicated(key, keep=False).mean() < _MOSTLY:
        return []
    needed: list[int] = []
    distinct = len(first.drop_duplicates(key))
    for position in unsure:
        values = first[position]
        if values.nunique() > len(first) / 2 or values.str.contains(".", regex=False).any():
            continue
        more = len(first.drop_duplicates([*key, *needed, position]))
        if more > distinct:
            needed, distinct = [*needed, position], more
        if distinct == len(first):
            return needed
    return []


def _first(names: Sequence[str], wanted: Sequence[str]) -> int:
    return next((names.index(name) for name in wanted if name in names), -1)
