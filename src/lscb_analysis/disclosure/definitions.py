"""What each cell counts, so that the same children counted by two indicators are one cell.

A definition says which records (table, filters), of which period, in which part of a
breakdown. Where one definition has more filters than another, a reader can take one from
the other: the difference is a cell of its own, though nobody prints it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.values import TOTAL

Where = frozenset[tuple[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Definition:
    """Which records one cell counts; `left_out` are the filters of those taken away from it."""

    scope: tuple[Any, ...]
    part: tuple[str, str]
    where: Where
    left_out: Where = frozenset()


def definitions_of(index: int, row: pd.Series, indicator: Indicator) -> dict[str, Definition]:
    """The definition of each of a row's cells by its kind (numerator, complement, denominator).

    What an indicator counts in a way of its own (sums, distinct counts, other dates above
    the line) has a definition of its own, which nothing else shares.
    """
    part = (str(row["breakdown_topic"]), str(row["breakdown"]))
    whole = (TOTAL, TOTAL)
    base = Definition(_scope(row, indicator), part, _where(indicator.where))
    if indicator.measure == "duration":
        return {"denominator": _own(base, index, "known")}
    if indicator.measure == "share":
        return {
            "numerator": base,
            "denominator": replace(base, part=whole),
            "complement": replace(base, part=("all but", f"{part[0]}: {part[1]}")),
        }
    if indicator.measure != "proportion":
        return {"numerator": base}
    above = indicator.numerator
    if above is None or above.dated_by or above.sum_of or indicator.counted_by or indicator.sum_of:
        return {
            "denominator": base,
            "numerator": _own(base, index, "above"),
            "complement": _own(base, index, "below"),
        }
    more = _where(above.where)
    return {
        "denominator": base,
        "numerator": replace(base, where=base.where | more),
        "complement": replace(base, left_out=more),
    }


def difference(wider: Definition, narrower: Definition) -> Definition | None:
    """The definition of what one leaves of another; None where it is no part of it."""
    same = wider.scope == narrower.scope and wider.part == narrower.part
    if not same or wider.left_out or narrower.left_out or not wider.where < narrower.where:
        return None
    return replace(wider, left_out=narrower.where - wider.where)


def _own(base: Definition, index: int, kind: str) -> Definition:
    return replace(base, scope=(*base.scope, index, kind))


def _scope(row: pd.Series, indicator: Indicator) -> tuple[Any, ...]:
    at_date = len(indicator.dated_by) == 2 or row["period_type"] == "date"
    first = row["period_end"] if at_date else row["period_start"]
    ways = (indicator.source, indicator.dated_by, indicator.sum_of, indicator.counted_by)
    return (str(row["area_code"]), *ways, indicator.rule, str(first), str(row["period_end"]))


def _where(filters: Mapping[str, Any]) -> Where:
    return frozenset(
        (column, tuple(map(str, wanted)) if isinstance(wanted, list | tuple) else (str(wanted),))
        for column, wanted in filters.items()
    )
