"""Rows of the history workbook: their areas, periods and categories, as the catalogue has them."""

from __future__ import annotations

import dataclasses
from typing import Any

import pandas as pd

from lscb_analysis.catalogue.areas import areas
from lscb_analysis.catalogue.indicators import Indicator, indicators
from lscb_analysis.catalogue.themes import breakdowns
from lscb_analysis.findings import as_findings, join_findings
from lscb_analysis.periods import Period, date_period
from lscb_analysis.sources.board_tables import Result, flagged
from lscb_analysis.sources.columns import normalise
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.layouts import Layout
from lscb_analysis.sources.name_cells import nearest_name
from lscb_analysis.sources.period_cells import read_period
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.text_cells import plain_text
from lscb_analysis.values import TOTAL

_OUT = "until then the row is left out"
_PERIODS = "2016-17 Q4, 2016-17, 12 months to 2016-17 Q4, 31 March 2017 or 2014-15 to 2016-17"


@dataclasses.dataclass(frozen=True)
class Sheet:
    """The sheet being read: its cells by column, and the area's folder."""

    table: RawTable
    layout: Layout
    cells: pd.DataFrame
    folder: str
    context: Context

    def told(self, rows: pd.DataFrame, wrong: pd.Series, **words: Any) -> pd.DataFrame:
        """A finding for each of the rows that is wrong."""
        return flagged(rows, wrong, self.table, self.layout, **words)


def with_areas(rows: pd.DataFrame, sheet: Sheet) -> Result:
    """The rows of an area of the catalogue, or a panel's own code; a blank one is the folder's."""
    known = areas()
    codes = sheet.cells["area_code"].reindex(rows.index).map(plain_text).astype("str")
    codes = codes.where(codes.ne(""), sheet.folder).map(_area_code).astype("str")
    is_known = codes.isin(list(known)) | codes.str.fullmatch(r"X\d{8}")
    either = [*known, *(area.area for area in known.values())]
    problems = codes[~is_known].map(lambda code: nearest_name(code, either)).astype("str")
    found = [
        sheet.told(
            rows,
            problems.reindex(rows.index).eq(hint),
            column="area_code",
            found=f"no area has this code{hint}",
            expected="the area's nine-character code, such as E06000016",
            action=f"correct it; {_OUT}",
        )
        for hint in sorted(set(problems))
    ]
    titled = codes.map({code: area.area for code, area in known.items()}).fillna(codes)
    return rows.assign(area_code=codes, area=titled)[is_known], join_findings(found)


def _area_code(text: str) -> str:
    """The code of the area with this code or name; the text itself where there is none."""
    named = {normalise(area.area): code for code, area in areas().items()}
    code = text.upper()
    return code if code in areas() else named.get(normalise(text), code)


def with_periods(rows: pd.DataFrame, sheet: Sheet) -> Result:
    """The rows with a period that has ended and is of a kind that the indicator has."""
    cells = sheet.cells["period"].reindex(rows.index)
    read = pd.Series([read_period(cell) for cell in cells], index=rows.index, dtype=object)
    is_read = read.notna()
    placed = pd.Series(
        [
            _placed(period, indicators()[name]) if isinstance(period, Period) else None
            for period, name in zip(read, rows["indicator"], strict=True)
        ],
        index=rows.index,
        dtype=object,
    )
    is_placed = placed.notna()
    ends = placed.map(lambda period: period.period_end if period is not None else None)
    last = sheet.context.quarter.end
    ahead = is_placed & ends.map(lambda day: day is not None and day > last).astype(bool)
    mangled = is_placed & ~ahead & cells.map(_is_mangled).astype(bool)
    found = [
        sheet.told(
            rows,
            wrong,
            column="period",
            found=text,
            expected=expected,
            action=f"correct it; {_OUT}",
        )
        for wrong, text, expected in (
            (~is_read, "a period that cannot be read", _PERIODS),
            (
                is_read & ~is_placed,
                "a period of a kind that the indicator does not have",
                "a period as in docs/methods.md: a day for what is counted on a day, else a span",
            ),
            (ahead, "a period that has not ended", f"one that ends by {last:%d/%m/%Y}"),
            (mangled, "a date that Excel may have made of a financial year", _PERIODS),
        )
    ]
    kept = is_placed & ~ahead & ~mangled
    periods = pd.DataFrame(
        [dataclasses.asdict(period) for period in placed[kept]],
        index=rows.index[kept],
        columns=["period_start", "period_end", "period_type", "period"],
    )
    for column in ("period_start", "period_end"):
        periods[column] = pd.to_datetime(periods[column]).astype("datetime64[ns]")
    return rows[kept].join(periods), join_findings(found)


def _placed(period: Period, indicator: Indicator) -> Period | None:
    """The period as the indicator has it: a snapshot on its last day where it is measured so."""
    kinds = (*indicator.periods, indicator.published_period)
    if period.period_type in kinds:
        return period
    is_span = period.period_type in ("quarter", "financial_year")
    return date_period(period.period_end) if is_span and "date" in kinds else None


def _is_mangled(cell: object) -> bool:
    """Whether a date is what Excel makes of 2011-12: the first of December 2011."""
    day, month, year = (getattr(cell, part, 0) for part in ("day", "month", "year"))
    return bool(day == 1 and month == (year + 1) % 100)


def with_breakdowns(rows: pd.DataFrame, sheet: Sheet) -> Result:
    """The rows of a total, or of a category of a topic that the indicator is broken down by."""
    topics = sheet.cells["breakdown_topic"].reindex(rows.index).map(plain_text)
    categories = sheet.cells["breakdown"].reindex(rows.index).map(plain_text)
    placed = [
        _category(name, topic, category)
        for name, topic, category in zip(rows["indicator"], topics, categories, strict=True)
    ]
    problems = pd.Series([problem for _, _, problem in placed], index=rows.index, dtype="str")
    found = [
        sheet.told(
            rows,
            problems.eq(problem),
            column="breakdown_topic",
            found=problem,
            expected="a topic of the indicator and one of its categories, or both blank",
            action=f"correct it; {_OUT}",
        )
        for problem in sorted(set(problems) - {""})
    ]
    titled = rows.assign(
        breakdown_topic=pd.Series([topic for topic, _, _ in placed], index=rows.index, dtype="str"),
        breakdown=pd.Series([name for _, name, _ in placed], index=rows.index, dtype="str"),
    )
    return titled[problems.eq("")], join_findings(found) if found else as_findings()


def _category(indicator: str, topic: str, category: str) -> tuple[str, str, str]:
    """The topic's title and the category, as the catalogue writes them, or what is wrong."""
    blank = ("", normalise(TOTAL))
    if normalise(topic) in blank and normalise(category) in blank:
        return TOTAL, TOTAL, ""
    item = indicators()[indicator]
    mine = [breakdowns()[name] for name in (*item.breakdowns, item.share_by) if name]
    for breakdown in mine:
        if normalise(topic) in (normalise(breakdown.title), normalise(breakdown.id)):
            names_of = {normalise(name): name for name in breakdown.categories}
            if normalise(category) in names_of:
                return breakdown.title, names_of[normalise(category)], ""
            near = nearest_name(category, breakdown.categories)
            return "", "", f"not a category of that topic{near}"
    near = nearest_name(topic, [breakdown.title for breakdown in mine])
    return "", "", f"not a topic that this indicator is broken down by{near}"
