"""How one released figure is printed: the same text in every chart, table and sentence."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, overload

import numpy as np
import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.comparisons import COMPUTED, fewer_neighbours
from lscb_analysis.statistics.rounding import round_half_up
from lscb_analysis.values import HELD_BACK, SYMBOLS

SUBMISSIONS = "submissions"
_PERCENTAGES = ("proportion", "share", "still_open")
_BLANK = ("suppressed", "not_applicable", "unavailable")
_MOST_DECIMALS = 3
_FEW = re.compile(r"\d+ of \d+\)$")
_NEAR = 1e-9  # a limit that is a printed number but for the last bit
_WORDS = {
    "suppressed": "a figure withheld to protect children",
    "unavailable": "a figure that is not available",
    "not_applicable": "no figure, as there was nothing to measure",
    "low_reliability": "a figure left out because the group is too small",
}

_WHY = {
    "suppressed": "withheld to protect children",
    "unavailable": "not available",
    "not_applicable": "there was nothing to measure",
    "low_reliability": "left out because the group is too small",
}


def is_percentage(indicator: Indicator) -> bool:
    """Whether the indicator's numbers are percentages."""
    return indicator.measure in _PERCENTAGES


def is_shown(rows: pd.DataFrame) -> pd.Series:
    """Whether each row's number is printed: neither blank, banded nor withheld."""
    blank = [status in _BLANK for status in rows["status"].array]
    shown = rows["value"].notna().to_numpy() & ~np.array(blank, dtype=bool)
    return pd.Series(shown, index=rows.index)


def unit_label(indicator: Indicator) -> str:
    """The unit as a heading has it: `% of referrals`, `children`, `per 10,000 children`.

    A unit that the catalogue writes as `rate per …` loses the word `rate`; a percentage
    without one is `%`.
    """
    unit = indicator.unit.removeprefix("rate ").strip()
    return unit if unit.startswith("%") or not is_percentage(indicator) else f"% {unit}".strip()


def unit_words(indicator: Indicator) -> str:
    """The unit in words, to begin a line with: `Percentage of referrals`, `Children`."""
    label = unit_label(indicator)
    if label.startswith("%"):
        return f"Percentage{label.removeprefix('%')}"
    return (label[:1].upper() + label[1:]) or "Number"


@overload
def number_text(rows: pd.DataFrame, indicator: Indicator) -> pd.Series: ...
@overload
def number_text(rows: pd.Series, indicator: Indicator) -> str: ...
def number_text(rows: pd.DataFrame | pd.Series, indicator: Indicator) -> pd.Series | str:
    """The printed text of one values row, or of each row of a values table; never blank.

    Numbers have thousands commas and the indicator's decimals (percentages and rates one
    unless it says otherwise, rounded half up). Published figures keep the decimals of their
    release: 77 stays 77 where every figure given of that release is whole, or where the
    column `decimals` (see `with_decimals`) says so. Bands read `95% or more`; what is not
    shown is its symbol, `[c]`, `[x]`, `[z]` or `[u]`.
    """
    if isinstance(rows, pd.Series):
        row = {str(name): item for name, item in rows.items()}
        return _text(row, indicator, _decimals(pd.DataFrame([row]), indicator))
    records = rows.to_dict("records")
    first = {(row["source"], row["release"]): at for at, row in reversed([*enumerate(records)])}
    decimals = {
        (source, release): _decimals(
            rows.iloc[at : at + 1]
            if "decimals" in rows
            else rows[rows["source"].eq(source) & rows["release"].eq(release)],
            indicator,
        )
        for (source, release), at in first.items()
    }
    texts = [_text(row, indicator, decimals[row["source"], row["release"]]) for row in records]
    return pd.Series(texts, index=rows.index, dtype="str")


def covered_text(rows: pd.DataFrame, indicator: Indicator) -> pd.Series:
    """As `number_text`; a mean of fewer than all neighbours says of how many: `2.0% (6 of 10)`."""
    of = rows["reason"].map(fewer_neighbours).astype("str")
    return number_text(rows, indicator) + of.map(lambda few: f" ({few})" if few else "")


def fewer_note(table: pd.DataFrame) -> str:
    """What a note says where a table has a mean of fewer than all neighbours; else nothing."""
    said = table.map(lambda text: bool(_FEW.search(str(text)))).to_numpy().any()
    return "a mean of fewer than all neighbours says of how many it is" if said else ""


def with_decimals(values: pd.DataFrame) -> pd.DataFrame:
    """The table with a column `decimals`: those of all figures of the same series and release.

    One row, or one area's rows, are then printed like the others of their release: 48.0
    where another area has 46.4, and never 48.
    """
    same = values.groupby(["indicator", "source", "release"], sort=False)["value"]
    return values.assign(decimals=same.transform(decimals_in).astype("int64"))


def pair_text(first: float, second: float) -> tuple[str, str]:
    """Two figures that stand side by side, in the decimals that both need.

    >>> pair_text(238.1, 236.0), pair_text(646.0, 1596.0)
    (('238.1', '236.0'), ('646', '1,596'))
    """
    decimals = decimals_in(pd.Series([first, second]))
    return _formatted(first, decimals), _formatted(second, decimals)


def plain_number(value: float, indicator: Indicator, decimals: int | None = None) -> str:
    """A number that is no row of the table (a limit, a change), without a sign of its unit.

    In the indicator's decimals, or in those given.
    """
    return _formatted(value, house_decimals(indicator) if decimals is None else decimals)


def change_decimals(latest: pd.Series, before: pd.Series, indicator: Indicator) -> int:
    """The decimals that a difference may have: no more than either figure is printed with."""
    rows = (latest, before)
    return min(house_decimals(indicator), *(_decimals(row.to_frame().T, indicator) for row in rows))


def limits_text(lower: float, upper: float, indicator: Indicator) -> str:
    """A usual range as it is printed, `41 to 88`: every figure in it lies within the limits.

    The lower limit is rounded up and the upper one down, so that a printed figure is outside
    the printed range exactly when it is outside the limits.
    """
    decimals = house_decimals(indicator)
    scale = 10**decimals
    least = math.ceil(max(lower, 0.0) * scale - _NEAR) / scale
    most = math.floor((min(upper, 100.0) if is_percentage(indicator) else upper) * scale + _NEAR)
    sign = "%" if is_percentage(indicator) else ""
    texts = [_formatted(number, decimals) for number in (least, most / scale)]
    return f"{texts[0]}{sign} to {texts[1]}{sign}"


def missing_words(row: Mapping[str, Any] | pd.Series) -> str:
    """Why a figure is not printed, as a phrase that can stand where the figure would."""
    if str(row.get("reason", "")).startswith(HELD_BACK):
        return "a figure held back while it is checked"
    return _WORDS[str(row["status"])]


def why_missing(row: Mapping[str, Any] | pd.Series) -> str:
    """Why a figure is not printed, in a few words: `withheld to protect children`."""
    if str(row.get("reason", "")).startswith(HELD_BACK):
        return "held back while it is checked"
    return _WHY[str(row["status"])]


def house_decimals(indicator: Indicator) -> int:
    """The decimals of our own figures: the indicator's, or one for percentages and rates."""
    if indicator.measure in ("proportion", "share", "rate"):
        return indicator.decimals or 1
    return indicator.decimals


def decimals_in(numbers: pd.Series) -> int:
    """The fewest decimals that write all the numbers as they are.

    >>> decimals_in(pd.Series([77.0, 81.0])), decimals_in(pd.Series([77.0, 46.4]))
    (0, 1)
    """
    exponents = [
        Decimal(str(number)).normalize().as_tuple().exponent for number in numbers.dropna()
    ]
    return min(max([0, *(-int(exponent) for exponent in exponents)]), _MOST_DECIMALS)


def _decimals(rows: pd.DataFrame, indicator: Indicator) -> int:
    source = str(rows["source"].iloc[0])
    if source in ("", SUBMISSIONS):
        return house_decimals(indicator)
    if source == COMPUTED:
        return 1
    return int(rows["decimals"].iloc[0]) if "decimals" in rows else decimals_in(rows["value"])


def _formatted(value: float, decimals: int) -> str:
    return f"{float(round_half_up(value, decimals)):,.{decimals}f}"


def _text(row: Mapping[Any, Any], indicator: Indicator, decimals: int) -> str:
    status = str(row["status"])
    if status in _BLANK:
        return SYMBOLS[status]
    sign = "%" if is_percentage(indicator) else ""
    if pd.isna(row["value"]):
        if pd.notna(row["band_lower"]):
            return _band(float(row["band_lower"]), float(row["band_upper"]), sign)
        return SYMBOLS.get(status, SYMBOLS["unavailable"])
    mark = f" {SYMBOLS[status]}" if status in SYMBOLS else ""
    return f"{_formatted(float(row['value']), decimals)}{sign}{mark}"


def _band(lower: float, upper: float, sign: str) -> str:
    if upper >= 100:
        return f"{lower:g}{sign} or more"
    if lower <= 0:
        return f"{upper:g}{sign} or less"
    return f"{lower:g}{sign} to {upper:g}{sign}"
