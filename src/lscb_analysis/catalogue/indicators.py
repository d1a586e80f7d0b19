"""Indicators: one entry each, in one TOML file a theme; words and choices, never computing."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lscb_analysis.catalogue.policy import policy
from lscb_analysis.catalogue.themes import breakdowns, themes
from lscb_analysis.catalogue.toml_file import CatalogueError, entry, one_of, read_toml
from lscb_analysis.periods import PERIOD_TYPES

MEASURES = ("count", "stock", "proportion", "share", "rate", "duration")
POLARITIES = ("higher_is_better", "lower_is_better", "none")
STAGES = ("live", "draft")


@dataclass(frozen=True)
class Numerator:
    """Which of the denominator's rows are counted above the line."""

    where: Mapping[str, Any] = field(default_factory=dict)
    dated_by: tuple[str, ...] = ()
    sum_of: str = ""


@dataclass(frozen=True)
class Indicator:
    """One indicator: what it counts, from which records, for which periods, in which words.

    `source` names a table of records (docs/records.md). `dated_by` is one date
    column (events in a period; with period type `date`, rows of that snapshot) or two
    (spells open at a date: start, end). `where` keeps rows whose columns equal a value or
    are in a list. `sum_of` adds up a column of an aggregate return instead of
    counting rows. `counted_by` counts distinct values of a column; in a proportion each
    of them counts once, in the numerator when `rule` (any, all) of its rows are. `share`
    is the proportion in each category of `share_by`. `rate` is the indicator `of` per
    `scale` of the population `per`. `needs_months` of history must lie before a period.
    """

    id: str
    theme: str
    number: int
    title: str
    measure: str
    unit: str
    definition: str
    rationale: str
    stage: str
    source: str = ""
    dated_by: tuple[str, ...] = ()
    where: Mapping[str, Any] = field(default_factory=dict)
    sum_of: str = ""
    counted_by: str = ""
    rule: str = "any"
    numerator: Numerator | None = None
    share_by: str = ""
    of: str = ""
    per: str = ""
    scale: int = 0
    value_column: str = ""
    periods: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    needs_months: int = 0
    geography: str = "area"
    profile: str = ""
    published: str = ""
    published_period: str = ""
    polarity: str = "none"
    caveats: str = ""
    standard: str = ""
    decimals: int = 0
    groups: tuple[str, ...] = ()
    reason: str = ""


@functools.cache
def indicators() -> dict[str, Indicator]:
    """All indicators by id: theme by theme, in the order of their numbers."""
    found: dict[str, Indicator] = {}
    for theme in themes().values():
        for name, table in read_toml(f"{theme.id}.toml").items():
            where = f"{theme.id}.toml [{name}]"
            if name in found:
                raise CatalogueError(f"{where}: this id is used in {found[name].theme}.toml too")
            found[name] = _indicator(where, name, theme.id, dict(table))
    for indicator in found.values():
        _check_reference(indicator, found)
    return found


def theme_indicators(theme: str) -> dict[str, Indicator]:
    """One theme's indicators by id, drafts included."""
    return {name: item for name, item in indicators().items() if item.theme == theme}


def live_indicators(theme: str | None = None) -> dict[str, Indicator]:
    """The indicators that are measured: one theme's, or all."""
    return {
        name: item
        for name, item in indicators().items()
        if item.stage == "live" and theme in (None, item.theme)
    }


def _indicator(where: str, name: str, theme: str, table: dict[str, Any]) -> Indicator:
    given: dict[str, Any] = {"id": name, "theme": theme}
    if "numerator" in table:
        numerator = table.pop("numerator")
        given["numerator"] = entry(Numerator, f"{where} numerator", numerator)
    if "profile" not in table:
        given["profile"] = themes()[theme].profile
    indicator = entry(Indicator, where, table, **given)
    _check(where, indicator)
    return indicator


def _check(where: str, indicator: Indicator) -> None:
    one_of(where, "measure", indicator.measure, MEASURES)
    one_of(where, "polarity", indicator.polarity, POLARITIES)
    one_of(where, "stage", indicator.stage, STAGES)
    one_of(where, "profile", indicator.profile, policy().profiles)
    one_of(where, "geography", indicator.geography, ("area", "panel"))
    one_of(where, "rule", indicator.rule, ("any", "all"))
    for period_type in indicator.periods:
        one_of(where, "periods", period_type, PERIOD_TYPES)
    for name in (*indicator.breakdowns, *filter(None, [indicator.share_by])):
        one_of(where, "breakdowns", name, breakdowns())
    if indicator.stage == "draft":
        _needs(where, indicator, "reason")
        return
    _needs(where, indicator, "periods")
    needed = {
        "rate": ("of", "per", "scale"),
        "share": ("source", "dated_by", "share_by"),
        "proportion": ("source", "dated_by", "numerator"),
        "duration": ("source", "dated_by", "value_column"),
    }
    _needs(where, indicator, *needed.get(indicator.measure, ("source", "dated_by")))


def _needs(where: str, indicator: Indicator, *keys: str) -> None:
    for key in keys:
        if not getattr(indicator, key):
            what = indicator.measure if indicator.stage == "live" else "draft"
            raise CatalogueError(f"{where}: a {what} indicator needs the key '{key}'")


def _check_reference(indicator: Indicator, found: dict[str, Indicator]) -> None:
    if indicator.of:
        one_of(f"{indicator.theme}.toml [{indicator.id}]", "of", indicator.of, found)
