"""The counts behind a printed percentage, as far as they are known."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.printed import change_decimals


def above(row: pd.Series) -> float:
    """The numerator, or where none is published the one that the percentage and its base give.

    Missing where neither is known. It need not be whole: it is for an interval, never printed.
    """
    if pd.notna(row["numerator"]):
        return float(row["numerator"])
    return float(row["value"]) * float(row["denominator"]) / 100


def rounding(row: pd.Series, indicator: Indicator) -> float:
    """How far out, in points, a percentage may be that stands for its numerator; else 0."""
    if pd.notna(row["numerator"]):
        return 0.0
    return 0.5 / 10 ** change_decimals(row, row, indicator)
