"""Rounding halves up, from exact decimals; and the rates and percentages made with it."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, overload

import pandas as pd


@overload
def round_half_up(value: float | Decimal, decimals: int = 0) -> float: ...
@overload
def round_half_up(value: pd.Series, decimals: int = 0) -> pd.Series: ...
def round_half_up(value: float | Decimal | pd.Series, decimals: int = 0) -> float | pd.Series:
    """The number, or each of a series, rounded with a half always away from zero.

    Exact: a number counts as the decimal it is printed as, so 2.675 is a half although the
    float lies just below. Missing stays missing. Official statistics round like this;
    Python, numpy and pandas round a half to the even neighbour.

    >>> round_half_up(2.675, 2), round(2.675, 2)
    (2.68, 2.67)
    """
    if isinstance(value, pd.Series):
        rounded = [_round(number, decimals) for number in value]
        return pd.Series(rounded, index=value.index, name=value.name, dtype="float64")
    return _round(value, decimals)


@overload
def rate(count: float, population: float, per: float = 10_000, decimals: int = 1) -> float: ...
@overload
def rate(
    count: pd.Series, population: pd.Series | float, per: float = 10_000, decimals: int = 1
) -> pd.Series: ...
def rate(
    count: float | pd.Series,
    population: float | pd.Series,
    per: float = 10_000,
    decimals: int = 1,
) -> float | pd.Series:
    """The count per so many of the population, rounded half up once, from exact decimals.

    Two series are taken row by row. Missing where either is missing or the population is 0.

    >>> rate(397, 85_492)
    46.4
    """
    if isinstance(count, pd.Series):
        below = population if isinstance(population, pd.Series) else [population] * len(count)
        made = [
            _ratio(above, base, per, decimals) for above, base in zip(count, below, strict=True)
        ]
        return pd.Series(made, index=count.index, dtype="float64")
    return _ratio(count, population, per, decimals)


@overload
def percentage(numerator: float, denominator: float, decimals: int = 1) -> float: ...
@overload
def percentage(
    numerator: pd.Series, denominator: pd.Series | float, decimals: int = 1
) -> pd.Series: ...
def percentage(
    numerator: float | pd.Series, denominator: float | pd.Series, decimals: int = 1
) -> float | pd.Series:
    """The numerator as a percentage of the denominator, rounded half up.

    Missing where either is missing or the denominator is 0.

    >>> percentage(75, 458)
    16.4
    """
    return rate(numerator, denominator, 100, decimals)  # type: ignore[arg-type]


def _round(number: Any, decimals: int) -> float:
    if not _is_number(number):
        return float("nan")
    return _half_up(Decimal(str(number)), decimals)


def _ratio(count: Any, population: Any, per: float, decimals: int) -> float:
    if not (_is_number(count) and _is_number(population)) or population == 0:
        return float("nan")
    exact = Decimal(str(count)) * Decimal(str(per)) / Decimal(str(population))
    return _half_up(exact, decimals)


def _half_up(exact: Decimal, decimals: int) -> float:
    return float(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def _is_number(number: Any) -> bool:
    return number is not None and number is not pd.NA and math.isfinite(number)
