"""Percentages: whether they follow from their counts, and how they are rounded."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal
from fractions import Fraction

import pandas as pd

from lscb_analysis.ledger.arithmetic import (
    Range,
    exact,
    expected_range,
    holds,
    range_of_sum,
    whole_counts,
)
from lscb_analysis.ledger.figures import range_of
from lscb_analysis.ledger.relations import Relation
from lscb_analysis.ledger.told import as_findings, cell, finding, listed, named, number_text

CUT_OFF = "cut off"
ROUND = "round half up, once, from the counts; or else "


def percentages_that_fail(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """Percentages, and percentage changes, that do not follow from the counts they are made of."""
    rows = []
    for relation in relations:
        if relation.kind not in ("percentage", "change") or holds(figures, relation) is not False:
            continue
        rounding = rounding_mode(figures, relation)
        is_cut = rounding == CUT_OFF
        rows.append(
            finding(
                figures,
                "rounding" if is_cut else "percentage",
                relation.ids,
                found=_found(figures, relation, rounding),
                expected=_expected(figures, relation),
                action=f"{ROUND if is_cut else ''}{_action(figures, relation)}",
                severity=relation.severity,
            )
        )
    return as_findings(rows)


def rounding_mode(figures: pd.DataFrame, relation: Relation) -> str:
    """How a percentage was rounded where it was not rounded half up: `cut off`, `rounded up`.

    Blank where neither gives what is printed.
    """
    number = cell(figures, relation.figure, "number")
    made = _exact_percentage(figures, relation)
    if made is None or number is None or not cell(figures, relation.figure, "is_exact"):
        return ""
    step = Decimal(1).scaleb(-int(cell(figures, relation.figure, "decimals")))
    digits = Decimal(made.numerator) / Decimal(made.denominator)
    if Fraction(digits.quantize(step, ROUND_DOWN)) == number:
        return CUT_OFF
    return "rounded up" if Fraction(digits.quantize(step, ROUND_CEILING)) == number else ""


def _exact_percentage(figures: pd.DataFrame, relation: Relation) -> Fraction | None:
    above, below = exact(figures, relation.terms), exact(figures, relation.base)
    if above is None or not below:
        return None
    is_change = relation.kind == "change"
    return abs(100 * above / below - 100) if is_change else 100 * above / below


def _found(figures: pd.DataFrame, relation: Relation, rounding: str) -> str:
    made = _exact_percentage(figures, relation)
    parts = listed(named(figures, name) for name in relation.ids[1:])
    worked = "" if made is None else f": {number_text(made, 2)}%"
    told = f", {rounding}" if rounding else ""
    return f"{named(figures, relation.figure)} is printed for {parts}{worked}{told}"


def _expected(figures: pd.DataFrame, relation: Relation) -> str:
    found = expected_range(figures, relation)
    assert found is not None
    decimals = int(cell(figures, relation.figure, "decimals"))
    low, high = _half_up(found[0], decimals), _half_up(found[1], decimals)
    if found[1] == math.inf:
        return f"at least {low}%"
    if found[0] <= 0:
        return f"at most {high}%"
    return f"{low}%" if low == high else f"{low}% to {high}%"


def _half_up(number: Fraction | float, decimals: int) -> str:
    if number == math.inf:
        return ""
    scale = 10**decimals
    return number_text(Fraction(math.floor(Fraction(number) * scale + Fraction(1, 2)), scale))


def _action(figures: pd.DataFrame, relation: Relation) -> str:
    """Which counts would print the percentage, where count and base are whole ones."""
    base = range_of_sum(figures, relation.base)
    printed: Range | None = range_of(figures, relation.figure)
    is_plain = relation.kind == "percentage" and len(relation.terms) == 1
    if not is_plain or base is None or printed is None or base[0] != base[1]:
        return "look up the count, the base and the percentage"
    if base[0] != int(base[0]):
        return "look up the count, the base and the percentage"
    least, most = whole_counts(printed, int(base[0]))
    if least > most:
        return f"no whole count of {number_text(base[0])} prints it: look up the base"
    counts = number_text(Fraction(least))
    counts += "" if least == most else f" to {number_text(Fraction(most))}"
    return f"{counts} of {number_text(base[0])} would print it: look the count up"
