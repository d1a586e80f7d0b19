"""Sums: parts and totals, stocks and flows, differences, and what one cell would mend."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from lscb_analysis.ledger.arithmetic import (
    SUMS,
    exact,
    expected_range,
    holds,
    own_range,
    with_number,
)
from lscb_analysis.ledger.relations import Relation, is_literal, literal, written
from lscb_analysis.ledger.told import (
    Number,
    as_findings,
    cell,
    finding,
    listed,
    named,
    number_text,
)
from lscb_analysis.ledger.units import things_in

_RULES = {"total": "parts and total", "flow": "stock and flow", "difference": "difference"}


def sums_that_fail(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """Totals that are not the sum of their parts, stocks that do not follow from their flows,
    differences that are none; with the single cell that would mend each, where there is one."""
    broken = [each for each in relations if each.kind in SUMS and holds(figures, each) is False]
    return as_findings(_sum_finding(figures, each, relations) for each in broken)


def unlike_units(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """Totals that add unlike units: contacts and people, families and children."""
    rows = []
    for relation in relations:
        if relation.kind != "total" or is_literal(relation.figure):
            continue
        units = {name: str(cell(figures, name, "unit")) for name in relation.ids[1:]}
        things = {name: things_in(unit) for name, unit in units.items()}
        known = [found for found in things.values() if found]
        if any(not one & two for one in known for two in known):
            parts = listed(f"{named(figures, name)} {unit}" for name, unit in units.items())
            rows.append(
                finding(
                    figures,
                    "unlike units",
                    relation.ids,
                    found=f"{named(figures, relation.figure)} adds {parts}",
                    expected="one unit in a sum",
                    action="print the parts apart; do not divide by this total",
                )
            )
    return as_findings(rows)


def parts_larger_than_their_set(
    figures: pd.DataFrame, relations: Sequence[Relation]
) -> pd.DataFrame:
    """Figures that are said to be part of a set and are larger than it."""
    broken = [each for each in relations if each.kind == "part" and holds(figures, each) is False]
    return as_findings(
        finding(
            figures,
            "larger than its set",
            each.ids,
            found=f"{_printed(figures, each.figure)} of {_set(figures, each)}",
            expected="no more than the set",
            action="say what carries over from before, or correct the unit or the number",
            severity=each.severity,
        )
        for each in broken
    )


def repairs(
    figures: pd.DataFrame, relation: Relation, relations: Sequence[Relation]
) -> list[tuple[str, Fraction, int]]:
    """The cells any one of which, with another number, would make a failing sum true.

    Each with the number it needs and how many other relations that number mends (more) or
    breaks (less than none); those that break others are left out where some do not.
    """
    total = exact(figures, relation.terms)
    own = own_range(figures, relation)
    if total is None or own is None or own[0] != own[1]:
        return []
    gap = Fraction(own[0]) - total
    found = [] if is_literal(relation.figure) else [(relation.figure, total)]
    for sign, factors in relation.terms:
        number = None if is_literal(factors[0]) else cell(figures, factors[0], "number")
        if len(factors) == 1 and number is not None:
            found.append((factors[0], number + sign * gap))
    scored = [
        (name, needed, _mended(figures, name, needed, relation, relations))
        for name, needed in found
        if needed >= 0
    ]
    harmless = [each for each in scored if each[2] >= 0]
    return sorted(harmless or scored, key=lambda each: -each[2])


def _sum_finding(
    figures: pd.DataFrame, relation: Relation, relations: Sequence[Relation]
) -> dict[str, str]:
    total, own = exact(figures, relation.terms), own_range(figures, relation)
    assert total is not None
    assert own is not None
    shown = abs(total) if relation.kind == "difference" else total
    printed = _printed(figures, relation.figure)
    gap = Fraction(own[0]) - shown
    share = f" ({abs(float(gap / own[0])):.1%})" if own[0] else ""
    return finding(
        figures,
        _RULES[relation.kind],
        relation.ids,
        found=f"{_spelt(figures, relation)} = {number_text(shown)}, but {printed} is printed: "
        f"a gap of {number_text(abs(gap))}{share}",
        expected=_expected(figures, relation, shown),
        action=_repair_text(repairs(figures, relation, relations)),
        severity=relation.severity,
    )


def _expected(figures: pd.DataFrame, relation: Relation, shown: Number) -> str:
    found = expected_range(figures, relation)
    if found is None or found[0] == found[1]:
        return number_text(shown)
    most = "or more" if found[1] == math.inf else f"to {number_text(found[1])}"
    return f"{number_text(found[0])} {most}"


def culprit(figures: pd.DataFrame, relation: Relation, relations: Sequence[Relation]) -> str:
    """The one figure that would mend a failing sum and others that fail too; blank where none."""
    only = _only_repair(repairs(figures, relation, relations))
    return only[0] if only else ""


def _only_repair(found: list[tuple[str, Fraction, int]]) -> tuple[str, Fraction, int] | None:
    best = [each for each in found if each[2] == found[0][2]]
    return best[0] if len(best) == 1 and best[0][2] > 0 else None


def _repair_text(found: list[tuple[str, Fraction, int]]) -> str:
    if not found:
        return "look the figures up"
    best = [each for each in found if each[2] == found[0][2]]
    only = _only_repair(found)
    if only:
        name, needed, mended = only
        also = f" and {mended} other relation{'s' if mended > 1 else ''} of it"
        return f"one cell would mend this{also}: {name} as {number_text(needed)}"
    cells = " or ".join(f"{name} as {number_text(needed)}" for name, needed, _ in best)
    return f"one cell would mend this: {cells}; or a part is missing or misread. Look them up"


def _mended(
    figures: pd.DataFrame,
    name: str,
    needed: Fraction,
    relation: Relation,
    relations: Sequence[Relation],
) -> int:
    """How many other relations of a figure hold with the number needed and do not as printed."""
    others = [each for each in relations if name in each.ids and each != relation]
    mended = with_number(figures, name, needed)
    before = sum(holds(figures, each) is False for each in others)
    return before - sum(holds(mended, each) is False for each in others)


def _spelt(figures: pd.DataFrame, relation: Relation) -> str:
    """The sum in printed numbers: 518 + 384 − 586."""
    text = ""
    for sign, factors in relation.terms:
        texts = [
            name.removeprefix("#") if is_literal(name) else str(cell(figures, name, "text"))
            for name in factors
        ]
        text += (" + " if sign > 0 else " − ") + " × ".join(texts)
    return text.removeprefix(" + ").strip()


def _printed(figures: pd.DataFrame, name: str) -> str:
    return number_text(literal(name)) if is_literal(name) else named(figures, name)


def _set(figures: pd.DataFrame, relation: Relation) -> str:
    if len(relation.base) == 1 and len(relation.base[0][1]) == 1:
        return _printed(figures, relation.base[0][1][0])
    found = exact(figures, relation.base)
    return f"{written(relation)}{'' if found is None else f' = {number_text(found)}'}"
