"""Twins: one thing, one period, two values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

import pandas as pd

from lscb_analysis.ledger.arithmetic import holds
from lscb_analysis.ledger.figures import range_of, span_of
from lscb_analysis.ledger.names import (
    EVENTS,
    is_continued,
    label_words,
    name_words,
    where_or_when,
)
from lscb_analysis.ledger.relations import Relation
from lscb_analysis.ledger.told import as_findings, cell, finding, named, number_text
from lscb_analysis.ledger.units import things_in

NEAR = Fraction(1, 10)
VERY_NEAR = Fraction(1, 100)
_COMPARED = ("count", "percent", "rate", "money")
_LARGE = 100


def two_values(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """Pairs of figures that print one thing of one period with different values.

    Declared as the same, or known by their names: of one indicator (or label), unit and period;
    or of names that differ only in where, when or how the thing was recorded, and nearly equal.
    """
    rows = []
    declared = {_pair(each) for each in relations if each.kind == "same"}
    for relation in relations:
        if relation.kind == "same" and holds(figures, relation) is False:
            one, two = relation.ids[:2]
            rows.append(_told(figures, one, two, "warning"))
    joined = _joined(relations)
    for one, two in _candidates(figures):
        if frozenset((one, two)) not in joined | declared:
            severity = _alike(figures, one, two)
            if severity:
                rows.append(_told(figures, one, two, severity))
    return as_findings(rows)


def _candidates(figures: pd.DataFrame) -> list[tuple[str, str]]:
    """Pairs of one kind of quantity, unit and last day whose values do not overlap."""
    groups: dict[object, list[str]] = defaultdict(list)
    for name, row in figures.iterrows():
        has_name = not is_continued(str(row["label"])) or row["indicator"]
        if row["quantity"] in _COMPARED and row["number"] is not None and has_name:
            span = span_of(figures, str(name))
            groups[(row["quantity"], span.end or row["period"])].append(str(name))
    pairs = [pair for names in groups.values() for pair in combinations(names, 2)]
    return [(one, two) for one, two in pairs if _differ(figures, one, two)]


def _alike(figures: pd.DataFrame, one: str, two: str) -> str:
    """How grave it is that two figures differ, `warning` or `note`; blank where they are two."""
    first, second = name_words(figures, one), name_words(figures, two)
    is_breakdown = _is_breakdown(figures, one, two)
    if not _units_meet(figures, one, two) or is_breakdown:
        return ""
    near = _nearness(figures, one, two)
    extra = first ^ second
    extra -= where_or_when(extra)
    if not extra and len(first & second) > (not cell(figures, one, "indicator")):
        is_same_span = _same_span(figures, one, two)
        return "warning" if is_same_span or near <= NEAR else ""
    is_one_theme = cell(figures, one, "theme") == cell(figures, two, "theme")
    if near > NEAR or not first & second or not is_one_theme:
        return ""
    if extra <= EVENTS:
        return "note" if first - second and second - first else "warning"
    has_indicator = cell(figures, one, "indicator") and cell(figures, two, "indicator")
    if not has_indicator and near <= VERY_NEAR and _same_span(figures, one, two):
        shared = things_in(str(cell(figures, one, "unit"))) & first & second
        return "note" if shared and min(_value(figures, one), _value(figures, two)) > _LARGE else ""
    return ""


def _is_breakdown(figures: pd.DataFrame, one: str, two: str) -> bool:
    """Whether they are two rows of one table: one indicator, labels that differ, or many rows."""
    indicator, period = cell(figures, one, "indicator"), cell(figures, one, "period")
    if not indicator or indicator != cell(figures, two, "indicator"):
        return False
    alike = figures["indicator"].eq(indicator) & figures["period"].eq(period)
    return int(alike.sum()) > 2 or label_words(figures, one) != label_words(figures, two)


def _units_meet(figures: pd.DataFrame, one: str, two: str) -> bool:
    if cell(figures, one, "quantity") != "count":
        return True
    first, second = (things_in(str(cell(figures, name, "unit"))) for name in (one, two))
    return not first or not second or bool(first & second)


def _differ(figures: pd.DataFrame, one: str, two: str) -> bool:
    first, second = range_of(figures, one), range_of(figures, two)
    if first is None or second is None:
        return False
    return bool(first[0] > second[1] or second[0] > first[1])


def _same_span(figures: pd.DataFrame, one: str, two: str) -> bool:
    first, second = span_of(figures, one), span_of(figures, two)
    if first.end is None or second.end is None:
        return bool(cell(figures, one, "period") == cell(figures, two, "period"))
    return (first.start, first.end) == (second.start, second.end)


def _nearness(figures: pd.DataFrame, one: str, two: str) -> Fraction:
    """How far two values are apart, as a part of the larger."""
    first, second = _value(figures, one), _value(figures, two)
    larger = max(abs(first), abs(second))
    return abs(first - second) / larger if larger else Fraction(0)


def _value(figures: pd.DataFrame, name: str) -> Fraction:
    number: Any = cell(figures, name, "number")
    return Fraction(number)


def _joined(relations: Sequence[Relation]) -> set[frozenset[str]]:
    """Pairs that a relation sets beside each other as different things."""
    return {
        frozenset(pair)
        for each in relations
        if each.kind != "same"
        for pair in combinations(each.ids, 2)
    }


def _pair(relation: Relation) -> frozenset[str]:
    return frozenset(relation.ids[:2])


def _told(figures: pd.DataFrame, one: str, two: str, severity: str) -> dict[str, str]:
    gap = abs(_value(figures, one) - _value(figures, two))
    share = _nearness(figures, one, two)
    spans = ""
    if not _same_span(figures, one, two):
        spans = f", for {cell(figures, one, 'period')} and {cell(figures, two, 'period')}"
    meant = "one value" if severity == "warning" else "one value, or a word on how they differ"
    return finding(
        figures,
        "two values",
        [one, two],
        found=f"{named(figures, one)} and {named(figures, two)}{spans}: {number_text(gap)} "
        f"({float(share):.1%}) apart",
        expected=f"{meant} for one thing and period",
        action="use one extract; if they are two things, say what sets them apart",
        severity=severity,
    )
