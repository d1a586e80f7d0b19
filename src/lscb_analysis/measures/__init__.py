"""Records to values: every live indicator, for every period it is shown for. Unchecked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from lscb_analysis.catalogue import LASTING, Breakdown, Indicator, breakdowns, policy
from lscb_analysis.measures.counting import (
    NAN,
    Counted,
    columns_used,
    counted_among,
    rows_where,
)
from lscb_analysis.measures.dividing import NOT_KNOWN, categories
from lscb_analysis.measures.lasting import lasting_window, still_open, time_to_end
from lscb_analysis.measures.rates import rate_rows
from lscb_analysis.measures.windows import (
    Stretches,
    breakdown_windows,
    is_covered,
    stretches_of,
    windows,
)
from lscb_analysis.periods import Period, Quarter
from lscb_analysis.statistics.rounding import percentage
from lscb_analysis.values import TOTAL, as_values, check_values

__all__ = ["measure"]

Row = dict[str, object]


def measure(
    records: Mapping[str, pd.DataFrame],
    coverage: pd.DataFrame,
    indicators: Iterable[Indicator],
    quarter: Quarter,
    places: Mapping[str, tuple[str, str]],
    populations: pd.DataFrame,
) -> pd.DataFrame:
    """Unchecked values, complete: what cannot be measured has a row that says why.

    `records` and `coverage` are as docs/records.md has them; `places` maps each
    geography (area, panel) to its code and name; `populations` has the columns series,
    area_code, year, population, release. Denominators are those of the mid-year
    in which the financial year starts.
    """
    wanted = list(indicators)
    rows: list[Row] = []
    stretches = stretches_of(coverage)
    for indicator in wanted:
        if indicator.measure != "rate":
            rows += _indicator_rows(indicator, records, stretches, quarter)
    by_id = {indicator.id: indicator for indicator in wanted}
    for indicator in wanted:
        if indicator.measure == "rate":
            of = [row for row in rows if row["indicator"] == indicator.of]
            place = places[indicator.geography][0]
            rows += rate_rows(indicator, of, populations, place)
    return check_values(as_values(pd.DataFrame([_placed(row, by_id, places) for row in rows])))


def _placed(row: Row, by_id: Mapping[str, Indicator], places: Mapping[str, tuple[str, str]]) -> Row:
    indicator = by_id[str(row["indicator"])]
    code, name = places[indicator.geography]
    return row | {
        "area_code": code,
        "area": name,
        "release": "submissions",
        "source": "submissions",
    }


def _indicator_rows(
    indicator: Indicator,
    records: Mapping[str, pd.DataFrame],
    coverage: Stretches,
    quarter: Quarter,
) -> list[Row]:
    table = records.get(indicator.source)
    if indicator.measure in LASTING:
        return _lasting_rows(indicator, table, coverage, lasting_window(indicator, quarter))
    chosen = None
    if table is not None:
        chosen = rows_where(table[columns_used(indicator, table)], indicator.where)
    rows: list[Row] = []
    overlapping = any(breakdowns()[name].overlapping for name in indicator.breakdowns)
    if indicator.measure != "share" and not overlapping:
        for period_type in indicator.periods:
            for period in windows(period_type, quarter):
                rows.append(_total_row(indicator, chosen, coverage, period))
    shown = [indicator.share_by] if indicator.measure == "share" else list(indicator.breakdowns)
    for name in shown:
        for period in breakdown_windows(indicator, quarter):
            rows += _breakdown_rows(indicator, chosen, coverage, period, breakdowns()[name])
    return rows


def _total_row(
    indicator: Indicator, chosen: pd.DataFrame | None, coverage: Stretches, period: Period
) -> Row:
    reason = _reason(indicator, coverage, period)
    if chosen is None or reason:
        return _row(indicator, period, reason=reason or "no submission holds these records")
    return _row(indicator, period, counted_among(indicator, chosen, period))


def _lasting_rows(
    indicator: Indicator, table: pd.DataFrame | None, coverage: Stretches, period: Period
) -> list[Row]:
    reason = _reason(indicator, coverage, period)
    if table is None or reason:
        return [_row(indicator, period, reason=reason or "no submission holds these records")]
    if indicator.measure == "time_to_end":
        return [_row(indicator, period, time_to_end(indicator, table, period))]
    topic = breakdowns()[indicator.share_by].title
    cells = still_open(indicator, table, period)
    return [_row(indicator, period, cell, topic, name) for name, cell in cells]


def _breakdown_rows(
    indicator: Indicator,
    chosen: pd.DataFrame | None,
    coverage: Stretches,
    period: Period,
    breakdown: Breakdown,
) -> list[Row]:
    reason = _reason(indicator, coverage, period)
    topic = breakdown.title
    if chosen is None or reason:
        why = reason or "no submission holds these records"
        return [_row(indicator, period, topic=topic, category=TOTAL, reason=why)]
    found = categories(chosen, breakdown, indicator, period)
    names = [*breakdown.categories, *([] if NOT_KNOWN in breakdown.categories else [NOT_KNOWN])]
    cells = [(name, _cell(indicator, chosen[found == name], period)) for name in names]
    if indicator.measure == "share":
        total = sum(cell.numerator for _, cell in cells)
        cells = [(name, _share(cell.numerator, total)) for name, cell in cells]
    always = [name for name in breakdown.categories if name != NOT_KNOWN or _shows_zeros(indicator)]
    return [
        _row(indicator, period, cell, topic, name)
        for name, cell in cells
        if name in always or cell.numerator
    ]


def _shows_zeros(indicator: Indicator) -> bool:
    """Whether a category that is empty is shown; where not, an empty `Not known` is left out.

    That nothing is unknown tells of no child, and a withheld 0 would cost another category.
    """
    return policy().profiles[indicator.profile].shows_zeros


def _cell(indicator: Indicator, rows: pd.DataFrame, period: Period) -> Counted:
    return counted_among(indicator, rows, period)


def _share(numerator: float, total: float) -> Counted:
    return Counted(numerator, total, percentage(numerator, total) if total else NAN)


def _reason(indicator: Indicator, coverage: Stretches, period: Period) -> str:
    start = period.period_start
    if not is_covered(coverage, indicator.source, start, period.period_end):
        return "the submissions received do not cover this period"
    if indicator.needs_months:
        earlier = (pd.Timestamp(start) - pd.DateOffset(months=indicator.needs_months)).date()
        table = indicator.needs_table or indicator.source
        if not is_covered(coverage, table, earlier, period.period_end):
            return f"needs {indicator.needs_months} months of history before the period"
    return ""


def _row(
    indicator: Indicator,
    period: Period,
    cell: Counted | None = None,
    topic: str = TOTAL,
    category: str = TOTAL,
    reason: str = "",
) -> Row:
    row: Row = {
        "indicator": indicator.id,
        "period_type": period.period_type,
        "period": period.period,
        "period_start": period.period_start,
        "period_end": period.period_end,
        "breakdown_topic": topic,
        "breakdown": category,
    }
    if cell is None:
        return row | {"status": "unavailable", "symbol": "x", "reason": reason}
    row |= {"numerator": cell.numerator, "denominator": cell.denominator, "value": cell.value}
    row |= {"lower_ci": cell.lower, "upper_ci": cell.upper}
    if pd.isna(cell.numerator) and indicator.measure != "duration":
        why = "a return received lacks a number that this is made from"
        return row | {"status": "unavailable", "symbol": "x", "reason": why}
    if pd.isna(cell.value):
        why = "there was nothing to measure in this period"
        return row | {"status": "not_applicable", "symbol": "z", "reason": why}
    return row | {"status": "unchecked"}
