"""Official statistics in a folder: figures, their releases and the statistical neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.sources.files import read_tables
from lscb_analysis.sources.published_values import (
    SYMBOL_MEANINGS,
    SeriesUse,
    indicator_series,
    populations,
    published_values,
)

__all__ = [
    "NAME",
    "SYMBOL_MEANINGS",
    "Published",
    "SeriesUse",
    "indicator_series",
    "populations",
    "published_values",
    "read_published",
]

NAME = "published"
FIGURES, ALL_AREAS, RELEASES, NEIGHBOURS = (
    "figures.csv",
    "all_areas.csv",
    "releases.csv",
    "neighbours.csv",
)
FIGURE_COLUMNS = (
    "series",
    "area_code",
    "area",
    "period",
    "value",
    "unit",
    "release",
    "symbol",
)
ALL_AREA_COLUMNS = ("release", "area_code", "area", "period")
RELEASE_COLUMNS = (
    "release",
    "title",
    "publisher",
    "published",
    "population_vintage",
    "licence",
)
NEIGHBOUR_COLUMNS = (
    "model",
    "area_code",
    "rank",
    "neighbour_code",
    "neighbour",
    "closeness",
)
KEPT_WITH_A_NUMBER = "u"
_FIGURE = ["series", "area_code", "period", "release"]
_NUMBER = r"\d+(?:\.\d+)?"
_AREA_CODE = r"[A-Z]\d{8}"
_SHOWN_ROWS = 5


@dataclass(frozen=True)
class Published:
    """What a folder of official statistics holds, and what is wrong with it.

    `figures`: one row is one series, area, year and release, with the facts of its
    release. `neighbours`: one row is one neighbour of an area in a model. `releases`: one
    row is one publication, `order` saying which of two is the later.
    """

    figures: pd.DataFrame
    neighbours: pd.DataFrame
    releases: pd.DataFrame
    findings: pd.DataFrame


def read_published(folder: Path) -> Published:
    """The official statistics in a folder; never raises for a bad file.

    Read are `figures.csv`, `releases.csv`, `neighbours.csv` and, where there is one,
    `all_areas.csv` (one column a series). A file that is missing, half-written or lacks a
    column gives a finding of severity `failed` and no rows; a row that cannot be right is
    left out, with a finding.
    """
    long, figure_findings = _read(folder, FIGURES, FIGURE_COLUMNS)
    listed, release_findings = _read(folder, RELEASES, RELEASE_COLUMNS)
    near, neighbour_findings = _read(folder, NEIGHBOURS, NEIGHBOUR_COLUMNS)
    tables, found = [long], [figure_findings, release_findings, neighbour_findings]
    if (folder / ALL_AREAS).exists():
        wide, wide_findings = _read(folder, ALL_AREAS, ALL_AREA_COLUMNS)
        tables.append(_long(wide, long))
        found.append(wide_findings)
    releases, order_findings = _releases(listed)
    neighbours, rank_findings = _neighbours(near)
    cells = pd.concat(tables, ignore_index=True)
    figures, cell_findings = _figures(cells, releases)
    found += [order_findings, rank_findings, cell_findings]
    return Published(figures, neighbours, releases, join_findings(found))


def _read(folder: Path, name: str, columns: tuple[str, ...]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of one file as text, with their `file` and `row`; no rows if it cannot be used."""
    tables, findings = read_tables(folder / name, folder.parent, NAME)
    nothing = pd.DataFrame(columns=[*columns, "file", "row"], dtype="str")
    if not tables:
        return nothing, findings
    table = tables[0]
    missing = [column for column in columns if column not in table.rows.columns]
    if missing:
        lacking = finding(
            NAME,
            **table.place,
            row=table.header_row,
            column=", ".join(missing),
            found="a header row without these columns",
            expected=", ".join(columns),
            action="put the columns back under exactly these names",
            severity="failed",
        )
        return nothing, join_findings([findings, as_findings([lacking])])
    rows = table.rows.fillna("").astype("str")
    rows = rows.apply(lambda cells: cells.str.strip())
    return rows.assign(file=table.file, row=rows.index).reset_index(drop=True), findings


def _long(wide: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """One row a figure, from a table with one column a series; blank cells say nothing."""
    cells = wide.melt([*ALL_AREA_COLUMNS, "file", "row"], var_name="series", value_name="value")
    units = figures.drop_duplicates("series").set_index("series")["unit"]
    cells = cells[cells["value"] != ""]
    return cells.assign(unit=cells["series"].map(units).fillna(""), symbol="")


def _releases(listed: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The releases in order of publication; without a column `order`, in that of the file."""
    position = pd.Series(range(1, len(listed) + 1), index=listed.index)
    given = listed.get("order", position.astype("str"))
    order = pd.to_numeric(given, errors="coerce")
    releases = listed.assign(order=order.fillna(position).astype("int64"))
    undated = _as_of(releases["published"]).isna()
    twice = releases.duplicated("release")
    findings = [
        _about(releases, order.isna(), "order", "a whole number", "number the releases"),
        _about(releases, undated, "published", "a date (2024-11-19) or a year", "write it so"),
        _about(releases, twice, "release", "each release once", "remove the other row"),
    ]
    kept = releases[~twice].drop(columns=["file", "row"])
    return kept.sort_values("order", ignore_index=True), join_findings(findings)


def _as_of(published: pd.Series) -> pd.Series:
    """The day of publication; where only the year is known, the last day it can have been."""
    text = published.where(~published.str.fullmatch(r"\d{4}"), published + "-12-31")
    days = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
    return days.astype("datetime64[ns]")


def _neighbours(near: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    rank = pd.to_numeric(near["rank"], errors="coerce")
    findings = _about(near, rank.isna(), "rank", "a number, 1 the nearest", "number them")
    kept = near.assign(rank=rank)[rank.notna()].astype({"rank": "int64"})
    return kept[list(NEIGHBOUR_COLUMNS)].reset_index(drop=True), findings


def _figures(cells: pd.DataFrame, releases: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figures that can be used, with the facts of their release, and what was wrong."""
    plain = cells["symbol"].str.strip("[] ").str.casefold()
    as_value = cells["value"].str.strip("[] ").str.casefold()
    in_value = (plain == "") & as_value.isin(list(SYMBOL_MEANINGS))
    cells = cells.assign(
        symbol=plain.where(~in_value, as_value), value=cells["value"].where(~in_value, "")
    )
    is_number = cells["value"].str.fullmatch(_NUMBER)
    has_symbol = cells["symbol"].isin(list(SYMBOL_MEANINGS))
    known = f"one of {', '.join(SYMBOL_MEANINGS)}"
    unusable = {
        "value": (
            ~is_number & ((cells["value"] != "") | (cells["symbol"] == "")),
            "a number, or blank with a symbol",
            "correct the cell",
        ),
        "symbol": ((cells["symbol"] != "") & ~has_symbol, known, "use the publisher's symbol"),
        "period": (~cells["period"].str.fullmatch(r"\d{4}"), "a year (2017)", "write the year"),
        "area_code": (
            ~cells["area_code"].str.fullmatch(_AREA_CODE),
            "a code of a letter and eight digits",
            "correct the code",
        ),
        "release": (
            ~cells["release"].isin(releases["release"]),
            f"a release that {RELEASES} lists",
            f"add the release to {RELEASES}",
        ),
    }
    findings = [
        _about(cells, rows, column, expected, action)
        for column, (rows, expected, action) in unusable.items()
    ]
    left_out = pd.concat([rows for rows, _, _ in unusable.values()], axis=1).any(axis=1)
    usable = cells[~left_out]
    withheld = has_symbol & is_number & (cells["symbol"] != KEPT_WITH_A_NUMBER)
    both = withheld.loc[usable.index]
    findings.append(
        _about(usable, both, "value", "blank, as there is a symbol", "remove the number")
    )
    numbers = pd.to_numeric(usable["value"].where(~both, "")).astype("float64")
    usable = usable.assign(value=numbers, period=usable["period"].astype("int64"))
    return _once(usable, releases, findings)


def _once(
    usable: pd.DataFrame, releases: pd.DataFrame, findings: list[pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each figure of a release once; a second, different one is left out with a finding."""
    told_apart = [*_FIGURE, "value", "symbol"]
    different = usable.drop_duplicates(told_apart).duplicated(_FIGURE)
    twice = different.reindex(usable.index, fill_value=False)
    expected = "one figure for each series, area, period and release"
    findings.append(_about(usable, twice, "value", expected, "keep the one that was published"))
    facts = releases.assign(as_of=_as_of(releases["published"]))
    facts = facts[["release", "publisher", "population_vintage", "order", "as_of"]]
    single = usable.drop_duplicates(_FIGURE)[list(FIGURE_COLUMNS)]
    return single.merge(facts, on="release", how="left"), join_findings(findings)


def _about(
    rows: pd.DataFrame, wrong: pd.Series, column: str, expected: str, action: str
) -> pd.DataFrame:
    """One finding a file for the rows that are wrong in the same way: which rows, an example."""
    found = []
    for file, group in rows[wrong].groupby("file"):
        first = [str(row) for row in group["row"].head(_SHOWN_ROWS)]
        more = len(group) - len(first)
        example = str(group[column].iloc[0])[:20] or "a blank cell"
        found.append(
            finding(
                NAME,
                str(file),
                row=", ".join(first) + (f" and {more} more" if more > 0 else ""),
                column=column,
                found=example,
                expected=expected,
                action=action,
            )
        )
    return as_findings(found)
