"""The annual report's snapshot: each item's figures for the year, and what is not there yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from lscb_analysis.briefing.briefing import Briefing, BriefingError
from lscb_analysis.briefing.corrections import correction_note
from lscb_analysis.briefing.held import held_notes
from lscb_analysis.briefing.once import once
from lscb_analysis.briefing.part import Part, bullets, paragraph, safe
from lscb_analysis.briefing.places import DATA_PACK
from lscb_analysis.briefing.received import records_name
from lscb_analysis.catalogue import Indicator, ReportItem, report_items
from lscb_analysis.narrative import change_sentence
from lscb_analysis.periods import financial_year_label
from lscb_analysis.printed import (
    SUBMISSIONS,
    covered_text,
    fewer_note,
    is_shown,
    number_text,
    unit_label,
)
from lscb_analysis.selecting import comparison_rows, own_code, points
from lscb_analysis.tables import html_table
from lscb_analysis.values import SYMBOLS

FIGURE, ITEM, CHANGED, SOURCE, PERIOD = "Figure", "Item", "What changed", "Comes from", "Period"
YEARLY = ("financial_year", "date", "rolling_year")
QUARTERS_IN_YEAR = 4
LAST_QUARTER = 4
TITLES = {"snapshot": "The year's snapshot", "early_help": "Early help"}


@once
def year_headline(briefing: Briefing) -> Part:
    """The title, and the year's main figures beside those of the year before."""
    _check_year(briefing)
    told = [_change(briefing, briefing.indicators[name]) for name in briefing.theme.leads]
    return Part(
        f"<h1>{safe(briefing.title)}</h1>\n"
        + paragraph(briefing.theme.question, "question")
        + correction_note(briefing)
        + paragraph(" ".join(filter(None, told)) or "No main figure can be printed.", "answer")
    )


@once
def year_items(briefing: Briefing, part: str = "snapshot") -> Part:
    """The items of one part of the report: figures, the year before, what changed; and gaps."""
    items = _items(part)
    rows = [
        _year_row(briefing, item, each)
        for item in items
        for each in _shown(briefing, item.indicators)
    ]
    legend = str(briefing.provenance["profiles"][briefing.theme.id])
    note = "A level is that of the last day of the year. "
    note += f"{legend[0].upper()}{legend[1:]}; [x] not available."
    table = (
        html_table(
            pd.DataFrame(rows),
            caption=f"{TITLES[part]}: {briefing.title}",
            row_header=FIGURE,
            numeric=_years(briefing),
            note=note,
            wide=True,
        )
        if rows
        else ""
    )
    names = dict.fromkeys(name for item in items for name in item.indicators)
    held = "".join(held_notes(briefing, name) for name in names)
    return Part(table + held + _gaps(briefing, items))


@once
def year_by_quarter(briefing: Briefing) -> Part:
    """Each figure's four quarters (levels on their last days), and where it comes from."""
    indicators = [each for each in briefing.indicators.values() if _has_figure(briefing, each)]
    if briefing.is_published_only:
        told = "Official statistics are of whole years: there is no figure of a quarter."
        rows = [_plain(each) | _source(briefing, each) for each in indicators]
        return Part(paragraph(told) + _sources_table(briefing, rows, []))
    labels = [each.label for each in _quarters(briefing)]
    rows = [
        _plain(each) | _quarter_cells(briefing, each) | _source(briefing, each)
        for each in indicators
    ]
    return Part(_sources_table(briefing, rows, labels))


@once
def year_beside_others(briefing: Briefing) -> Part:
    """Each rate and percentage beside neighbours, region and country, of the same period."""
    rows = [row for each in briefing.indicators.values() if (row := _beside(briefing, each))]
    if not rows:
        return Part(paragraph("No figure of other areas is held for the same period."))
    frame = pd.DataFrame(rows).fillna(SYMBOLS["unavailable"])
    few = fewer_note(frame)
    note = "Counts are not set beside those of other areas, which have more or fewer children."
    return Part(
        html_table(
            frame,
            caption=f"Beside other areas: {briefing.title}",
            row_header=FIGURE,
            numeric=[name for name in frame.columns if name not in (FIGURE, PERIOD)],
            note=f"{note} {few[:1].upper()}{few[1:]}." if few else note,
            wide=True,
        )
    )


@once
def data_pack(briefing: Briefing) -> Part:
    """The link to the workbook with the same figures, which lies beside the page."""
    return Part(
        paragraph(
            "The released figures of all themes, with their groups, definitions and sources, "
            "are in an accessible workbook beside this page."
        )
        + f'<p><a href="{DATA_PACK}">Data pack (Excel workbook)</a></p>\n'
    )


def annual_texts(briefing: Briefing) -> Iterator[tuple[str, str]]:
    """What the page says of each indicator beside its figures: titles and sentences."""
    for item in briefing.indicators.values():
        yield item.title, _change(briefing, item)


def _check_year(briefing: Briefing) -> None:
    if briefing.quarter.number != LAST_QUARTER:
        year = financial_year_label(briefing.quarter.year)
        raise BriefingError(f"the annual report is of a whole year: open it for {year}-Q4")


def _items(part: str) -> list[ReportItem]:
    return [item for item in report_items().values() if item.part == part]


def _shown(briefing: Briefing, names: tuple[str, ...]) -> list[Indicator]:
    found = [briefing.indicators[name] for name in names]
    return [each for each in found if _has_figure(briefing, each)]


def _has_figure(briefing: Briefing, indicator: Indicator) -> bool:
    """Whether the year or the year before has a figure, or one that is withheld."""
    texts = [_year_text(briefing, indicator, back) for back in (0, 1)]
    return any(text != SYMBOLS["unavailable"] for text in texts)


def _yearly(briefing: Briefing, indicator: Indicator) -> pd.DataFrame:
    """The indicator's points of the first kind of year that it has, oldest first."""
    code = own_code(indicator, briefing.area.area_code, briefing.panel_code)
    found = pd.DataFrame()
    for period_type in YEARLY:
        found = points(briefing.values, indicator, code, period_type, until=briefing.quarter.end)
        month = briefing.quarter.end.month
        found = found[found["period_end"].dt.month == month]  # levels of the year's end only
        if len(found):
            return found
    return found


def _year_text(briefing: Briefing, indicator: Indicator, back: int) -> str:
    """The figure of the year, or of so many years back, as it is printed."""
    rows = _yearly(briefing, indicator)
    if rows.empty:
        return SYMBOLS["unavailable"]
    ends = pd.Timestamp(briefing.quarter.next(-QUARTERS_IN_YEAR * back).end)
    mine = rows[rows["period_end"] == ends]
    return str(number_text(mine, indicator).iloc[-1]) if len(mine) else SYMBOLS["unavailable"]


def _years(briefing: Briefing) -> list[str]:
    year = briefing.quarter.year
    return [financial_year_label(year), f"{financial_year_label(year - 1)} (year before)"]


def _year_row(briefing: Briefing, item: ReportItem, indicator: Indicator) -> dict[str, str]:
    texts = [_year_text(briefing, indicator, back) for back in (0, 1)]
    told = _change(briefing, indicator).removeprefix(f"{indicator.title}: ")
    return (
        _named(briefing, indicator)
        | {ITEM: item.title}
        | dict(zip(_years(briefing), texts, strict=True))
        | {CHANGED: told[:1].upper() + told[1:]}
    )


def _named(briefing: Briefing, indicator: Indicator) -> dict[str, str]:
    """The heading of a row: the indicator's title with its unit, and whether it is a level."""
    rows = _yearly(briefing, indicator)
    is_level = len(rows) > 0 and rows["period_type"].iloc[-1] == "date"
    notes = [unit_label(indicator), *(["at the end of the year"] if is_level else [])]
    return {FIGURE: f"{indicator.title} ({'; '.join(notes)})"}


def _plain(indicator: Indicator) -> dict[str, str]:
    return {FIGURE: f"{indicator.title} ({unit_label(indicator)})"}


def _change(briefing: Briefing, indicator: Indicator) -> str:
    rows = _yearly(briefing, indicator)
    return change_sentence(rows, indicator) if len(rows) else ""


def _quarters(briefing: Briefing) -> list:
    return briefing.quarter.last(QUARTERS_IN_YEAR)


def _quarter_cells(briefing: Briefing, indicator: Indicator) -> dict[str, str]:
    """The four quarters; [z] where an indicator is not measured over a quarter."""
    code = own_code(indicator, briefing.area.area_code, briefing.panel_code)
    cells: dict[str, str] = {}
    for period_type in ("quarter", "date"):
        rows = points(briefing.values, indicator, code, period_type, until=briefing.quarter.end)
        ends = set(rows["period_end"])
        if {pd.Timestamp(each.end) for each in _quarters(briefing)[:-1]} & ends:
            for each in _quarters(briefing):
                mine = rows[rows["period_end"] == pd.Timestamp(each.end)]
                text = (
                    number_text(mine, indicator).iloc[-1] if len(mine) else SYMBOLS["unavailable"]
                )
                cells[each.label] = str(text)
            return cells
    return {each.label: SYMBOLS["not_applicable"] for each in _quarters(briefing)}


def _source(briefing: Briefing, indicator: Indicator) -> dict[str, str]:
    """Where the newest figure comes from: the records that were sent, or a publisher's release."""
    newest = _yearly(briefing, indicator).iloc[-1]
    if str(newest["source"]) != SUBMISSIONS:
        return {SOURCE: f"{newest['source']}, {newest['release']}"}
    table = indicator.source or _source_of(briefing.indicators, indicator)
    records = records_name(table) if table else "Records"
    return {SOURCE: f"{records}, submissions up to {briefing.quarter.label}"}


def _source_of(indicators: Mapping[str, Indicator], indicator: Indicator) -> str:
    """The records of the count that a rate is made from."""
    return indicators[indicator.of].source if indicator.of in indicators else ""


def _sources_table(briefing: Briefing, rows: list[dict[str, str]], numeric: list[str]) -> str:
    if not rows:
        return paragraph("No figure can be printed.")
    return html_table(
        pd.DataFrame(rows),
        caption=f"Quarter by quarter, and where each figure comes from: {briefing.title}"
        if numeric
        else f"Where each figure comes from: {briefing.title}",
        row_header=FIGURE,
        numeric=numeric,
        note="[z] stands where a figure is made for whole years only; a level is that of the "
        "quarter's last day."
        if numeric
        else "",
        wide=True,
    )


def _beside(briefing: Briefing, indicator: Indicator) -> dict[str, str]:
    code = own_code(indicator, briefing.area.area_code, briefing.panel_code)
    rows = comparison_rows(
        briefing.values, indicator, code, briefing.comparators, until=briefing.quarter.end
    )
    if len(rows[is_shown(rows)]) < 2:
        return {}
    texts = zip(rows["area"].astype("str"), covered_text(rows, indicator), strict=True)
    return _plain(indicator) | {PERIOD: str(rows["period"].iloc[0])} | dict(texts)


def _gaps(briefing: Briefing, items: list[ReportItem]) -> str:
    """One line for each reason why something of the report is not given, with what it is."""
    by_reason: dict[str, list[str]] = {}
    for item in items:
        missing = [
            briefing.indicators[name]
            for name in item.indicators
            if not _has_figure(briefing, briefing.indicators[name])
        ]
        if item.lacks:
            by_reason.setdefault(item.lacks, []).append(item.title)
        if item.lacks and len(missing) == len(item.indicators):
            continue  # the one line says it of the whole item
        for each in missing:
            by_reason.setdefault(each.reason or "no figure of these years is held", []).append(
                each.title
            )
    if not by_reason:
        return ""
    lines = [f"{'; '.join(titles)}: {reason}." for reason, titles in by_reason.items()]
    return paragraph("Not given, or not in full, and why:") + bullets(lines)
