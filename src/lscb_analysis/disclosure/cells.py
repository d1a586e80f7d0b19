"""Cells and equations: what a release could print, and the sums a reader can form from it.

A cell is one count behind one row of the values table: what is above the line
(`numerator`), what is left of it (`complement`) and what it is out of (`denominator`).
An equation says that some cells add up to another. Everything that links figures
(breakdowns, years made of quarters, parts and remainders) is an equation; nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from lscb_analysis.catalogue import LASTING, Indicator
from lscb_analysis.values import TOTAL

YEARLY = ("financial_year", "rolling_year", "pooled")
Cell = tuple[int, str]


@dataclass(frozen=True)
class Equation:
    """One sum a reader can form: the parts add up to the whole."""

    whole: Cell
    parts: tuple[Cell, ...]


def cell_counts(values: pd.DataFrame, indicators: Mapping[str, Indicator]) -> dict[Cell, int]:
    """The whole number in each cell, by the row's index and the cell's kind.

    Rates have none of their own: they are made again from the protected count.
    Durations have only what they are out of; how long spells last is no count.
    """
    counts: dict[Cell, int] = {}
    for index, row in values.iterrows():
        measure = indicators[row["indicator"]].measure
        if row["status"] != "unchecked" or measure in ("rate", *LASTING):
            continue
        position = int(str(index))
        if measure == "duration":
            counts[position, "denominator"] = round(row["denominator"])
            continue
        counts[position, "numerator"] = round(row["numerator"])
        if measure in ("proportion", "share"):
            counts[position, "denominator"] = round(row["denominator"])
            counts[position, "complement"] = round(row["denominator"] - row["numerator"])
    return counts


def equations(
    values: pd.DataFrame, indicators: Mapping[str, Indicator], counts: Mapping[Cell, int]
) -> list[Equation]:
    """Every sum that links the cells, those that do not hold (distinct counts) left out."""
    found = _remainders(counts) + sums_of(values[values["status"] == "unchecked"], indicators)
    return [equation for equation in found if _holds(equation, counts)]


def sums_of(rows: pd.DataFrame, indicators: Mapping[str, Indicator]) -> list[Equation]:
    """The sums that rows are meant to make: parts of breakdowns, years of quarters.

    None for rates and durations; none of periods where a child can count in two of them.
    """
    found = []
    for name, mine in rows.groupby("indicator", sort=False):
        indicator = indicators[str(name)]
        if indicator.measure in ("rate", "duration", *LASTING):
            continue
        found += _breakdown_sums(mine, indicator)
        if not indicator.counted_by and len(indicator.dated_by) == 1:
            found += _period_sums(mine)
    return found


def _remainders(counts: Mapping[Cell, int]) -> list[Equation]:
    return [
        Equation((row, "denominator"), ((row, "numerator"), (row, "complement")))
        for row, kind in counts
        if kind == "complement"
    ]


def _breakdown_sums(rows: pd.DataFrame, indicator: Indicator) -> list[Equation]:
    totals = rows[rows["breakdown_topic"] == TOTAL]
    whole_of = {row["period"]: int(str(index)) for index, row in totals.iterrows()}
    found = []
    parted = rows[rows["breakdown_topic"] != TOTAL]
    for (period, _), part in parted.groupby(["period", "breakdown_topic"], sort=False):
        indices = [int(index) for index in part.index]
        if indicator.measure == "share":
            found.append(_sum((indices[0], "denominator"), indices, "numerator"))
        elif period in whole_of:
            kinds = ("numerator", "complement", "denominator")
            found += [_sum((whole_of[period], kind), indices, kind) for kind in kinds]
    return found


def _period_sums(rows: pd.DataFrame) -> list[Equation]:
    totals = rows[rows["breakdown_topic"] == TOTAL]
    quarters = totals[totals["period_type"] == "quarter"]
    found = []
    for index, year in totals[totals["period_type"].isin(YEARLY)].iterrows():
        within = quarters[
            (quarters["period_start"] >= year["period_start"])
            & (quarters["period_end"] <= year["period_end"])
        ]
        for kind in ("numerator", "complement", "denominator"):
            found.append(_sum((int(str(index)), kind), [int(i) for i in within.index], kind))
    return found


def _sum(whole: Cell, indices: Iterable[int], kind: str) -> Equation:
    return Equation(whole, tuple((index, kind) for index in indices))


def _holds(equation: Equation, counts: Mapping[Cell, int]) -> bool:
    cells = (equation.whole, *equation.parts)
    if not equation.parts or any(cell not in counts for cell in cells):
        return False
    return counts[equation.whole] == sum(counts[part] for part in equation.parts)
