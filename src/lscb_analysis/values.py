"""THE TABLE: one row is one indicator, area, period, breakdown and release."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

STATUSES = (
    "unchecked",
    "published",
    "suppressed",
    "rounded",
    "not_applicable",
    "unavailable",
    "low_reliability",
)
SYMBOLS = {
    "suppressed": "[c]",
    "not_applicable": "[z]",
    "unavailable": "[x]",
    "low_reliability": "[u]",
}

HELD_BACK = "held back"  # how the reason of a row begins that the figure ledger holds back

TEXT_COLUMNS = (
    "indicator",
    "area_code",
    "area",
    "period_type",
    "period",
    "breakdown_topic",
    "breakdown",
    "status",
    "symbol",
    "reason",
    "source",
    "release",
)
DATE_COLUMNS = ("period_start", "period_end", "as_of")
NUMBER_COLUMNS = (
    "numerator",
    "denominator",
    "value",
    "band_lower",
    "band_upper",
    "lower_ci",
    "upper_ci",
)
FLAG_COLUMNS = ("is_current", "is_provisional", "is_imported")
KEY = (
    "indicator",
    "area_code",
    "period_type",
    "period",
    "breakdown_topic",
    "breakdown",
    "source",
    "release",
)
COLUMNS = (
    "indicator",
    "area_code",
    "area",
    "period_type",
    "period",
    "period_start",
    "period_end",
    "breakdown_topic",
    "breakdown",
    "numerator",
    "denominator",
    "value",
    "band_lower",
    "band_upper",
    "lower_ci",
    "upper_ci",
    "status",
    "symbol",
    "reason",
    "source",
    "release",
    "as_of",
    "is_current",
    "is_provisional",
    "is_imported",
)
TOTAL = "Total"


class ValuesError(ValueError):
    """A frame that is not an indicator-values table; the message says where and why."""


def empty_values() -> pd.DataFrame:
    """An indicator-values table with no rows."""
    return as_values(pd.DataFrame(columns=list(COLUMNS)))


def as_values(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every column of the table, in order and of its type.

    Columns that are missing are added: text and reasons empty, numbers and dates
    missing, `is_current` true, the other flags false, the breakdown the total.
    """
    values = frame.copy()
    for column in TEXT_COLUMNS:
        default = TOTAL if column.startswith("breakdown") else ""
        values[column] = values.get(column, pd.Series(default, index=values.index))
        values[column] = values[column].fillna(default).astype("str")
    for column in DATE_COLUMNS:
        missing = pd.Series(pd.NaT, index=values.index)
        values[column] = pd.to_datetime(values.get(column, missing)).astype("datetime64[ns]")
    for column in NUMBER_COLUMNS:
        missing = pd.Series(float("nan"), index=values.index)
        values[column] = pd.to_numeric(values.get(column, missing)).astype("float64")
    for column in FLAG_COLUMNS:
        usual = column == "is_current"
        values[column] = values.get(column, pd.Series(usual, index=values.index))
        values[column] = values[column].fillna(usual).astype("bool")
    return values[list(COLUMNS)].reset_index(drop=True)


def check_values(values: pd.DataFrame) -> pd.DataFrame:
    """The same table, once it is known to be sound.

    Raises ValuesError where a column is missing, a key occurs twice, two releases
    of one figure are both current, a status is unknown, or a blank number has a
    status that claims there is one.
    """
    missing = [column for column in COLUMNS if column not in values.columns]
    if missing:
        raise ValuesError(f"values lack the columns {missing}")
    twice = values.duplicated(list(KEY))
    if twice.any():
        raise ValuesError(f"{_first(values, twice)} occurs more than once")
    current_key = [column for column in KEY if column not in ("source", "release")]
    current = values[values["is_current"]]
    twice = current.duplicated(current_key)
    if twice.any():
        raise ValuesError(f"{_first(current, twice)} has two current releases")
    unknown = ~values["status"].isin(STATUSES)
    if unknown.any():
        raise ValuesError(f"{_first(values, unknown)} has a status that is not one of {STATUSES}")
    blank = values["value"].isna() & values["band_lower"].isna()
    claimed = blank & values["status"].isin(["published", "rounded", "unchecked"])
    if claimed.any():
        raise ValuesError(f"{_first(values, claimed)} has no number and no reason for that")
    return values


def is_held_back(values: pd.DataFrame) -> pd.Series:
    """Which rows have no number because they contradict something and are being checked."""
    return values["reason"].str.startswith(HELD_BACK)


def write_values(values: pd.DataFrame, path: Path) -> Path:
    """The path of the Parquet file written, by rename, so that none is ever half-written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    ordered = check_values(values).sort_values(list(KEY), kind="stable").reset_index(drop=True)
    ordered.to_parquet(partial, index=False)
    partial.replace(path)
    return path


def read_values(path: Path) -> pd.DataFrame:
    """The checked table from a Parquet file that `write_values` made."""
    return check_values(as_values(pd.read_parquet(path)))


def _first(values: pd.DataFrame, rows: pd.Series) -> str:
    row = values[rows].iloc[0]
    return ", ".join(str(row[column]) for column in KEY[:6])
