"""Significance: the interval of a change between two printed figures, where one can be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from lscb_analysis.ledger.arithmetic import exact
from lscb_analysis.ledger.figures import span_of
from lscb_analysis.ledger.relations import Relation
from lscb_analysis.ledger.told import cell
from lscb_analysis.statistics.intervals import difference, rate_ratio

NOT_TOLD = "it cannot be told: neither the counts nor the bases behind the figures are printed"
NO_EVENTS = "it cannot be told: a number on one day is no count of events, and has no such interval"


@dataclass(frozen=True)
class Interval:
    """The 95 % interval of a change, and the number in it that would be no change."""

    low: float
    high: float
    none: float
    what: str

    @property
    def takes_in_none(self) -> bool:
        """Whether no change lies within it."""
        return self.low <= self.none <= self.high

    def told(self) -> str:
        """The interval in words."""
        scale = 100 if self.none == 0 else 1
        unit, digits = (" points", 1) if self.none == 0 else ("", 2)
        low, high = (f"{scale * each:.{digits}f}" for each in (self.low, self.high))
        return f"{self.what} with a 95% interval of {low} to {high}{unit}"


def interval_of(
    figures: pd.DataFrame, pair: Relation, relations: Sequence[Relation]
) -> Interval | str:
    """The interval of a newer against an older figure; or why there is none.

    Counts of events by the ratio of two counts (exact); percentages with their bases by the
    difference of two proportions (Newcombe); rates of events by the ratio of two rates.
    """
    newer, older = (_only(side) for side in (pair.terms, pair.base))
    if not newer or not older:
        return _of_sums(figures, pair)
    kinds = {str(cell(figures, name, "quantity")) for name in (newer, older)}
    if kinds == {"percent"}:
        found = [_share(figures, name, relations) for name in (newer, older)]
        return _of_shares(*found[0], *found[1]) if found[0] and found[1] else NOT_TOLD
    if kinds == {"count"} or kinds == {"rate"}:
        if any(_is_stock(figures, name) for name in (newer, older)):
            return NO_EVENTS
        one, two = (_events(figures, name, relations) for name in (newer, older))
        return _of_events(*one, *two) if one and two else NOT_TOLD
    return NOT_TOLD


def _only(side: Sequence[tuple[int, tuple[str, ...]]]) -> str:
    """The one figure of a side; blank where it is a sum or a number."""
    names = [name for _, factors in side for name in factors]
    return names[0] if len(names) == 1 and not names[0].startswith(("#", "?")) else ""


def _of_sums(figures: pd.DataFrame, pair: Relation) -> Interval | str:
    names = [name for name in pair.ids if name != pair.figure]
    is_count = all(cell(figures, name, "quantity") == "count" for name in names)
    newer, older = exact(figures, pair.terms), exact(figures, pair.base)
    if not is_count or any(_is_stock(figures, name) for name in names):
        return NO_EVENTS
    if newer is None or older is None:
        return NOT_TOLD
    return _of_events(newer, Fraction(1), older, Fraction(1))


def _is_stock(figures: pd.DataFrame, name: str) -> bool:
    return span_of(figures, name).kind in ("date", "missing", "unread")


def _share(
    figures: pd.DataFrame, name: str, relations: Sequence[Relation]
) -> tuple[Fraction, Fraction] | None:
    """The count and the base of a percentage, where the base is printed."""
    for each in relations:
        if each.kind != "percentage" or each.figure != name:
            continue
        base = exact(figures, each.base)
        if base:
            count = exact(figures, each.terms)
            share = Fraction(cell(figures, name, "number")) / 100
            return share * base if count is None else min(count, base), base
    return None


def _events(
    figures: pd.DataFrame, name: str, relations: Sequence[Relation]
) -> tuple[Fraction, Fraction] | None:
    """The count of a figure and what it is per: itself, or the population of a rate."""
    number = Fraction(cell(figures, name, "number"))
    if cell(figures, name, "quantity") == "count":
        return number, Fraction(1)
    for each in relations:
        count = exact(figures, each.terms) if each.kind == "rate" and each.figure == name else None
        if count and number:
            return count, count * int(cell(figures, name, "per")) / number
    return None


def _of_shares(count: Fraction, base: Fraction, other: Fraction, other_base: Fraction) -> Interval:
    _, low, high = difference(float(count), float(base), float(other), float(other_base))
    return Interval(float(low[0]), float(high[0]), 0.0, "a difference")


def _of_events(
    count: Fraction, people: Fraction, other: Fraction, other_people: Fraction
) -> Interval | str:
    _, low, high = rate_ratio(float(count), float(people), float(other), float(other_people))
    if not low[0] >= 0:
        return NOT_TOLD
    return Interval(float(low[0]), float(high[0]), 1.0, "a ratio")
