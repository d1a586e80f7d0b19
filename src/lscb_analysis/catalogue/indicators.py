"""Indicators: one entry each, in one TOML file a theme; words and choices, never computing."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lscb_analysis.catalogue.policy import policy
from lscb_analysis.catalogue.themes import breakdowns, measured_themes, themes
from lscb_analysis.catalogue.toml_file import CatalogueError, entry, one_of, read_toml
from lscb_analysis.periods import PERIOD_TYPES

LASTING = ("still_open", "time_to_end")  # of spells, those still open included
MEASURES = ("count", "stock", "proportion", "share", "rate", "duration", *LASTING)
POLARITIES = ("higher_is_better", "lower_is_better", "none")
STAGES = ("live", "draft")
PUBLISHED_PERIODS = ("date", "financial_year", "calendar_year")


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
    is the proportion in each category of `share_by`. `still_open` is the share of spells
    (`dated_by`: start, end) that last longer than each number of months in `share_by`,
    `time_to_end` the months until half `of` those have ended. `rate` is the indicator `of` per
    `scale` of the population `per`. `needs_months` of history must lie before a period,
    of its own records or of those of `needs_table`. `flows` are what a stock of snapshots is told
    through: the counts of what begins and of what ends. `is_rare_by_day` has the days between its
    events charted, for the panel alone.

    `published` is the series of official statistics (data/raw/published) that is set beside
    it, of period type `published_period`. Where only counts are published, the percentage is
    `published_numerator` of `published_denominator`, both of one release, halves up. What a
    published percentage is out of is the count series `published_base`: for its interval alone.
    `published_breakdown` maps categories to series: of a share, to counts out of
    `published_denominator`; of anything else, to figures shown as they are. All authorities
    are compared by the sum of the count series `funnel_of` out of the series `funnel_per`. A live
    indicator with neither `source` nor `of` is only published; `reason` says why.
    Where the publisher counts otherwise than we do, `published_definition`,
    `published_caveats`, `published_title` and `published_unit` say how: they stand in the
    place of ours on the pages of an area with official statistics alone.
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
    flows: tuple[str, ...] = ()
    per: str = ""
    scale: int = 0
    value_column: str = ""
    periods: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    needs_months: int = 0
    needs_table: str = ""
    is_rare_by_day: bool = False
    geography: str = "area"
    profile: str = ""
    published: str = ""
    published_period: str = ""
    published_numerator: str = ""
    published_denominator: str = ""
    published_base: str = ""
    published_breakdown: Mapping[str, str] = field(default_factory=dict)
    funnel_of: tuple[str, ...] = ()
    funnel_per: str = ""
    published_title: str = ""
    published_unit: str = ""
    published_definition: str = ""
    published_caveats: str = ""
    polarity: str = "none"
    caveats: str = ""
    standard: str = ""
    decimals: int = 0
    groups: tuple[str, ...] = ()
    reason: str = ""

    @property
    def has_published(self) -> bool:
        """Whether official statistics are set beside it, in total or in a breakdown."""
        return bool(self.published or self.published_numerator or self.published_breakdown)

    @property
    def is_published_only(self) -> bool:
        """Whether it is live but only ever shown from official statistics."""
        measured = bool(self.source or self.of)
        return self.stage == "live" and not measured and self.has_published


@functools.cache
def indicators() -> dict[str, Indicator]:
    """All indicators by id: theme by theme, in the order of their numbers."""
    found: dict[str, Indicator] = {}
    for theme in measured_themes().values():
        for name, table in read_toml(f"{theme.id}.toml").items():
            where = f"{theme.id}.toml [{name}]"
            if name in found:
                raise CatalogueError(f"{where}: this id is used in {found[name].theme}.toml too")
            found[name] = _indicator(where, name, theme.id, dict(table))
    for indicator in found.values():
        _check_reference(indicator, found)
    for theme in themes().values():
        for name in theme.leads:
            one_of(f"themes.toml [{theme.id}]", "leads", name, found)
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
    if (indicator.source or indicator.of) and not policy().profiles[indicator.profile].protects:
        raise CatalogueError(
            f"{where}: '{indicator.profile}' is for official statistics alone: what is measured "
            "from records needs a profile that protects"
        )
    one_of(where, "geography", indicator.geography, ("area", "panel"))
    one_of(where, "rule", indicator.rule, ("any", "all"))
    for period_type in indicator.periods:
        one_of(where, "periods", period_type, PERIOD_TYPES)
    for name in indicator.breakdowns:
        one_of(where, "breakdowns", name, breakdowns())
    if indicator.share_by:
        one_of(where, "share_by", indicator.share_by, breakdowns())
    _check_published(where, indicator)
    _needs(where, indicator, *_needed(indicator))


def _needed(indicator: Indicator) -> tuple[str, ...]:
    if indicator.stage == "draft" or indicator.is_published_only:
        return ("reason",)
    keys = {
        "rate": ("of", "per", "scale"),
        "share": ("source", "dated_by", "share_by"),
        "proportion": ("source", "dated_by", "numerator"),
        "duration": ("source", "dated_by", "value_column"),
        "still_open": ("source", "dated_by", "share_by"),
        "time_to_end": ("source", "dated_by", "of"),
    }
    return ("periods", *keys.get(indicator.measure, ("source", "dated_by")))


def _check_published(where: str, indicator: Indicator) -> None:
    if indicator.has_published:
        one_of(where, "published_period", indicator.published_period, PUBLISHED_PERIODS)
    elif indicator.published_period:
        raise CatalogueError(f"{where}: 'published_period' is given, but no published series is")
    of_parts = indicator.published_numerator or (
        indicator.measure == "share" and indicator.published_breakdown
    )
    if indicator.published_base and not indicator.published:
        raise CatalogueError(f"{where}: 'published_base' is the base of 'published', not given")
    if bool(of_parts) != bool(indicator.published_denominator):
        raise CatalogueError(
            f"{where}: 'published_denominator' is needed with 'published_numerator' or the "
            "'published_breakdown' of a share, and with nothing else"
        )
    if bool(indicator.funnel_of) != bool(indicator.funnel_per):
        raise CatalogueError(f"{where}: 'funnel_of' and 'funnel_per' go together")
    names = filter(None, [*indicator.breakdowns, indicator.share_by])
    known = [category for name in names for category in breakdowns()[name].categories]
    for category in indicator.published_breakdown:
        one_of(where, "published_breakdown", category, known)


def _needs(where: str, indicator: Indicator, *keys: str) -> None:
    what = f"{indicator.stage} {indicator.measure}"
    for key in keys:
        if not getattr(indicator, key):
            raise CatalogueError(f"{where}: a {what} needs the key '{key}'")


def _check_reference(indicator: Indicator, found: dict[str, Indicator]) -> None:
    where = f"{indicator.theme}.toml [{indicator.id}]"
    for name in indicator.flows:
        one_of(where, "flows", name, found)
    if indicator.flows and (indicator.measure != "stock" or len(indicator.flows) != 2):
        raise CatalogueError(f"{where}: 'flows' are a stock's two: what begins, and what ends")
    if not indicator.of:
        return
    one_of(where, "of", indicator.of, found)
    for period_type in indicator.periods:
        one_of(where, "periods (those of its count)", period_type, found[indicator.of].periods)
        if period_type in ("month", "quarter"):
            raise CatalogueError(f"{where}: a rate is never that of a {period_type}")
