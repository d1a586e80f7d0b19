"""Protected values as accessible tables: a scorecard of texts, and any frame as HTML."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import pandas as pd

from lscb_analysis.catalogue import LASTING, Indicator, policy
from lscb_analysis.comparisons import fewer_neighbours
from lscb_analysis.periods import Quarter, financial_year_label, quarter_of, rolling_year_period
from lscb_analysis.printed import is_shown, number_text, unit_label
from lscb_analysis.selecting import COMPARED, Comparators, own_code
from lscb_analysis.values import SYMBOLS, TOTAL

__all__ = ["html_table", "number_text", "scorecard"]

INDICATOR = "Indicator"
NOT_APPLICABLE, NOT_AVAILABLE = SYMBOLS["not_applicable"], SYMBOLS["unavailable"]
_NOTHING = {NOT_APPLICABLE, NOT_AVAILABLE}
_YEARS = ("financial_year", "calendar_year")
_POOLED_SHOWN = 3
_DAYS_IN_YEAR = 365


def html_table(
    frame: pd.DataFrame,
    *,
    caption: str,
    row_header: str,
    numeric: Collection[str] = (),
    note: str = "",
    wide: bool = False,
    pictures: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """One table as HTML: caption, a scope on every heading, no empty heading, no merged cell.

    `row_header` names the column whose cells head their rows. The columns in `numeric` are
    right-aligned by the class `numeric`. A `wide` table stands in a region of its own that
    can be scrolled and focused. Columns with nothing in them are left out; a blank cell
    reads `[x]` in a numeric column, else `None`. `pictures` are columns of HTML that follow the
    row's heading, one piece a row, blank where there is none. Everything else is escaped;
    ids come from the caption, so the same table always has the same ones. Raises ValueError
    where the caption is blank or the row heading is not a column.
    """
    if not caption.strip():
        raise ValueError("a table needs a caption")
    if row_header not in frame.columns:
        raise ValueError(f"'{row_header}' is not a column of the table '{caption}'")
    texts = frame.astype("object").where(frame.notna(), "").astype("str")
    kept = [name for name in texts if name == row_header or texts[name].str.strip().ne("").any()]
    table_id = _table_id(caption)
    drawn = {name: list(cells) for name, cells in (pictures or {}).items() if any(cells)}
    heads = "".join(
        f'<th scope="col"{_class(str(name), numeric)}>{_safe(name)}</th>'
        + (_picture_heads(drawn) if name == row_header else "")
        for name in kept
    )
    rows = "".join(
        "<tr>"
        + "".join(
            _cell(str(name), row[name], row_header, numeric)
            + (_picture_cells(drawn, at) if name == row_header else "")
            for name in kept
        )
        + "</tr>\n"
        for at, row in enumerate(texts[kept].to_dict("records"))
    )
    described = f' aria-describedby="{table_id}-note"' if note else ""
    table = (
        f'<table id="{table_id}"{described}>\n<caption id="{table_id}-caption">{_safe(caption)}'
        f"</caption>\n<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )
    if wide:
        table = (
            f'<div class="table-scroll" role="region" tabindex="0" '
            f'aria-labelledby="{table_id}-caption">\n{table}</div>\n'
        )
    below = f'<p class="table-note" id="{table_id}-note">{_safe(note)}</p>\n' if note else ""
    return table + below


def scorecard(
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    area_code: str,
    quarter: Quarter,
    comparators: Comparators,
    is_published_only: bool = False,
    *,
    panel_code: str = "",
) -> pd.DataFrame:
    """The scorecard as texts: one row is one indicator, its columns four quarters and more.

    Columns: Indicator (with its unit), the last four quarters (for snapshots the value on
    each quarter's last day), the 12 months to the quarter, the same a year before, years
    taken together where nothing shorter is printed, and one column a comparator under its
    name, each cell with its year, and of how many neighbours a mean is where not of all. An
    area with published figures only has the last four reporting years instead, and
    comparators for the newest year that it has a figure of.
    Whatever is of another period type than its column says so in the cell. `[z]` stands
    where an indicator is not measured over such a period. Rows and columns without any
    figure or `[c]` are left out, and how long spells last, which has its chart: years of its own
    would be a column that no other row fills.
    """
    others = list(comparators)
    rows = []
    for indicator in indicators.values():
        if indicator.measure in LASTING and not policy().profiles[indicator.profile].pooled_years:
            continue
        code = own_code(indicator, area_code, panel_code)
        printed = _printed(values, indicator, quarter)
        own = printed[printed["area_code"] == code]
        row = {INDICATOR: _row_title(indicator, own, code != area_code, is_published_only)}
        row |= _year_cells(own, quarter) if is_published_only else _quarter_cells(own, quarter)
        year = _newest_year(own, quarter) if is_published_only else None
        row |= {
            str(item["area"]): _comparator_cell(printed, indicator, str(item["area_code"]), year)
            for item in others
        }
        rows.append(row)
    names = [str(item["area"]) for item in others]
    return _without_empty(pd.DataFrame(rows), names)


def _printed(values: pd.DataFrame, indicator: Indicator, quarter: Quarter) -> pd.DataFrame:
    rows = values[
        (values["indicator"] == indicator.id)
        & values["is_current"]
        & (values["breakdown_topic"] == TOTAL)
        & (values["period_end"] <= pd.Timestamp(quarter.end))
    ].sort_values(["period_end", "period_start"])
    return rows.assign(text=number_text(rows, indicator))


def _row_title(
    indicator: Indicator, own: pd.DataFrame, is_panel: bool, is_published_only: bool
) -> str:
    notes = [unit_label(indicator)]
    if own["period_type"].eq("date").any():
        notes.append("at 31 March" if is_published_only else "at the end of the quarter")
    if is_published_only and own["period_type"].eq("calendar_year").any():
        notes.append("calendar year that ends in the reporting year")
    if is_panel and len(own):
        notes.append(str(own["area"].iloc[0]))
    return f"{indicator.title} ({'; '.join(notes)})"


def _quarter_cells(own: pd.DataFrame, quarter: Quarter) -> dict[str, str]:
    snapshots = own[own["period_type"] == "date"]
    cells = {}
    for each in quarter.last(4):
        found = _text(own, "quarter", each.label)
        if len(snapshots):
            found = _last(snapshots[snapshots["period_end"] == pd.Timestamp(each.end)])
        cells[each.label] = found
    before = quarter.next(-4)
    year, prior = (rolling_year_period(each).period for each in (quarter, before))
    cells[year] = _or_year(_text(own, "rolling_year", year), own, quarter.end)
    prior_text = _or_year(_text(own, "rolling_year", prior), own, before.end)
    if len(snapshots):
        at = snapshots[snapshots["period_end"] == pd.Timestamp(before.end)]
        prior_text = _with_period(at) if len(at) else NOT_AVAILABLE
    cells[f"{prior} (prior year)"] = prior_text
    shorter = own[(own["period_type"] != "pooled") & ~own["text"].isin([*_NOTHING, "[c]"])]
    if shorter.empty:
        cells |= _pooled_cells(own)
    return cells


def _or_year(text: str, own: pd.DataFrame, until: date) -> str:
    """The text, or where it says nothing the figure of the year that ends by then, if any."""
    if text not in _NOTHING:
        return text
    yearly = own[own["period_type"].isin(_YEARS) & ~own["text"].isin(list(_NOTHING))]
    ended = pd.Timestamp(until) - yearly["period_end"]
    # of the year before it: an older one would stand for a year it says nothing of
    yearly = yearly[(ended >= pd.Timedelta(0)) & (ended < pd.Timedelta(days=_DAYS_IN_YEAR))]
    return _with_period(yearly) if len(yearly) else text


def _pooled_cells(own: pd.DataFrame) -> dict[str, str]:
    pooled = own[own["period_type"] == "pooled"].iloc[::-1]
    cells: dict[str, str] = {}
    before = pd.Timestamp.max
    for _, row in pooled.iterrows():
        if row["period_end"] < before and len(cells) < _POOLED_SHOWN:
            cells[str(row["period"])] = str(row["text"])
            before = row["period_start"]
    return cells


def _year_cells(own: pd.DataFrame, quarter: Quarter) -> dict[str, str]:
    yearly = _in_years(own)
    return {
        financial_year_label(year): _last(yearly[yearly["year"] == year])
        for year in range(quarter.year - 3, quarter.year + 1)
    }


def _newest_year(own: pd.DataFrame, quarter: Quarter) -> int:
    """The last reporting year that says anything: a comparator of another one is no comparison."""
    said = _in_years(own[~own["text"].isin(list(_NOTHING))])["year"]
    return int(said.max()) if len(said) else quarter.year


def _in_years(rows: pd.DataFrame) -> pd.DataFrame:
    at_year_end = (rows["period_end"].dt.month == 3) | (rows["period_type"] != "date")
    yearly = rows[rows["period_type"].isin(["date", *_YEARS]) & at_year_end]
    return yearly.assign(year=yearly["period_end"].map(lambda day: quarter_of(day).year))


def _comparator_cell(
    printed: pd.DataFrame, indicator: Indicator, area_code: str, year: int | None
) -> str:
    if indicator.measure in ("count", "stock"):
        return NOT_APPLICABLE
    rows = printed[(printed["area_code"] == area_code) & printed["period_type"].isin(COMPARED)]
    if year is not None:
        yearly = _in_years(rows)
        rows = yearly[yearly["year"] == year]
    shown = rows[is_shown(rows)]
    return _with_period(shown) if len(shown) else _with_period(rows) if len(rows) else NOT_AVAILABLE


def _text(own: pd.DataFrame, period_type: str, period: str) -> str:
    of_type = own[own["period_type"] == period_type]
    if of_type.empty:
        return NOT_APPLICABLE
    return _last(of_type[of_type["period"] == period])


def _last(rows: pd.DataFrame) -> str:
    return str(rows["text"].iloc[-1]) if len(rows) else NOT_AVAILABLE


def _with_period(rows: pd.DataFrame) -> str:
    last = rows.iloc[-1]
    text, few = str(last["text"]), fewer_neighbours(str(last["reason"]))
    return text if text in _NOTHING else f"{text} ({last['period']}{f'; {few}' if few else ''})"


def _without_empty(card: pd.DataFrame, comparators: Sequence[str]) -> pd.DataFrame:
    if card.empty:
        return pd.DataFrame(columns=[INDICATOR])
    # columns that only some rows have (years taken together) stand before the comparators
    own = [name for name in card.columns if name not in (INDICATOR, *comparators)]
    card = card[[INDICATOR, *own, *comparators]].fillna(NOT_APPLICABLE)
    said = ~card.drop(columns=INDICATOR).isin(list(_NOTHING))
    kept_rows = said.drop(columns=list(comparators)).any(axis=1)
    kept = said[kept_rows].any(axis=0)
    return card.loc[kept_rows, [INDICATOR, *kept.index[kept]]].reset_index(drop=True)


def _cell(name: str, text: str, row_header: str, numeric: Collection[str]) -> str:
    shown = text if text.strip() else NOT_AVAILABLE if name in numeric else "None"
    if name == row_header:
        return f'<th scope="row">{_safe(shown)}</th>'
    return f"<td{_class(name, numeric)}>{_safe(shown)}</td>"


def _picture_heads(drawn: Mapping[str, Sequence[str]]) -> str:
    return "".join(f'<th scope="col">{_safe(name)}</th>' for name in drawn)


def _picture_cells(drawn: Mapping[str, Sequence[str]], at: int) -> str:
    return "".join(
        f'<td class="trend">{cells[at] or NOT_AVAILABLE}</td>' for cells in drawn.values()
    )


def _class(name: str, numeric: Collection[str]) -> str:
    return ' class="numeric"' if name in numeric else ""


def _safe(text: object) -> str:
    return html.escape(" ".join(str(text).split()), quote=True)


def _table_id(caption: str) -> str:
    """An id that the page's frame numbers again, so that it carries nothing."""
    return f"table-{hashlib.sha256(caption.encode()).hexdigest()[:8]}"
