"""Arithmetic with printed figures: from ranges of what was printed to ranges of what follows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from lscb_analysis.ledger.figures import range_of
from lscb_analysis.ledger.relations import UNKNOWN, Relation, Term, is_literal, literal
from lscb_analysis.ledger.told import cell

Number = Fraction | float
Range = tuple[Number, Number]
SUMS = ("total", "flow", "difference")
_ROUND = 100
_LEAST_ROUND = 1_000


def expected_range(figures: pd.DataFrame, relation: Relation) -> Range | None:
    """The range that a relation's figure must lie in; None where something is not printed."""
    if relation.kind == "part":
        whole = range_of_sum(figures, relation.base)
        return None if whole is None else (Fraction(0), whole[1])
    above = range_of_sum(figures, relation.terms, is_widened=_is_rounded(figures, relation))
    if above is None:
        return None
    if relation.kind == "difference":
        return _size(above)
    if relation.kind in ("total", "flow", "same"):
        return above
    below = range_of_sum(figures, relation.base, is_widened=_is_rounded(figures, relation))
    if below is None or below[0] <= 0 or above[0] < 0:
        return None
    if relation.kind == "percentage":
        return _divided(above, below, 100)
    if relation.kind == "change":
        low, high = _divided(above, below, 100)
        return _size((low - 100, high - 100))
    if relation.kind == "rate":
        return _divided(above, below, int(cell(figures, relation.figure, "per")))
    return None


def holds(figures: pd.DataFrame, relation: Relation) -> bool | None:
    """Whether a relation can be true of what is printed; None where that cannot be told."""
    own = own_range(figures, relation)
    expected = expected_range(figures, relation)
    if own is None or expected is None:
        return None
    if relation.kind == "part":
        return own[0] <= expected[1]
    return own[0] <= expected[1] and expected[0] <= own[1]


def has_numbers(figures: pd.DataFrame, relation: Relation) -> bool:
    """Whether both sides of a relation are printed, so that words about them can be tested."""
    return all(exact(figures, side) is not None for side in (relation.terms, relation.base))


def own_range(figures: pd.DataFrame, relation: Relation) -> Range | None:
    """The range of the relation's own figure (which may be a number of the relations file)."""
    if is_literal(relation.figure):
        number = literal(relation.figure)
        return number, number
    found = range_of(figures, relation.figure)
    if found is not None and relation.kind in ("difference", "change"):
        return _size(found)
    if found is not None and _is_rounded(figures, relation):
        return _widened(figures, relation.figure, found)
    return found


def exact(figures: pd.DataFrame, terms: Sequence[Term]) -> Fraction | None:
    """The sum of the printed numbers themselves; None where one is not printed."""
    total = Fraction(0)
    for sign, factors in terms:
        product = Fraction(1)
        for name in factors:
            number = _number(figures, name)
            if number is None:
                return None
            product *= Fraction(_as_share(figures, name, factors, number))
        total += sign * product
    return total


def range_of_sum(
    figures: pd.DataFrame, terms: Sequence[Term], is_widened: bool = False
) -> Range | None:
    """The range of a signed sum of products; None where a figure of it is not printed."""
    if not terms:
        return None
    low: Number = Fraction(0)
    high: Number = Fraction(0)
    for sign, factors in terms:
        product = _range_of_product(figures, factors, is_widened)
        if product is None:
            return None
        low += product[0] if sign > 0 else -product[1]
        high += product[1] if sign > 0 else -product[0]
    return low, high


def with_number(figures: pd.DataFrame, name: str, number: Fraction) -> pd.DataFrame:
    """The figures with another number printed in one place."""
    is_it = figures.index == name
    changed = {
        column: figures[column].mask(is_it, number)  # type: ignore[call-overload]
        for column in ("number", "least", "most")
    }
    return figures.assign(**changed)


def whole_counts(percentage: Range, base: int) -> tuple[int, int]:
    """The least and the most whole count of a base whose percentage lies in the range.

    The least is larger than the most where there is none. Halves may go either way.

    >>> whole_counts((Fraction(985, 20), Fraction(987, 20)), 384)
    (190, 189)
    """
    least = math.ceil(Fraction(percentage[0]) * base / 100)
    most = base if percentage[1] == math.inf else math.floor(Fraction(percentage[1]) * base / 100)
    return max(least, 0), min(most, base)


def _range_of_product(
    figures: pd.DataFrame, factors: Sequence[str], is_widened: bool
) -> Range | None:
    low: Number = Fraction(1)
    high: Number = Fraction(1)
    for name in factors:
        if name == UNKNOWN:
            return None
        found = (literal(name), literal(name)) if is_literal(name) else range_of(figures, name)
        if found is None:
            return None
        if is_widened and not is_literal(name):
            found = _widened(figures, name, found)
        low *= _as_share(figures, name, factors, found[0])
        high *= _as_share(figures, name, factors, found[1])
    return low, high


def _as_share(
    figures: pd.DataFrame, name: str, factors: Sequence[str], number: Number
) -> Number | Fraction:
    """A percentage that multiplies something is that share of it."""
    if len(factors) > 1 and not is_literal(name) and cell(figures, name, "quantity") == "percent":
        return number / 100
    return number


def _number(figures: pd.DataFrame, name: str) -> Fraction | None:
    if is_literal(name):
        return None if name == UNKNOWN else literal(name)
    found = cell(figures, name, "number")
    return None if found is None else Fraction(found)


def _is_rounded(figures: pd.DataFrame, relation: Relation) -> bool:
    """Whether two or more of its figures end in two noughts, as rounded counts do."""
    names = [name for name in relation.ids if name in figures.index]
    return sum(_is_round(figures, name) for name in names) >= 2


def _is_round(figures: pd.DataFrame, name: str) -> bool:
    number = cell(figures, name, "number")
    is_count = cell(figures, name, "quantity") in ("count", "money")
    return bool(is_count and number is not None and number >= _LEAST_ROUND and number % _ROUND == 0)


def _widened(figures: pd.DataFrame, name: str, found: Range) -> Range:
    """The range with half of the last hundred on both sides, where the number is a round one."""
    if not _is_round(figures, name):
        return found
    return found[0] - _ROUND // 2, found[1] + _ROUND // 2


def _divided(above: Range, below: Range, times: int) -> Range:
    low = Fraction(0) if below[1] == math.inf else times * above[0] / below[1]
    return low, times * above[1] / below[0]


def _size(found: Range) -> Range:
    """The range of the number without its sign."""
    low, high = found
    if low >= 0:
        return low, high
    return (-high, -low) if high <= 0 else (Fraction(0), max(-low, high))
