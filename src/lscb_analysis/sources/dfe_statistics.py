"""Official statistics: any file of Explore Education Statistics as tidy values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.sources.columns import normalise
from lscb_analysis.sources.dfe_cells import clean
from lscb_analysis.sources.dfe_columns import LEVELS, Layout, Roles, level_called, told_apart
from lscb_analysis.sources.dfe_figures import Named
from lscb_analysis.sources.dfe_files import Cells, has_texts, open_statistics, read_rows
from lscb_analysis.sources.dfe_periods import MID_YEAR, REPORTING_YEAR_ENDS
from lscb_analysis.sources.dfe_rates import derive_percentages, derive_rates
from lscb_analysis.sources.dfe_tidy import COLUMNS, no_values, tidy_values
from lscb_analysis.sources.files import read_tables
from lscb_analysis.sources.raw_tables import UnreadableFile

__all__ = [
    "COLUMNS",
    "NAME",
    "area_rows",
    "derive_percentages",
    "derive_rates",
    "read_statistics",
    "release_of",
]

NAME = "dfe_statistics"
_SHOWN = 20
_CHECK = "check that this is the data file of the release"
META = ("col_name", "col_type", "label", "indicator_unit", "indicator_dp", "filter_grouping_column")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_ ]?(\d\d))?(?!\d)")
_STATE = re.compile(r"(?<![a-z])(provisional|revised|final|v\d+)(?![a-z])", re.IGNORECASE)


def read_statistics(
    path: Path,
    base: Path,
    *,
    areas: Iterable[str] | None = None,
    within: bool = False,
    release: str | None = None,
    vintage: str | None = None,
    time_identifier: str = "",
    year_ends: tuple[int, int] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every cell of a data file as a tidy value, and the findings; never raises for a bad file.

    One row is one area, period, combination of filters and indicator, in the file's order;
    the columns are `COLUMNS` and then a pair `filter_1_name`, `filter_1_value` for each of
    the file's filters. Text columns are categorical. `value` is missing where the cell holds
    a symbol or nothing: `symbol`, `status` and `reason` say why, `printed` is the cell.
    `row` is the row number that Excel shows. `unit` and `decimals` are those of the metadata
    (`x.meta.csv` beside `x.csv`) or else as printed, `decimals` the most in the column.

    `areas` are codes, new or old: only those areas' own rows are kept, or with `within`
    also the rows of whatever lies in them. `release` and `vintage` are otherwise read from
    the file's name (see `release_of`). `time_identifier` serves a file that has none. A
    reporting year ends on 31 March, or on the (month, day) of `year_ends`; where the file
    holds mid-year population estimates it is the day 30 June.

    A file that is missing, not text or without the columns of the family gives no rows and
    a finding of severity `failed`. A cell that is neither a number nor a known symbol, an
    uneven row, an unknown level or period give warnings; the cell or row is kept where it
    can be.
    """
    file = path.relative_to(base).as_posix() if path.is_relative_to(base) else path.name
    wanted = None if areas is None else sorted({clean(str(area)).upper() for area in areas})
    try:
        opened = open_statistics(path)
        cells = read_rows(opened, lambda layout, block: _of_areas(layout, block, wanted, within))
        meta, meta_findings = _meta(path, base)
        roles = told_apart(opened.layout, cells.counts, meta, cells.first)
        if not roles.indicators:
            raise UnreadableFile("no column of numbers", "at least one indicator", _CHECK)
    except UnreadableFile as problem:
        told = {name: getattr(problem, name) for name in ("found", "expected", "action")}
        return no_values(), as_findings([finding(NAME, file, severity="failed", **told)])
    is_mid_year = year_ends is None and _is_mid_year(path, opened.layout, roles)
    named_release, named_vintage = release_of(path.name)
    named = Named(
        source=NAME,
        file=file,
        release=named_release if release is None else release,
        vintage=named_vintage if vintage is None else vintage,
        time_identifier=time_identifier,
        year_ends=MID_YEAR if is_mid_year else (year_ends or REPORTING_YEAR_ENDS),
        is_snapshot=is_mid_year,
    )
    values, findings = tidy_values(opened.layout, roles, cells, meta, named)
    if wanted is not None and not within:
        values = area_rows(values, *wanted)
    uneven = _uneven(file, opened.layout, cells)
    return values, join_findings([meta_findings, uneven, findings])


def area_rows(statistics: pd.DataFrame, *areas: str) -> pd.DataFrame:
    """The rows of these areas themselves, by new or old code, in their order.

    >>> codes = {"area_code": ["E06000016", "E12000004"], "old_code": ["856", ""], "value": [1, 2]}
    >>> area_rows(pd.DataFrame(codes), "856")["value"].tolist()
    [1]
    """
    wanted = [clean(area).upper() for area in areas if clean(area)]
    of_areas = statistics["area_code"].isin(wanted) | statistics["old_code"].isin(wanted)
    return statistics[of_areas].reset_index(drop=True)


def release_of(name: str) -> tuple[str, str]:
    """The release and the population vintage that a file's name tells; blank for what it does not.

    The release is the last year in the name, with `provisional`, `revised`, `final` or a
    version where it says so; the vintage that of mid-year estimates.

    >>> release_of("d1_child_protection_plans_2013_to_2024.csv")
    ('2024', '')
    >>> release_of("ons_mid-year_population_estimates_2012_to_2023_revised.csv")
    ('2023 revised', 'mid-2023')
    """
    years = []
    for first, second in _YEAR.findall(name):
        is_pair = second and int(second) == (int(first) + 1) % 100
        years.append(f"{first}-{second}" if is_pair else first)
    last = years[-1] if years else ""
    states = [state.casefold() for state in _STATE.findall(name.replace("_", " "))]
    release = " ".join([last, *dict.fromkeys(states)]).strip()
    is_vintage = bool(last) and "midyear" in normalise(name)
    return release, f"mid-{last}" if is_vintage else ""


def _of_areas(
    layout: Layout, batch: pa.RecordBatch, wanted: list[str] | None, within: bool
) -> pa.Array | None:
    """Which rows of a block may be of the wanted areas; None for all."""
    if wanted is None:
        return None
    codes = pa.array(wanted, pa.string())
    chosen = pa.array(np.zeros(batch.num_rows, dtype=bool))
    levels = batch.column(layout.level).dictionary_encode() if layout.level >= 0 else None
    names = levels.dictionary.to_pylist() if levels is not None else []
    for level in LEVELS:
        code, _, old = layout.geography.get(level.area_type, (-1, -1, -1))
        for position in {code, old} - {-1}:
            has_code = has_texts(batch.column(position), codes)
            if levels is not None and not within:
                own = [level_called(name) in (level, None) for name in names]
                has_code = pc.and_(has_code, pa.array(own, pa.bool_()).take(levels.indices))
            chosen = pc.or_(chosen, has_code)
    return chosen


def _meta(path: Path, base: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The file's own metadata as text, one row a column of it; no rows where there is none."""
    nothing = pd.DataFrame(columns=list(META), dtype="str")
    beside = [path.with_name(f"{path.stem}{ending}") for ending in (".meta.csv", "_meta.csv")]
    found = next((meta for meta in beside if meta.is_file()), None)
    if found is None:
        return nothing, as_findings()
    tables, findings = read_tables(found, base, NAME)
    if not tables:
        return nothing, findings.assign(severity="warning")
    rows = tables[0].rows
    by_name = {normalise(name): name for name in rows.columns}
    meta = pd.DataFrame({"": ""}, index=rows.index)
    for column in META:
        name = by_name.get(normalise(column))
        meta[column] = "" if name is None else rows[name].map(_text)
    return meta[list(META)].astype("str"), findings


def _text(cell: object) -> str:
    return "" if cell is None or cell != cell else clean(str(cell))


def _is_mid_year(path: Path, layout: Layout, roles: Roles) -> bool:
    """Whether the figures are mid-year population estimates, by the names of file or columns."""
    names = [normalise(layout.header[position]) for position in roles.indicators]
    estimates = [name for name in names if "population" in name and "estimate" in name]
    return "midyear" in normalise(path.stem) or (bool(names) and len(estimates) == len(names))


def _uneven(file: str, layout: Layout, cells: Cells) -> pd.DataFrame:
    found = [
        finding(
            NAME,
            file,
            row=row,
            found=told,
            expected=f"{len(layout.header):,} cells, as the header has",
            action="look for a comma in an unquoted name, or a file that was cut short",
        )
        for row, told in sorted(cells.uneven.items())[:_SHOWN]
    ]
    more = len(cells.uneven) - len(found)
    if more > 0:
        found[-1]["found"] += f", and {more:,} more rows like it"
    return as_findings(found)
