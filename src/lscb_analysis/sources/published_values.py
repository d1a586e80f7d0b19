"""Official statistics as indicator values and as populations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

import pandas as pd

from lscb_analysis.catalogue import Indicator, breakdowns
from lscb_analysis.periods import (
    Period,
    calendar_year_period,
    date_period,
    financial_year_period,
)
from lscb_analysis.statistics.rounding import percentage
from lscb_analysis.values import TOTAL, as_values, empty_values

# The symbols of the Government Statistical Service, `k` of the Department for Education,
# and the older ones; `-` in the Local Authority Interactive Tool does not say which.
SYMBOL_MEANINGS = {
    "c": ("suppressed", "withheld by the publisher to protect confidentiality"),
    "z": ("not_applicable", "not applicable"),
    "x": ("unavailable", "not available"),
    "u": ("low_reliability", "of low reliability"),
    "low": ("unavailable", "above zero, but zero once rounded"),
    "k": ("unavailable", "above zero, but zero once rounded"),
    ":": ("unavailable", "not available"),
    "..": ("unavailable", "not available"),
    ".": ("not_applicable", "not applicable"),
    "-": ("unavailable", "not available or withheld: the source does not say which"),
}
PERIOD_TYPES = ("date", "financial_year", "calendar_year")
POPULATION = "population_"
_FIGURE = ["indicator", "area_code", "period_type", "period", "breakdown_topic", "breakdown"]


@dataclass(frozen=True)
class SeriesUse:
    """Which indicator a published series feeds, and what its years are.

    A year 2017 is the date 31 March 2017, the financial year 2016-17 or the calendar year
    2017. With a `denominator` the value is the percentage that the series is of that series; the
    `base` of a ready-made percentage is what it is out of.
    """

    series: str
    indicator: str
    period_type: str
    denominator: str = ""
    base: str = ""
    breakdown_topic: str = TOTAL
    breakdown: str = TOTAL

    def __post_init__(self) -> None:
        if self.period_type not in PERIOD_TYPES:
            raise ValueError(f"{self.indicator}: {self.period_type!r} is not one of {PERIOD_TYPES}")


def indicator_series(indicators: Iterable[Indicator]) -> tuple[SeriesUse, ...]:
    """The published series that the catalogue sets beside its indicators."""
    return tuple(use for indicator in indicators for use in _uses(indicator))


def published_values(
    figures: pd.DataFrame, uses: Iterable[SeriesUse], areas: Iterable[str] | None = None
) -> pd.DataFrame:
    """The published figures of the areas (all, if none are named) as an indicator-values table.

    `figures` are those of `read_published`. Every release of a figure is a row, and the
    latest is current. A symbol is a status with a reason, never zero. `source` is the
    publisher. A percentage is made of two figures of one release, rounded half up; where
    the release has only one of them there is no row. A ready-made percentage has the latest
    figure of its base as its denominator, and no numerator.
    """
    wanted = pd.DataFrame([asdict(use) for use in uses])
    if wanted.empty:
        return empty_values()
    chosen = figures if areas is None else figures[figures["area_code"].isin(list(areas))]
    rows = chosen.merge(wanted, on="series")
    rows = pd.concat(
        [_ready_made(rows[rows["denominator"] == ""], chosen), _percentages(rows, chosen)],
        ignore_index=True,
    )
    if rows.empty:
        return empty_values()
    rows = _with_periods(_with_status(rows)).assign(source=rows["publisher"])
    ordered = rows.sort_values([*_FIGURE, "order"], kind="stable")
    current = ~ordered.duplicated(_FIGURE, keep="last")
    return as_values(ordered.assign(is_current=current))


def populations(
    figures: pd.DataFrame, series: str | None = None, vintage: str | None = None
) -> pd.DataFrame:
    """The mid-year populations: one row is one series, area and year (of 30 June).

    Columns series, area_code, year, population, release. The latest release's figure where
    several have one; with a `vintage` only releases of that population vintage, so that one
    series never mixes two. A rate for a financial year is per the population of the
    mid-year in which it starts.
    """
    named = figures["series"] == series if series else figures["series"].str.startswith(POPULATION)
    rows = figures[named & figures["value"].notna()]
    if vintage is not None:
        rows = rows[rows["population_vintage"] == vintage]
    latest = rows.sort_values(["series", "area_code", "period", "order"], kind="stable")
    latest = latest.drop_duplicates(["series", "area_code", "period"], keep="last")
    renamed = latest.rename(columns={"period": "year", "value": "population"})
    return renamed[["series", "area_code", "year", "population", "release"]].reset_index(drop=True)


def _uses(indicator: Indicator) -> list[SeriesUse]:
    name, period_type = indicator.id, indicator.published_period
    below = indicator.published_denominator
    uses = []
    if indicator.published:
        base = indicator.published_base
        uses.append(SeriesUse(indicator.published, name, period_type, base=base))
    if indicator.published_numerator:
        uses.append(SeriesUse(indicator.published_numerator, name, period_type, below))
    divisor = below if indicator.measure == "share" else ""
    for category, series in indicator.published_breakdown.items():
        place = {"breakdown_topic": _topic(indicator, category), "breakdown": category}
        uses.append(SeriesUse(series, name, period_type, divisor, **place))
    return uses


def _topic(indicator: Indicator, category: str) -> str:
    names = [*filter(None, [indicator.share_by]), *indicator.breakdowns]
    return next(
        breakdowns()[name].title for name in names if category in breakdowns()[name].categories
    )


def _ready_made(rows: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    key = ["series", "area_code", "period"]
    newest = figures.sort_values("order", kind="stable").drop_duplicates(key, keep="last")
    bases = newest.set_index(key)["value"]
    wanted = pd.MultiIndex.from_frame(rows[["base", "area_code", "period"]].set_axis(key, axis=1))
    return rows.assign(numerator=float("nan"), below=bases.reindex(wanted).to_numpy(float))


def _percentages(rows: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The percentages that counts are of other counts of the same release."""
    columns = {"series": "denominator", "value": "below", "symbol": "below_symbol"}
    bases = figures.rename(columns=columns)
    key = ["denominator", "area_code", "period", "release"]
    parts = rows[rows["denominator"] != ""].merge(bases[[*key, "below", "below_symbol"]], on=key)
    symbol = parts["symbol"].where(parts["symbol"] != "", parts["below_symbol"])
    return parts.assign(
        numerator=parts["value"],
        value=percentage(parts["value"], parts["below"]),
        symbol=symbol.mask((symbol == "") & (parts["below"] == 0), "z"),
    )


def _with_status(rows: pd.DataFrame) -> pd.DataFrame:
    statuses = {symbol: status for symbol, (status, _) in SYMBOL_MEANINGS.items()}
    reasons = {symbol: reason for symbol, (_, reason) in SYMBOL_MEANINGS.items()}
    return rows.assign(
        denominator=rows["below"],
        status=rows["symbol"].map(statuses | {"": "published"}),
        reason=rows["symbol"].map(reasons | {"": ""}),
    )


def _with_periods(rows: pd.DataFrame) -> pd.DataFrame:
    kinds = list(zip(rows["period_type"], rows["period"], strict=True))
    known = {kind: _period(*kind) for kind in set(kinds)}
    found = [known[kind] for kind in kinds]
    return rows.assign(
        period=[period.period for period in found],
        period_start=[period.period_start for period in found],
        period_end=[period.period_end for period in found],
    )


def _period(period_type: str, year: int) -> Period:
    if period_type == "date":
        return date_period(date(year, 3, 31))
    return (
        financial_year_period(year - 1)
        if period_type == "financial_year"
        else calendar_year_period(year)
    )
