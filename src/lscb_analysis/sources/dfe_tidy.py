"""Tidy official statistics: one row for each cell, with its area, period, filters and symbol."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa

from lscb_analysis.findings import as_findings, finding, join_findings, row_numbers
from lscb_analysis.sources.columns import column_letter
from lscb_analysis.sources.dfe_cells import clean
from lscb_analysis.sources.dfe_columns import LEVELS, Layout, Roles, level_called
from lscb_analysis.sources.dfe_figures import Named, cleaned, constant, figures, spread
from lscb_analysis.sources.dfe_files import Cells
from lscb_analysis.sources.dfe_periods import read_period

AREA = (
    *("area_code", "area_name", "area_type", "old_code", "country_code", "country_name"),
    *("region_code", "region_name", "la_code", "la_name"),
)
PERIOD = ("time_period", "time_identifier", "period_type", "period", "period_start", "period_end")
VALUE = (
    *("indicator", "indicator_label", "value", "symbol", "status", "reason", "printed"),
    *("unit", "decimals"),
)
COLUMNS = ("file", "row", "release", "vintage", *AREA, *PERIOD, *VALUE)
_NOT_CODES = {"x", "z", ":", ".", "..", "-", "n/a", "na"}
_SHOWN = 20
_SHOWN_TEXT = 20
_PARENTS = {"country": "country", "region": "region", "local authority": "la"}


def no_values() -> pd.DataFrame:
    """Tidy statistics without a row."""
    return _typed(pd.DataFrame(columns=list(COLUMNS), dtype="str"))


def tidy_values(
    layout: Layout, roles: Roles, cells: Cells, meta: pd.DataFrame, named: Named
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row for each cell of an indicator, in the file's order, and what is wrong with them.

    Columns: `COLUMNS`, then a pair for each filter.
    """
    rows, numbers = _rows(cells, len(layout.header))
    areas, area_findings = _areas(rows, numbers, layout, named)
    periods, period_findings = _periods(rows, numbers, layout, named)
    filters = _filters(rows, layout, roles)
    cells_read, cell_findings = figures(rows, numbers, layout, roles, cells, meta, named)
    each = np.repeat(np.arange(len(rows)), len(roles.indicators))
    shared = pd.concat([areas, periods, filters], axis=1).take(each).reset_index(drop=True)
    whole = pd.DataFrame({"row": numbers[each]})
    for column in ("file", "release", "vintage"):
        whole[column] = constant(getattr(named, column), len(each))
    tidy = pd.concat([whole, shared, cells_read], axis=1)
    ordered = _typed(tidy[[*COLUMNS, *filters.columns]])
    repeated = _repeated(rows, numbers, roles, named)
    return ordered, join_findings([area_findings, period_findings, cell_findings, repeated])


def _rows(cells: Cells, width: int) -> tuple[pd.DataFrame, np.ndarray]:
    """The rows that are not wholly blank, as categories by position, and Excel's numbers."""
    table = cells.table.unify_dictionaries()
    columns = {}
    for position in range(width):
        column = table.column(position)
        encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        columns[position] = _categories(encoded.unify_dictionaries().combine_chunks())
    rows = pd.DataFrame(columns)
    blank = np.ones(len(rows), dtype=bool)
    for column_of_texts in (rows[position].cat for position in columns):
        texts = column_of_texts.categories
        is_blank = np.array([not clean(text) for text in texts], dtype=bool)
        blank &= is_blank[column_of_texts.codes] if len(texts) else True
    return rows[~blank].reset_index(drop=True), table.column("row").to_numpy()[~blank]


def _categories(column: pa.Array | pa.ChunkedArray) -> pd.Categorical:
    if isinstance(column, pa.ChunkedArray):
        if not column.num_chunks:
            return pd.Categorical([], categories=pd.Index([], dtype="str"))
        column = column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)
    texts = pd.Index(column.dictionary.to_pylist(), dtype="str")
    return pd.Categorical.from_codes(column.indices.to_numpy(), categories=texts)


def _distinct(
    rows: pd.DataFrame, positions: list[int]
) -> tuple[np.ndarray, pd.DataFrame, np.ndarray]:
    """Which combination each row has, the combinations as clean text, and a row with each."""
    codes = pd.DataFrame({position: rows[position].cat.codes for position in positions})
    group = codes.groupby(positions, sort=False).ngroup().to_numpy()
    _, first = np.unique(group, return_index=True)
    combinations = rows.loc[first, positions].astype("str").map(clean).reset_index(drop=True)
    return group, combinations, first


def _areas(
    rows: pd.DataFrame, numbers: np.ndarray, layout: Layout, named: Named
) -> tuple[pd.DataFrame, pd.DataFrame]:
    used = {p for found in layout.geography.values() for p in found} | {layout.level}
    group, combinations, _ = _distinct(rows, sorted(used - {-1}))
    areas = [_area(_by_position(cells), layout) for cells in combinations.to_dict("records")]
    known = pd.DataFrame(areas, columns=[*AREA, "problem"]).astype("str")
    findings = []
    for problem in known["problem"][known["problem"] != ""].unique():
        rows_with = numbers[known["problem"].eq(problem).to_numpy()[group]]
        findings.append(
            finding(
                named.source,
                named.file,
                row=int(rows_with[0]),
                column=layout.header[layout.level] if layout.level >= 0 else "",
                letter=column_letter(layout.level) if layout.level >= 0 else "",
                found=f"{problem} ({len(rows_with):,} rows)",
                expected="a level of Explore Education Statistics and the area's code or name",
                action="correct the geography of these rows",
            )
        )
    return spread(known[list(AREA)], group), as_findings(findings)


def _area(cells: dict[int, str], layout: Layout) -> dict[str, str]:
    """The area of a row from its geography cells: its own code and those it lies in."""

    def at(area_type: str, part: int) -> str:
        position = layout.geography.get(area_type, (-1, -1, -1))[part]
        text = cells.get(position, "")
        if part != 1:
            text = text.removesuffix(".0").upper()
        return "" if text.casefold() in _NOT_CODES else text

    said = cells.get(layout.level, "")
    level = level_called(said)
    problem = ""
    if level is None:
        filled = [x for x in LEVELS if at(x.area_type, 0) or at(x.area_type, 1)]
        level = filled[-1] if filled else None
        if said or level is None:
            problem = f"an unknown geographic level, {said[:_SHOWN_TEXT]!r}"
    area_type = level.area_type if level else ""
    old = at(area_type, 2)
    area = {
        "area_code": at(area_type, 0) or old,
        "area_name": at(area_type, 1),
        "area_type": area_type,
        "old_code": old,
        "problem": problem,
    }
    if area_type and not area["area_code"] and not area["area_name"]:
        area["problem"] = f"a row of level {area_type} without an area"
    for parent, column in _PARENTS.items():
        area |= {f"{column}_code": at(parent, 0), f"{column}_name": at(parent, 1)}
    return area


def _by_position(cells: Mapping[Hashable, str]) -> dict[int, str]:
    return {int(str(position)): text for position, text in cells.items()}


def _periods(
    rows: pd.DataFrame, numbers: np.ndarray, layout: Layout, named: Named
) -> tuple[pd.DataFrame, pd.DataFrame]:
    positions = [p for p in (layout.time_period, layout.time_identifier) if p >= 0]
    group, combinations, first = _distinct(rows, positions)
    known, findings = [], []
    for place, cells in enumerate(combinations.to_dict("records")):
        text = cells[layout.time_period]
        identifier = cells.get(layout.time_identifier, "") or named.time_identifier
        period = read_period(text, identifier, named.year_ends, named.is_snapshot)
        known.append(
            {
                "time_period": text,
                "time_identifier": identifier,
                "period_type": period.period_type if period else "",
                "period": period.period if period else f"{text} {identifier}".strip(),
                "period_start": period.period_start if period else None,
                "period_end": period.period_end if period else None,
            }
        )
        if period is None:
            findings.append(
                finding(
                    named.source,
                    named.file,
                    row=int(numbers[first[place]]),
                    column=", ".join(layout.header[p] for p in positions),
                    letter=column_letter(layout.time_period),
                    found=f"{text[:_SHOWN_TEXT]!r}, {identifier[:_SHOWN_TEXT]!r}: no dates for it",
                    expected="a year (2017) or two (201617) and what kind of year they are",
                    action="correct the cells, or say what kind of year with time_identifier",
                )
            )
    periods = pd.DataFrame(known, columns=list(PERIOD))
    for column in ("period_start", "period_end"):
        periods[column] = pd.to_datetime(periods[column]).astype("datetime64[ns]")
    return spread(periods, group), as_findings(findings[:_SHOWN])


def _filters(rows: pd.DataFrame, layout: Layout, roles: Roles) -> pd.DataFrame:
    pairs: dict[str, object] = {}
    for number, position in enumerate(roles.filters, start=1):
        pairs[f"filter_{number}_name"] = constant(layout.header[position], len(rows))
        pairs[f"filter_{number}_value"] = cleaned(rows[position])
    return pd.DataFrame(pairs, index=rows.index)


def _typed(tidy: pd.DataFrame) -> pd.DataFrame:
    kinds = {"row": "int64", "value": "float64", "decimals": "int16"}
    kinds |= dict.fromkeys(("period_start", "period_end"), "datetime64[ns]")
    texts = {column: "category" for column in tidy.columns if column not in kinds}
    return tidy.astype(kinds | texts)


def _repeated(rows: pd.DataFrame, numbers: np.ndarray, roles: Roles, named: Named) -> pd.DataFrame:
    """One finding for all rows of an area, period and filters that an earlier row has too."""
    key = [position for position in rows.columns if position not in roles.indicators]
    codes = pd.DataFrame({position: rows[position].cat.codes for position in key})
    again = numbers[codes.duplicated().to_numpy()]
    if not len(again):
        return as_findings()
    repeated = finding(
        named.source,
        named.file,
        row=row_numbers(again),
        found="the same area, period and filters as an earlier row: both are kept",
        expected="one row for each area, period and combination of filters",
        action="remove one, or say in the metadata (.meta.csv) which columns are filters",
    )
    return as_findings([repeated])
